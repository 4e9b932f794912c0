import pytest

from surveys.actions.bounces import invitation_of, note_bounce
from surveys.inviting.addresses import address_hash
from surveys.models import Bounce, Mail
from surveys.models.mails import BounceSource
from tests.factories.invitations import NOW, make_invitation

pytestmark = pytest.mark.django_db


def test_bounce_ends_the_invitation_and_keeps_no_address():
    invitation = make_invitation(sent_at=NOW)

    for _twice in range(2):
        note_bounce(
            key=address_hash(invitation.email),
            invitation=invitation,
            reason="no such\x00 user",
            source=BounceSource.REPORT,
            now=NOW,
        )

    invitation.refresh_from_db()
    assert (invitation.state, invitation.due_at) == ("bounced", None)
    bounce = Bounce.objects.get()
    assert bounce.reason == "no such  user"
    assert invitation.email.encode() not in bytes(bounce.address_hash)


def test_invitation_is_found_by_the_key_of_its_mail():
    invitation = make_invitation()
    Mail.objects.create(
        invitation=invitation,
        turn=0,
        claim="00000000-0000-0000-0000-000000000007",
        place=0,
        claimed_at=NOW,
        message_id="<x@y>",
    )

    assert invitation_of("<x@y>") == invitation
    assert invitation_of("<z@y>") is None


def test_a_bounce_of_somebody_who_was_skipped_after_a_try_is_noted():
    invitation = make_invitation(state="skipped", skipped_because="unsubscribed", due_at=None)

    note_bounce(
        key=address_hash(invitation.email),
        invitation=invitation,
        reason="",
        source=BounceSource.REPORT,
        now=NOW,
    )

    invitation.refresh_from_db()
    assert (invitation.state, invitation.skipped_because) == ("bounced", "")
