"""From what is due to rows: each occurrence becomes one for each recipient, and the next is set, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from reports.models import Delivery, ScheduleRecipient, SentReport
from reports.schedules.clocks import rhythm_of, zone_for
from reports.schedules.rhythms import due, next_occurrence
from reports.schedules.stopping import note_stop, tell_of_stops, why_stopped

if TYPE_CHECKING:
    from datetime import datetime

    from reports.schedules.rhythms import Due

AT_ONCE = 100
MOST_MISSED = 32_767


@transaction.atomic
def plan_due(*, now: datetime) -> int:
    """Plan what is due, and say how many reports that are. Of what could not be sent in time only the latest is.

    Two workers at once, or one that is killed, plan nothing twice: the day is part of the row's key, and a row that
    is not there yet is still due. What no longer goes to somebody is told of once.
    """
    rows = ScheduleRecipient.objects.due(at=now).select_related("schedule__owner", "member")
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("next_at", "pk")[:AT_ONCE]
    listed = list(locked)
    count = sum([_plan(row, now) for row in listed])
    tell_of_stops([row for row in listed if row.stopped_at == now], now=now)
    return count


def _plan(row: ScheduleRecipient, now: datetime) -> bool:
    """Whether something is to be sent. Where the clock that counts was changed meanwhile, there may be nothing."""
    rhythm, zone = rhythm_of(row.schedule), zone_for(row.schedule, row.member)
    found = due(rhythm, zone, since=row.next_at, now=now)
    row.next_at = found.following.at if found else next_occurrence(rhythm, zone, after=now).at
    note_stop(row, why_stopped(row, now=now) if found else row.stopped_because, now=now)
    row.save(update_fields=["next_at", "stopped_because", "stopped_at"])
    return found is not None and not row.stopped_because and _add(row, found)


def _add(row: ScheduleRecipient, found: Due) -> bool:
    schedule, member, day = row.schedule, row.member, found.latest.day
    if SentReport.objects.filter(schedule=schedule, member=member, due_on=day).exists():
        return False  # its hour was changed after it had gone out
    SentReport.objects.create(
        schedule=schedule,
        member=member,
        delivery=Delivery.objects.create(member=member, due_at=found.latest.at),
        name=schedule.name,
        filters=schedule.filters,
        charts=schedule.charts,
        language=member.language or schedule.language,
        origin=schedule.origin,
        due_on=day,
        due_at=found.latest.at,
        missed=min(found.missed, MOST_MISSED),
    )
    return True
