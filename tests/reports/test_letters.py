import pytest

from organisation.queries import the_organisation
from reports.letters import Attached, Letter, delivery_id, message_of

pytestmark = pytest.mark.django_db


def letter(**changes):
    fields = {
        "subject": "Monday",
        "heading": "Monday",
        "points": ["Speed fell.", "<b>Below</b> the others."],
        "scores": [("Speed", "3.66", "3.5 to 3.8")],
        "facts": [("Days", "1 to 31 Mar 2026")],
        "notes": ["It stays."],
        "link": "https://feedback.example.org/reports/sent/1/",
        "link_words": "Read the report",
        "why": "You asked for it.",
        "language": "en",
    }
    return Letter(**{**fields, **changes})


def message(**changes):
    return message_of(
        letter(**changes), to="a@example.org", message_id="<1@a>", organisation=the_organisation()
    )


def test_text_and_html_say_the_same():
    mail = message()
    page = mail.alternatives[0][0]

    for words in (
        "Monday",
        "Speed fell.",
        "1 to 31 Mar 2026",
        "3.66",
        "3.5 to 3.8",
        "It stays.",
        "Read the report",
        "You asked for it.",
    ):
        assert words in mail.body
        assert words in page
    assert "<b>Below</b> the others." in mail.body
    assert "&lt;b&gt;Below&lt;/b&gt;" in page


@pytest.mark.parametrize("end", ["\r\n", "\n", "\x0b", "\x85", "\u2028", "\u2029"])
def test_a_subject_is_one_line_whatever_it_is_made_of(end):
    mail = message(subject=f"Monday{end}Bcc: everybody@example.org")

    raw = mail.message()
    assert mail.subject == "Monday Bcc: everybody@example.org"
    assert raw["Bcc"] is None


def test_a_long_subject_is_cut():
    assert len(message(subject="m" * 999).subject) == 180


def test_a_document_goes_with_it():
    mail = message(attached=Attached("report.pdf", b"%PDF", "application/pdf"))

    assert mail.attachments == [("report.pdf", b"%PDF", "application/pdf")]


def test_the_same_delivery_has_the_same_message_id():
    assert delivery_id(7) == delivery_id(7) != delivery_id(8)


def test_a_mail_that_can_be_left_has_a_button_for_it():
    mail = message(unsubscribe="https://feedback.example.org/reports/leave/x/")

    assert mail.extra_headers["List-Unsubscribe"] == "<https://feedback.example.org/reports/leave/x/>"
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://feedback.example.org/reports/leave/x/" in mail.body
    assert 'href="https://feedback.example.org/reports/leave/x/"' in mail.alternatives[0][0]
    assert "List-Unsubscribe" not in message().extra_headers
