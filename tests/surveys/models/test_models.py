"""What the database refuses, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from surveys.models import Invitation
from tests.factories.invitations import NOW, make_invitation, make_mailing


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "anna@example.org\nBcc: eva@example.org"},
        {"email": "anna"},
        {"name": "Anna\r\nBcc: eva@example.org"},
        {"language": "xx"},
        {"state": "skipped"},
        {"skipped_because": "cap"},
        {"is_started": True},
        {"sent_at": NOW, "is_finished": True},
        {"state": "sent"},
        {"turn": 9},
    ],
)
def test_database_refuses_an_invitation_that_cannot_be(db, fields):
    mailing = make_mailing()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_invitation(mailing, **fields)


def test_address_is_on_a_list_once(db):
    invitation = make_invitation()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_invitation(invitation.mailing, email=invitation.email)


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "How\nBcc: eva@example.org"},
        {"subject": ""},
        {"state": "sending", "origin": ""},
        {"quiet_from": "20:00"},
        {"reminders": 4},
    ],
)
def test_database_refuses_a_mailing_that_cannot_be(db, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_mailing(**fields)


def test_nothing_of_an_invitation_leads_to_a_response(db):
    """Anonymous by schema: no column refers to a response, and that somebody answered has no time."""
    related = {field.related_model.__name__ for field in Invitation._meta.get_fields() if field.is_relation}
    names = {field.name for field in Invitation._meta.get_fields()}

    assert "Response" not in related
    assert {name for name in names if "start" in name or "finish" in name} == {"is_started", "is_finished"}
