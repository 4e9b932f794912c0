from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core import mail

from organisation.password_links import SHOWN_FOR, allow_to_see, mail_password_link, may_see, password_link
from tests.factories import make_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "a-long-enough-word"


@pytest.fixture
def asked(rf):
    """A request with a session."""
    request = rf.get("/")
    request.session = SessionStore()
    return request


def use(client, link, password=PASSWORD):
    """Open the link and set a password; the last answer."""
    opened = client.get(link.removeprefix("http://testserver"), follow=True)
    return client.post(
        opened.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True
    )


def test_link_sets_a_password_for_a_member_who_has_none(client, asked):
    member = make_member()

    use(client, password_link(member, asked))

    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_link_works_once(client, asked):
    member = make_member()
    link = password_link(member, asked)
    use(client, link)

    use(client, link, password="another-long-word")

    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_link_is_worth_nothing_after_the_address_changed(client, asked):
    member = make_member(email="old@example.org")
    link = password_link(member, asked)
    member.email = "new@example.org"
    member.save(update_fields=["email"])

    use(client, link)

    member.refresh_from_db()
    assert not member.has_usable_password()


def test_link_begins_with_the_sites_own_address(asked, settings):
    settings.SITE_URL = "https://feedback.example.org"
    asked.META["HTTP_HOST"] = "elsewhere.example.org"

    assert password_link(make_member(), asked).startswith("https://feedback.example.org/account/password/")


def test_session_may_see_the_link_of_one_member_for_a_while(asked):
    member, other = make_member(), make_member()

    allow_to_see(member, asked, now=NOW)

    assert may_see(member, asked, now=NOW + SHOWN_FOR - timedelta(seconds=1))
    assert not may_see(other, asked, now=NOW)
    assert not may_see(member, asked, now=NOW + SHOWN_FOR)


def test_session_keeps_no_link(asked):
    member = make_member()

    allow_to_see(member, asked, now=NOW)

    assert dict(asked.session) == {
        "password_link": {"member": member.pk, "until": (NOW + SHOWN_FOR).timestamp()}
    }


def test_nobody_may_see_a_link_that_was_not_asked_for(asked):
    assert not may_see(make_member(), asked, now=NOW)


def test_link_is_mailed_where_mail_is_set_up(client, asked, settings):
    settings.MAIL_HOST = "mail.example.org"
    member = make_member(name="Mia & Co", email="mia@example.org")

    sent = mail_password_link(member, asked)

    message = mail.outbox[0]
    assert (sent, message.to, message.subject) == (
        True,
        ["mia@example.org"],
        "Our organisation: set your password",
    )
    assert "Hello Mia & Co," in message.body

    use(client, next(line for line in message.body.splitlines() if line.startswith("http://testserver/")))
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_link_is_not_mailed_without_a_mail_server(asked):
    assert (mail_password_link(make_member(), asked), mail.outbox) == (False, [])


@pytest.mark.parametrize("failure", [SMTPException("refused"), OSError("unreachable"), TimeoutError()])
def test_mail_server_that_fails_is_no_failure_of_the_page(asked, settings, monkeypatch, failure):
    settings.MAIL_HOST = "mail.example.org"

    def refuse(*args):
        raise failure

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    assert mail_password_link(make_member(), asked) is False
