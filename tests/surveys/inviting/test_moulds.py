"""A letter out of a mould is the recipient's own letter."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.models import Organisation
from surveys.inviting.letters import letter_to, message_of
from surveys.inviting.links import new_nonce
from surveys.inviting.moulds import Moulds
from surveys.models import Invitation
from tests.factories.invitations import make_mailing

TOKEN = "T" * 32
NAMES = [
    "Anna",
    "",
    "  ",
    "Žofie",
    "<b>Eva</b> & 'Co' \"x\"",
    "{name}",
    "An\u202ena",
    "a" * 100,
    "Eva\r\nBcc: x@y",
]


@pytest.fixture
def mailing(db):
    Organisation.objects.update(name="Elm & Sons")
    return make_mailing(
        subject="How was it, {name}?",
        body="Dear {name},\n\nthank you, {name} & {name}.\nPlease tell us.",
        translations={"cs": {"subject": "Jaké to bylo?", "body": "Dobrý den {name}."}},
    )


def both(mailing, moulds, name, language="en", turn=0):
    """The mail out of a mould, and the one that is made for one recipient."""
    invitation = Invitation(
        mailing=mailing, email="anna@example.org", name=name, language=language, nonce=new_nonce()
    )
    cast = moulds.mail_to(invitation, token=TOKEN, turn=turn, message_id="<1@x>")
    letter = letter_to(mailing, name=name, language=language, token=TOKEN, origin=mailing.origin, turn=turn)
    made = message_of(letter, to="anna@example.org", message_id="<1@x>", organisation=moulds.organisation)
    return contents(cast), contents(made)


def contents(message):
    page, kind = message.alternatives[0]
    return (
        message.subject,
        str(message.body),
        str(page),
        kind,
        message.from_email,
        message.to,
        message.extra_headers,
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("language", "turn"), [("en", 0), ("en", 1), ("cs", 0), ("cs", 2)])
def test_mail_is_the_one_that_is_made_for_each(mailing, name, language, turn):
    moulds = Moulds(Organisation.objects.get())
    both(mailing, moulds, "Somebody else", language, turn)

    cast, made = both(mailing, moulds, name, language, turn)

    assert cast == made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40))
def test_whatever_the_name_is_the_mail_is_the_same(mailing, name):
    cast, made = both(mailing, Moulds(Organisation.objects.get()), name)

    assert cast == made


def test_letter_is_rendered_once_for_many(mailing, monkeypatch):
    from surveys.inviting import moulds as module

    rendered = []
    monkeypatch.setattr(
        module, "message_of", lambda *args, **kwargs: rendered.append(1) or message_of(*args, **kwargs)
    )
    moulds = Moulds(Organisation.objects.get())

    for name in ("Anna", "Eva", "", "Jan"):
        both(mailing, moulds, name)

    assert len(rendered) == 2


def test_mailings_do_not_lend_each_other_their_words(mailing):
    moulds = Moulds(Organisation.objects.get())
    other = make_mailing(subject="Another", body="Words.")

    assert both(mailing, moulds, "")[0][0] == "How was it?"
    assert both(other, moulds, "")[0][0] == "Another"
