from organisation.forms.doors import ForgottenPasswordForm, SignInForm


def labels(form):
    return [str(field.label) for field in form.fields.values()]


def test_sign_in_form_speaks_like_the_rest_of_the_site():
    assert labels(SignInForm()) == ["E-mail", "Password", "Stay signed in"]


def test_forgotten_password_form_speaks_like_the_rest_of_the_site():
    assert labels(ForgottenPasswordForm()) == ["E-mail"]


def test_the_door_asks_with_these_forms(client, db):
    page = client.get("/account/login/").content.decode()
    forgotten = client.get("/account/password/reset/").content.decode()

    assert ("Stay signed in" in page, "Remember Me" in page) == (True, False)
    assert "E-mail" in forgotten
