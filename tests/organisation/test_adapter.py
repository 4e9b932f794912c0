from django.core.management import call_command

from organisation.adapter import ClosedSignup
from organisation.models import Member


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
