"""What becomes of an invitation that is due: sent now, later, never, or skipped for a reason. Pure: facts come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from surveys.inviting.addresses import address_hash
from surveys.inviting.quiet import next_allowed
from surveys.models.invitations import SkipReason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime

    from surveys.models import Invitation

FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES = timedelta(minutes=15), timedelta(hours=12), 8


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of addresses, by their hashes. `begun` are invitations with a mail already."""

    unsubscribed: AbstractSet[bytes]
    bounced: AbstractSet[bytes]
    contacted: Mapping[bytes, date]
    begun: AbstractSet[int]


class Verdict(Enum):
    SEND = "send"
    NEVER = "never"


type Decision = Verdict | SkipReason | datetime


def decide(invitation: Invitation, known: Known, *, now: datetime) -> Decision:
    """SEND, NEVER (nothing more is to come), the reason to skip somebody who was not invited yet, or a moment to
    look again.
    """
    if invitation.is_finished:
        return Verdict.NEVER
    if reason := _reason(invitation, known, now):
        return Verdict.NEVER if invitation.sent_at else reason
    allowed = _allowed(invitation, now)
    return Verdict.SEND if allowed <= now else allowed


def _reason(invitation: Invitation, known: Known, now: datetime) -> SkipReason | None:
    key = address_hash(invitation.email)
    if key in known.unsubscribed:
        return SkipReason.UNSUBSCRIBED
    if key in known.bounced:
        return SkipReason.BOUNCED
    # A reminder is the same invitation; so is a mail that is tried again.
    is_new = invitation.turn == 0 and invitation.pk not in known.begun
    last, cap = known.contacted.get(key), invitation.mailing.cap_days
    if is_new and cap and last and now.date() - last < timedelta(days=cap):
        return SkipReason.CAP
    return None


def _allowed(invitation: Invitation, now: datetime) -> datetime:
    mailing = invitation.mailing
    if mailing.quiet_from is None or mailing.quiet_until is None:
        return now
    zone = ZoneInfo(invitation.time_zone or invitation.location.time_zone)
    return next_allowed(now, zone, mailing.quiet_from, mailing.quiet_until)


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries at which the mail server said “not now”; None: it is given up."""
    if tries >= MOST_TRIES:
        return None
    pauses: int = 2 ** (tries - 1)
    return min(FIRST_PAUSE * pauses, LONGEST_PAUSE)
