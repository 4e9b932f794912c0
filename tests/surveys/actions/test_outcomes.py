from datetime import timedelta
from uuid import uuid4

import pytest

from surveys.actions.claiming import claim_mails
from surveys.actions.outcomes import (
    note_deferred,
    note_outcome,
    note_refused,
    note_taken,
    note_trouble,
    pause_for,
)
from surveys.inviting.smtp import Fate, Outcome
from surveys.models import Bounce, Invitation, Mail, Mailing
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db
WEEK = NOW + timedelta(days=7)


def claimed_of(*mailings):
    """A claim with an invitation of each, in the order in which they are given."""
    for mailing in mailings:
        make_invitation(mailing)
    return sorted(claim_mails(claim=uuid4(), now=NOW), key=lambda one: one.invitation.pk)


def of(*claimed):
    return [
        (one.state, one.turn, one.due_at)
        for one in Invitation.objects.filter(pk__in=[each.invitation.pk for each in claimed]).order_by("pk")
    ]


def test_each_mail_that_was_taken_has_the_reminder_of_its_own_mailing():
    silent = make_mailing(state="sending")
    weekly = make_mailing(state="sending", reminders=1, reminder_days=7)
    daily = make_mailing(state="sending", reminders=2, reminder_days=1)
    claimed = claimed_of(silent, weekly, daily)

    note_taken([one.mail for one in claimed], now=NOW)

    assert of(*claimed) == [("sent", 0, None), ("sent", 1, WEEK), ("sent", 1, NOW + timedelta(days=1))]
    assert set(Mail.objects.values_list("state", "sent_at")) == {("sent", NOW)}


def test_mails_of_different_turns_are_noted_together():
    mailing = make_mailing(state="sending", reminders=1, reminder_days=7)
    make_invitation(mailing, state="sent", sent_at=NOW - timedelta(days=7), turn=1, due_at=NOW)
    claimed = claimed_of(mailing)

    note_taken([one.mail for one in claimed], now=NOW)

    assert of(*claimed) == [("sent", 1, None), ("sent", 1, WEEK)]
    assert claimed[0].invitation.sent_at == NOW - timedelta(days=7)


@pytest.mark.parametrize(
    ("fields", "state"),
    [({"is_started": True, "is_finished": True, "sent_at": NOW}, "sent"), ({"state": "bounced"}, "bounced")],
)
def test_nobody_is_reminded_who_answered_or_bounced_meanwhile(fields, state):
    claimed = claimed_of(make_mailing(state="sending", reminders=1))
    Invitation.objects.update(**fields)

    note_taken([one.mail for one in claimed], now=NOW)

    assert of(*claimed) == [(state, 0, None)]


def test_what_was_settled_meanwhile_stays_as_it_is():
    claimed = claimed_of(make_mailing(state="sending"))
    Mail.objects.update(claim=uuid4())
    (one,) = claimed

    note_taken([one.mail], now=NOW)
    note_deferred(one.mail, now=NOW)
    note_refused(one, Outcome(Fate.BAD_ADDRESS, "nobody here"), now=NOW)

    assert (Mail.objects.get().state, of(one)) == ("claimed", [("waiting", 0, None)])
    assert not Bounce.objects.exists()


def test_trouble_is_over_when_a_mail_was_taken():
    mailing = make_mailing(state="sending")
    claimed = claimed_of(mailing)
    note_trouble([mailing.pk], "no\nserver", now=NOW)
    mailing.refresh_from_db()

    note_taken([one.mail for one in claimed], now=NOW)

    assert (mailing.trouble, mailing.retry_at) == ("no server", NOW + timedelta(minutes=2))
    mailing.refresh_from_db()
    assert (mailing.trouble, mailing.retry_at) == ("", None)


def test_pause_for_leaves_alone_what_is_not_being_sent():
    sending, stopped = make_mailing(state="sending"), make_mailing(state="stopped")

    pause_for([sending.pk, stopped.pk], "spam")

    assert list(Mailing.objects.order_by("pk").values_list("state", "trouble")) == [
        ("paused", "spam"),
        ("stopped", ""),
    ]


@pytest.mark.parametrize(
    ("fate", "goes_on", "mail", "invitation"),
    [
        (Fate.TAKEN, True, "sent", ("sent", 0, None)),
        (Fate.NO_ANSWER, False, "doubtful", ("sent", 0, None)),
        (Fate.NOT_NOW, True, "deferred", ("waiting", 0, NOW + timedelta(minutes=15))),
        (Fate.NO_SERVER, False, "claimed", ("waiting", 0, None)),
        (Fate.UNWANTED, True, "deferred", ("waiting", 0, NOW)),
        (Fate.BAD_ADDRESS, True, "refused", ("bounced", 0, None)),
        (Fate.REFUSED, True, "refused", ("bounced", 0, None)),
    ],
)
def test_what_each_fate_does(fate, goes_on, mail, invitation):
    (one,) = claimed_of(make_mailing(state="sending"))

    assert note_outcome(one, Outcome(fate, "said"), now=NOW) is goes_on
    assert (Mail.objects.get().state, of(one)) == (mail, [invitation])
    assert Bounce.objects.exists() == (fate is Fate.BAD_ADDRESS)
