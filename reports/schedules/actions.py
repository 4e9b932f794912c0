"""Setting a schedule up, changing, pausing and removing it, and leaving one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from organisation.actions import record_change
from organisation.actions.audit import set_fields
from organisation.models import Member
from organisation.queries import organisation_day
from reports.enums import DeliveryState
from reports.models import Delivery, Schedule, ScheduleRecipient, SentReport
from reports.schedules.clocks import rhythm_of, zone_for
from reports.schedules.rhythms import next_occurrence
from reports.storing import asked_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

MOST_SCHEDULES, MOST_RECIPIENTS = 50, 100


class TooManySchedules(Exception):
    """The member has as many as one may have."""


class OneIsOnItsWay(Exception):
    """What the member asked for before has not gone out yet."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a schedule is to be: its fields by name, and who gets it."""

    values: Mapping[str, Any]
    recipients: Iterable[Member]


@transaction.atomic
def add_schedule(*, wish: Wish, origin: str, language: str, by: Member, now: datetime) -> Schedule:
    """The first one goes out at the next occurrence. Raises TooManySchedules."""
    # Locked, so that two at the same time see one another.
    Member.objects.select_for_update().get(pk=by.pk)
    if Schedule.objects.filter(owner=by).count() >= MOST_SCHEDULES:
        raise TooManySchedules
    schedule = Schedule.objects.create(owner=by, origin=origin, language=language, made_at=now, **wish.values)
    _send_to(schedule, wish.recipients, now=now)
    changes = {"filters": [None, schedule.filters], "recipients": [None, _named(schedule)]}
    record_change(action="added", subject=schedule, by=by, now=now, changes=changes)
    return schedule


@transaction.atomic
def change_schedule(*, schedule: Schedule, wish: Wish, by: Member, now: datetime) -> None:
    """What was sent stays sent: on a day on which it went out it does not go out again."""
    before = _named(schedule)
    changes = set_fields(schedule, wish.values)
    schedule.save(update_fields=list(wish.values))
    _send_to(schedule, wish.recipients, now=now)
    after = _named(schedule)
    if before != after:
        changes["recipients"] = [before, after]
    if changes:
        record_change(action="changed", subject=schedule, by=by, now=now, changes=changes)


@transaction.atomic
def pause_schedule(*, schedule: Schedule, by: Member, now: datetime) -> None:
    schedule.is_active = False
    schedule.save(update_fields=["is_active"])
    record_change(action="paused", subject=schedule, by=by, now=now)


@transaction.atomic
def resume_schedule(*, schedule: Schedule, by: Member, now: datetime) -> None:
    """It goes on with the next occurrence; what fell into the pause was not missed."""
    schedule.is_active = True
    schedule.save(update_fields=["is_active"])
    for row in schedule.recipients.select_related("member"):
        row.next_at = _next_at(schedule, row.member, now)
        row.save(update_fields=["next_at"])
    record_change(action="resumed", subject=schedule, by=by, now=now)


@transaction.atomic
def remove_schedule(*, schedule: Schedule, by: Member, now: datetime) -> None:
    """What it has sent stays with those who got it."""
    record_change(action="removed", subject=schedule, by=by, now=now)
    schedule.delete()


@transaction.atomic
def send_one_now(*, schedule: Schedule, by: Member, now: datetime) -> None:
    """One report of it to whoever asks, within what they may see; the others get none, and its own go on as they do.

    Raises OneIsOnItsWay, `reports.storing.CannotBeRead`.
    """
    Member.objects.select_for_update().get(pk=by.pk)
    on_its_way = Q(delivery__state__in=[DeliveryState.WAITING, DeliveryState.CLAIMED])
    if SentReport.objects.filter(on_its_way, member=by, is_by_hand=True).exists():
        raise OneIsOnItsWay
    asked_as(by, schedule.filters, now=now)
    SentReport.objects.create(
        member=by,
        delivery=Delivery.objects.create(member=by, due_at=now),
        name=schedule.name,
        filters=schedule.filters,
        charts=schedule.charts,
        language=by.language or schedule.language,
        origin=schedule.origin,
        due_on=organisation_day(now),
        due_at=now,
        is_by_hand=True,
    )
    record_change(action="sent", subject=schedule, by=by, now=now)


@transaction.atomic
def leave_schedule(*, schedule: Schedule, by: Member, now: datetime) -> None:
    """A recipient wants it no longer."""
    left, _by_model = ScheduleRecipient.objects.filter(schedule=schedule, member=by).delete()
    if left:
        record_change(action="left", subject=schedule, by=by, now=now)


def _send_to(schedule: Schedule, members: Iterable[Member], *, now: datetime) -> None:
    wanted = {member.pk: member for member in members}
    ScheduleRecipient.objects.filter(schedule=schedule).exclude(member__in=wanted).delete()
    ScheduleRecipient.objects.bulk_create(
        [
            ScheduleRecipient(schedule=schedule, member=member, next_at=_next_at(schedule, member, now))
            for member in wanted.values()
        ],
        update_conflicts=True,
        unique_fields=["schedule", "member"],
        update_fields=["next_at"],
    )


def _next_at(schedule: Schedule, member: Member, now: datetime) -> datetime:
    return next_occurrence(rhythm_of(schedule), zone_for(schedule, member), after=now).at


def _named(schedule: Schedule) -> str:
    found = ScheduleRecipient.objects.filter(schedule=schedule).order_by("member__email")
    return ", ".join(found.values_list("member__email", flat=True))
