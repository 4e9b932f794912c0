"""The bytes of a mail, read back by Python's own reader, and beside those that Django makes of it."""

import email
from email import policy

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.inviting.wire import bytes_of


def message(subject="Hello", text="text", page="<p>page</p>", to="anna@example.org", **headers):
    made = EmailMultiAlternatives(
        subject, text, "Elm & Sons <us@example.org>", [to], headers={"Message-ID": "<1@x>", **headers}
    )
    made.attach_alternative(page, "text/html")
    return made


def read(data):
    return email.message_from_bytes(data, policy=policy.default)


def contents(message):
    parts = [
        (part.get_content_type(), part.get_content()) for part in message.walk() if not part.is_multipart()
    ]
    return [(kind, text.replace("\r\n", "\n").rstrip("\n")) for kind, text in parts]


SUBJECTS = [
    "Hello",
    "Jaké to bylo, Žofie?",
    "=?utf-8?q?Hello?=",
    "word " * 60,
    "x" * 2000,
    "",
    "日本" * 60,
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_headers_say_what_django_s_do(subject):
    made = message(subject=subject, **{"List-Unsubscribe": "<https://example.org/" + "u" * 200 + ">"})

    ours, theirs = read(bytes_of(made)), read(made.message(policy=policy.SMTP).as_bytes())

    assert ours["Date"]
    names = ["Subject", "From", "To", "Message-ID", "List-Unsubscribe", "MIME-Version"]
    assert [ours[name] for name in names] == [theirs[name] for name in names]
    assert ours.get_content_type() == "multipart/alternative"
    assert ours.defects == []


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=300))
def test_whatever_the_text_is_it_comes_back(text):
    data = bytes_of(message(text=text, page=text))

    assert contents(read(data)) == [("text/plain", text.rstrip("\n")), ("text/html", text.rstrip("\n"))]


def test_lines_are_short_and_plain():
    data = bytes_of(message(text="ž" * 500 + "\n.\n", page="<p>" + "word " * 500))

    body = data.split(b"\r\n\r\n", 1)[1]
    assert max(len(line) for line in body.split(b"\r\n")) <= 76
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert data.isascii()


def test_text_cannot_end_its_part():
    text = "one\n--=_part--\ntwo"

    assert contents(read(bytes_of(message(text=text))))[0] == ("text/plain", text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("where", ["subject", "X-Note"])
def test_header_of_two_lines_is_refused(where, end):
    with pytest.raises(ValueError, match="linefeed"):
        bytes_of(message(**{where: f"one{end}Bcc: eva@example.org"}))


@pytest.mark.parametrize(
    "to",
    ["", "anna", "a@b@c", "a@b\nBcc: c@d", "a b@c", "a@b, c@d", "<a@b>", "Anna <a@b>", "žofie@example.org"],
)
def test_what_is_no_address_is_refused(to):
    with pytest.raises(ValueError, match="address"):
        bytes_of(message(to=to))


def test_what_is_attached_goes_with_it():
    made = message(text="Žofie", page="<p>Žofie</p>")
    made.attach("report.pdf", bytes(range(256)), "application/pdf")

    data = bytes_of(made)

    said = read(data)
    (document,) = said.iter_attachments()
    assert (document.get_filename(), document.get_content()) == ("report.pdf", bytes(range(256)))
    assert said.get_body(("html",)).get_content().strip() == "<p>Žofie</p>"
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize("is_attached", [False, True])
def test_a_long_address_in_a_header_stays_as_it_is(is_attached):
    """Folded, or written in words of its own, no mail program takes it for one."""
    link = f"<https://feedback.example.org/reports/leave/{'x' * 200}/>"
    made = message(**{"List-Unsubscribe": link})
    if is_attached:
        made.attach("report.pdf", b"x", "application/pdf")

    data = bytes_of(made)

    assert f"List-Unsubscribe: {link}\r\n".encode() in data
    assert data.count(b"List-Unsubscribe") == data.count(b"Message-ID") == 1
