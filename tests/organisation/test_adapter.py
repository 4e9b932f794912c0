import pytest
from django.core.management import call_command

from organisation.adapter import ClosedSignup
from organisation.models import Member
from tests.factories import make_member


def test_nobody_signs_up_by_themselves(rf):
    assert ClosedSignup().is_open_for_signup(rf.get("/")) is False


def test_member_is_called_by_name_else_by_address():
    adapter = ClosedSignup()

    assert adapter.get_user_display(Member(name="Ada", email="a@example.org")) == "Ada"
    assert adapter.get_user_display(Member(email="a@example.org")) == "a@example.org"


def test_first_administrator_is_made_by_a_command(db, monkeypatch, client):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a-long-enough-word")
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "First@example.org")

    call_command("createsuperuser", interactive=False, verbosity=0)

    first = Member.objects.get()
    assert (first.email, first.role, first.is_active) == ("first@example.org", "administrator", True)
    client.post("/account/login/", {"login": "first@example.org", "password": "a-long-enough-word"})
    assert client.session["_auth_user_id"] == str(first.pk)


@pytest.mark.parametrize(("asked", "kept"), [("cs,en;q=0.5", "cs"), ("en", "en"), ("xx", "en")])
@pytest.mark.django_db
def test_what_is_written_to_a_member_is_in_the_language_of_the_sign_in(client, asked, kept):
    member = make_member()
    member.set_password("a-long-enough-word")
    member.save()

    client.post(
        "/account/login/",
        {"login": member.email, "password": "a-long-enough-word"},
        headers={"accept-language": asked},
    )

    member.refresh_from_db()
    assert member.language == kept
