from datetime import time, timedelta

import pytest

from surveys.inviting.addresses import address_hash
from surveys.inviting.deciding import Known, Verdict, decide, pause_after
from tests.factories.invitations import NOW, make_invitation, make_mailing

NOTHING = Known(frozenset(), frozenset(), {}, frozenset())


@pytest.fixture
def invitation(db):
    return make_invitation(make_mailing(cap_days=30))


def key(invitation):
    return address_hash(invitation.email)


def test_nothing_against_it_is_sent(invitation):
    assert decide(invitation, NOTHING, now=NOW) is Verdict.SEND


def test_whoever_finished_hears_nothing_more(invitation):
    invitation.is_finished = True

    assert decide(invitation, NOTHING, now=NOW) is Verdict.NEVER


def test_unsubscribed_is_skipped_and_gets_no_reminder(invitation):
    known = Known({key(invitation)}, frozenset(), {}, frozenset())

    first = decide(invitation, known, now=NOW)
    invitation.sent_at, invitation.turn = NOW, 1

    assert (first, decide(invitation, known, now=NOW)) == ("unsubscribed", Verdict.NEVER)


def test_address_that_bounced_is_skipped(invitation):
    assert decide(invitation, Known(frozenset(), {key(invitation)}, {}, frozenset()), now=NOW) == "bounced"


@pytest.mark.parametrize(("days", "decision"), [(0, "cap"), (29, "cap"), (30, Verdict.SEND)])
def test_contact_cap(invitation, days, decision):
    last = {key(invitation): NOW.date() - timedelta(days=days)}

    assert decide(invitation, Known(frozenset(), frozenset(), last, frozenset()), now=NOW) == decision


def test_cap_does_not_hold_for_reminders_nor_for_another_try(invitation):
    last = {key(invitation): NOW.date()}
    again = decide(invitation, Known(frozenset(), frozenset(), last, {invitation.pk}), now=NOW)
    invitation.sent_at, invitation.turn = NOW, 1

    assert (again, decide(invitation, Known(frozenset(), frozenset(), last, frozenset()), now=NOW)) == (
        Verdict.SEND,
        Verdict.SEND,
    )


def test_quiet_hours_are_the_recipient_s(invitation):
    """09:00 UTC is night in Honolulu and day in the location's zone."""
    invitation.mailing.quiet_from, invitation.mailing.quiet_until = time(20), time(8)
    here = decide(invitation, NOTHING, now=NOW)
    invitation.time_zone = "Pacific/Honolulu"

    assert here is Verdict.SEND
    assert decide(invitation, NOTHING, now=NOW) == NOW + timedelta(hours=9)


def test_pauses_grow_and_end():
    pauses = [pause_after(tries) for tries in range(1, 9)]

    assert pauses[:3] == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)]
    assert pauses[-1] is None
