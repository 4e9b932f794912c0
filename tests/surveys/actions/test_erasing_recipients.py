from datetime import timedelta

import pytest

from organisation.models import AuditEntry, Organisation
from surveys.actions import erasing_recipients
from surveys.actions.bounces import note_bounce, report_bounces
from surveys.actions.erasing_recipients import erase_recipients
from surveys.actions.recipients import add_recipients
from surveys.actions.sending import send_due
from surveys.inviting.addresses import address_hash
from surveys.inviting.lists import Recipient
from surveys.inviting.reports import BounceReport
from surveys.models import Bounce, ContactMoment, Invitation, Mail, Mailing
from surveys.models.mails import BounceSource
from surveys.queries.participation import participation
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db
ANNA = "anna@example.org"
LATER = NOW + timedelta(days=91)


def through(**fields):
    """A mailing that ended, with somebody who was sent a mail in it."""
    mailing = make_mailing(state="sent", ended_at=NOW)
    return make_invitation(mailing, email=ANNA, name="Anna", sent_at=NOW, **fields)


def erased():
    return Invitation.objects.filter(email="").count()


def test_addresses_go_when_their_days_are_over():
    invitation = through()

    early = erase_recipients(now=NOW + timedelta(days=90))
    late = erase_recipients(now=LATER)

    invitation.refresh_from_db()
    assert (early, late, erase_recipients(now=LATER)) == (0, 1, 0)
    assert (invitation.email, invitation.name) == ("", "")
    assert bytes(invitation.address_hash) == address_hash(ANNA)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.changes, entry.by) == ("erased addresses of", {"recipients": -1}, None)


def test_organisation_says_how_long():
    through()

    Organisation.objects.update(recipient_days=0)
    kept = erase_recipients(now=NOW + timedelta(days=9999))
    Organisation.objects.update(recipient_days=7)

    assert (kept, erase_recipients(now=NOW + timedelta(days=8))) == (0, 1)


def test_response_rate_and_caps_stay():
    through(is_started=True, is_finished=True)
    make_invitation(Mailing.objects.get(), sent_at=NOW, state="bounced")
    ContactMoment.objects.create(address_hash=address_hash(ANNA), contacted_on=NOW.date())
    before = participation(Invitation.objects.all())

    erase_recipients(now=LATER)

    assert erased() == 2
    assert participation(Invitation.objects.all()) == before
    assert ContactMoment.objects.filter(pk=address_hash(ANNA)).exists()


def test_what_a_mail_server_said_goes_with_the_address():
    invitation = through()
    note_bounce(
        key=address_hash(ANNA),
        invitation=invitation,
        reason=f"550 <{ANNA}>",
        source=BounceSource.SMTP,
        now=NOW,
    )
    Mailing.objects.update(trouble=f"550 <{ANNA}>")

    erase_recipients(now=LATER)

    assert (Bounce.objects.get().reason, Mailing.objects.get().trouble) == ("", "")


@pytest.mark.parametrize("state", ["draft", "sending", "paused"])
def test_whoever_is_still_to_get_a_mail_keeps_the_address(state):
    mailing = make_mailing(state=state)
    make_invitation(mailing)
    make_invitation(mailing, sent_at=NOW, state="sent", due_at=LATER + timedelta(days=1), turn=1)

    assert erase_recipients(now=LATER) == 0


def test_mailing_that_never_ends_lets_its_early_recipients_go():
    """A till invites after each purchase, for years."""
    mailing = make_mailing(state="sending")
    early = make_invitation(mailing, sent_at=NOW)
    reminded = make_invitation(mailing, sent_at=NOW)
    Mail.objects.create(
        invitation=reminded,
        turn=1,
        state="sent",
        claim="0" * 32,
        place=0,
        claimed_at=NOW,
        message_id="<x@y>",
        sent_at=NOW + timedelta(days=14),
    )

    assert erase_recipients(now=LATER) == 1
    assert Invitation.objects.get(email="") == early


def test_mailing_that_goes_on_keeps_those_who_wait():
    mailing = through().mailing
    add_recipients(mailing=mailing, recipients=[Recipient("eva@example.org")], by=None, now=NOW)

    assert erase_recipients(now=LATER) == 1
    assert Invitation.objects.exclude(email="").get().email == "eva@example.org"


def test_stopped_mailing_keeps_no_list_of_those_who_were_never_written_to():
    make_invitation(make_mailing(state="stopped", ended_at=NOW))

    assert erase_recipients(now=LATER) == 1


def test_large_list_goes_in_pieces(monkeypatch):
    monkeypatch.setattr(erasing_recipients, "AT_ONCE", 2)
    mailing = through().mailing
    for _ in range(4):
        make_invitation(mailing, sent_at=NOW)

    assert erase_recipients(now=LATER) == 5
    assert erased() == 5


def test_who_was_erased_is_not_invited_by_the_same_mailing_again():
    mailing = through().mailing
    erase_recipients(now=LATER)

    known = add_recipients(
        mailing=mailing, recipients=[Recipient(ANNA), Recipient("b@x.org")], by=None, now=LATER
    )

    assert known == [ANNA]


def test_bounce_that_comes_late_is_noted_without_the_address():
    invitation = through()
    Mail.objects.create(
        invitation=invitation,
        turn=0,
        state="sent",
        claim="0" * 32,
        place=0,
        claimed_at=NOW,
        sent_at=NOW,
        message_id="<x@y>",
    )
    erase_recipients(now=LATER)

    assert report_bounces([BounceReport(message_id="<x@y>", reason=f"550 <{ANNA}>")], now=LATER) == 1

    bounce = Bounce.objects.get()
    assert (bytes(bounce.address_hash), bounce.reason) == (address_hash(ANNA), "")


def test_mailing_knows_when_it_ended(smtp):
    mailing = make_mailing(state="sending")
    make_invitation(mailing)

    send_due(clock=lambda: NOW, until=NOW + timedelta(seconds=1))

    mailing.refresh_from_db()
    assert (mailing.state, mailing.ended_at) == ("sent", NOW)
