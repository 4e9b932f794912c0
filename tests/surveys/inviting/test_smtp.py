import pytest
from django.core.mail import EmailMultiAlternatives

from surveys.inviting.smtp import Fate, Post, plain


@pytest.fixture(params=["one by one", "together", "together, and goes on"])
def smtp(smtp, request):
    """A server that takes commands one by one, and two that take them together."""
    smtp.pipelines, smtp.goes_on = request.param != "one by one", request.param.endswith("on")
    return smtp


def mail(to="anna@example.org", **fields):
    return EmailMultiAlternatives("Hello", "text", "us@example.org", [to], **fields)


def sent(message):
    """The outcome, and how often the mail was said to be handed over."""
    times = []
    with Post() as post:
        return post.send(message, before_handover=lambda: times.append(1)), len(times)


def test_taken_mail_is_handed_over_once(smtp):
    outcome, times = sent(mail())

    assert (outcome.fate, times) == (Fate.TAKEN, 1)
    assert smtp.counts() == {"anna@example.org": 1}


@pytest.mark.parametrize(
    ("reply", "fate"), [("550 nobody here", Fate.BAD_ADDRESS), ("451 later", Fate.NOT_NOW)]
)
def test_what_the_server_says_to_the_address(smtp, reply, fate):
    smtp.refuse["anna@example.org"] = reply

    outcome, times = sent(mail())

    assert (outcome.fate, outcome.said, times) == (fate, reply[4:], 0)


@pytest.mark.parametrize(
    ("reply", "fate"),
    [("554 spam", Fate.REFUSED), ("451 later", Fate.NOT_NOW), ("", Fate.NO_ANSWER)],
)
def test_what_the_server_says_to_the_mail(smtp, reply, fate):
    smtp.answer_data["anna@example.org"] = reply

    outcome, times = sent(mail())

    assert (outcome.fate, times) == (fate, 1)


def test_after_a_refusal_the_next_mail_goes_over_the_same_connection(smtp):
    smtp.refuse["eva@example.org"] = "550 nobody here"
    smtp.answer_data["jan@example.org"] = "554 spam"

    with Post() as post:
        fates = [
            post.send(mail(to), before_handover=lambda: None).fate
            for to in ("eva@example.org", "anna@example.org", "jan@example.org", "anna@example.org")
        ]

    assert fates == [Fate.BAD_ADDRESS, Fate.TAKEN, Fate.REFUSED, Fate.TAKEN]
    assert smtp.counts() == {"anna@example.org": 2}


def test_lines_that_begin_with_a_dot_arrive_as_they_are(smtp):
    text = ".\n..\n.hidden\nend"
    message = EmailMultiAlternatives("Hello", text, "us@example.org", ["anna@example.org"])

    sent(message)

    (got,) = smtp.mails
    assert got.text.rstrip() == text


def test_without_a_server_nothing_is_handed_over(settings, smtp):
    settings.MAILERS = {
        "default": {**smtp.mailers()["default"], "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1}}
    }

    with pytest.raises(OSError), Post():  # noqa: PT011 (whatever the system says)
        pass


def test_mail_that_cannot_be_made_is_refused(smtp):
    outcome, times = sent(mail(headers={"X-Note": "one\nBcc: eva@example.org"}))

    assert (outcome.fate, times) == (Fate.REFUSED, 0)
    assert smtp.mails == []


def test_other_mailers_hand_over_at_once(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

    outcome, times = sent(mail())

    assert (outcome.fate, times) == (Fate.TAKEN, 1)


def test_what_a_server_says_can_be_stored():
    assert plain("no\x00such\u202euser" + "x" * 400) == "no such user" + "x" * 288


def test_server_that_ends_the_connection_after_some_mails_gets_the_next_over_a_new_one(smtp):
    smtp.mails_in_connection = 2
    times = []

    with Post() as post:
        fates = [post.send(mail(), before_handover=lambda: times.append(1)).fate for _ in range(5)]

    assert (fates, len(times)) == ([Fate.TAKEN] * 5, 5)
    assert smtp.counts() == {"anna@example.org": 5}


def test_server_that_is_gone_in_the_middle_is_said_to_be(smtp):
    smtp.mails_in_connection = 1

    with Post() as post:
        post.send(mail(), before_handover=lambda: None)
        smtp.stop_listening()
        outcome = post.send(mail(), before_handover=lambda: None)

    assert outcome.fate is Fate.NO_SERVER
