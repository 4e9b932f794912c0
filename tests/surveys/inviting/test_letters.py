import pytest

from organisation.models import Organisation
from surveys.inviting.letters import letter_to, message_id, message_of, sender
from tests.factories.invitations import make_mailing

ORIGIN = "https://feedback.example.org"
EVIL = "Eva\r\nBcc: everybody@example.org"


@pytest.fixture
def mailing(db):
    Organisation.objects.update(name="Elm & Sons", colour="#ffe600")
    return make_mailing(
        subject="How was it, {name}?",
        body="Dear {name},\n\nthank you for your visit.\nPlease tell us.",
        translations={"cs": {"subject": "Jaké to bylo?", "body": "Dobrý den."}},
    )


def letter(mailing, **given):
    return letter_to(
        mailing, **{"name": "Anna", "language": "en", "token": "T" * 32, "origin": ORIGIN, "turn": 0, **given}
    )


def message(mailing, **given):
    organisation = Organisation.objects.get(pk=1)
    return message_of(
        letter(mailing, **given), to="anna@example.org", message_id="<1@x>", organisation=organisation
    )


def test_mail_says_who_asks_what_and_how_to_be_left_alone(mailing):
    sent = message(mailing).message()

    assert sent["Subject"] == "How was it, Anna?"
    assert sent["From"] == "Elm & Sons <feedback@localhost>"
    assert sent["Message-ID"] == "<1@x>"
    assert sent["List-Unsubscribe"] == f"<{ORIGIN}/i/{'T' * 32}/unsubscribe/>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = message(mailing).body
    assert "Dear Anna,\n\nthank you for your visit." in text
    assert f"{ORIGIN}/i/{'T' * 32}/\n" in text
    assert "stored without your name" in text


def test_link_is_whole_in_the_mail_as_it_goes_out(mailing):
    """No line is wrapped in the middle of an address."""
    parts = message(mailing).message().walk()

    texts = [part.get_content() for part in parts if part.get_content_maintype() == "text"]

    assert all(f"{ORIGIN}/i/{'T' * 32}/unsubscribe/" in text for text in texts)
    assert len(texts) == 2


def test_line_with_the_name_goes_where_there_is_none(mailing):
    nameless = letter(mailing, name="")

    assert nameless.subject == "How was it?"
    assert nameless.paragraphs == ["thank you for your visit.\nPlease tell us."]


def test_words_are_the_recipient_s(mailing):
    sent = message(mailing, language="cs", turn=1)

    assert "Dobrý den." in sent.body
    assert '<html lang="cs">' in sent.alternatives[0].content


def test_reminder_says_so(mailing):
    assert message(mailing, turn=1).subject == "Reminder: How was it, Anna?"


def test_html_escapes_what_others_wrote(mailing):
    page = message(mailing, name="<script>alert(1)</script>").alternatives[0].content

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Elm &amp; Sons" in page


@pytest.mark.parametrize("where", ["name", "subject", "organisation"])
def test_no_header_can_be_slipped_in(mailing, where):
    if where == "subject":
        mailing.subject = EVIL
    if where == "organisation":
        Organisation.objects.update(name=EVIL)

    sent = message(mailing, name=EVIL if where == "name" else "Anna").message()

    assert sent["Bcc"] is None
    assert sent["To"] == "anna@example.org"
    head = sent.as_bytes().split(b"\n\n")[0]
    assert b"\nBcc" not in head


def test_characters_that_turn_the_reading_around_are_left_out(mailing):
    assert letter(mailing, name="An\u202ena\u200b").paragraphs[0] == "Dear Anna,"


def test_colour_can_be_read(mailing):
    assert "#ffe600" not in message(mailing).alternatives[0].content


def test_message_id_is_the_effect_key(settings):
    assert message_id(7, 0) == message_id(7, 0)
    assert len({message_id(7, 0), message_id(7, 1), message_id(8, 0)}) == 3
    assert message_id(7, 0).endswith("@localhost>")


def test_sender_keeps_a_name_that_is_configured(settings):
    settings.DEFAULT_FROM_EMAIL = "Elm <hello@elm.example>"

    assert sender("Other") == "Elm <hello@elm.example>"
