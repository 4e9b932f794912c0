"""Reads around schedules: who can be sent to, and what the pages show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from organisation.enums import Role
from organisation.models import Location, Member
from reports.enums import ScheduleStep
from reports.exports.scope import chosen_of
from reports.models import Schedule, ScheduleRecipient
from reports.reading import ask
from reports.schedules.clocks import own_zones

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from organisation.models.members import MemberQuerySet
    from reports.reading import Asked
    from reports.vocabulary import Vocabulary


def readers(member: Member) -> MemberQuerySet:
    """To whom the member can send: themselves; to an administrator all who read reports; to a manager those with
    whom a location is shared, and administrators.
    """
    found: MemberQuerySet = Member.objects.filter(is_active=True, role__in=[Role.ADMINISTRATOR, Role.MANAGER])
    if not member.is_administrator:
        places = Location.objects.visible_to(member)
        shared = Q(locations__in=places) | Q(regions__locations__in=places) | Q(all_locations=True)
        found = found.filter(Q(role=Role.ADMINISTRATOR) | Q(pk=member.pk) | shared).distinct()
    ordered: MemberQuerySet = found.order_by("email")
    return ordered


class Turn(NamedTuple):
    """One recipient's next occurrence, by the clock that counts for them."""

    row: ScheduleRecipient
    zone: str


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One schedule of a list. `about` is empty where whoever looks can no longer read all of it; `next` is that of
    whoever looks, else the first of all; None where nothing goes out.
    """

    schedule: Schedule
    about: str
    when: str
    recipients: int
    stopped: int
    next: Turn | None


def schedule_rows(member: Member, vocabulary: Vocabulary, *, now: datetime) -> list[ScheduleRow]:
    """Those that send first."""
    schedules = list(
        Schedule.objects.visible_to(member).select_related("owner").order_by("-is_active", "name", "pk")
    )
    turns: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns_of(schedules):
        turns[turn.row.schedule_id].append(turn)
    return [_row(one, turns[one.pk], member, about(one.filters, vocabulary, now=now)) for one in schedules]


def turns_of(schedules: Collection[Schedule]) -> list[Turn]:
    """Each recipient's, the earliest first."""
    rows = list(
        ScheduleRecipient.objects.filter(schedule__in=schedules)
        .select_related("schedule", "member")
        .order_by("next_at", "member__email")
    )
    zones = own_zones({row.member_id: row.member for row in rows}.values())
    return [Turn(row, row.schedule.time_zone or zones[row.member_id]) for row in rows]


def _row(schedule: Schedule, turns: list[Turn], member: Member, words: str) -> ScheduleRow:
    going = [turn for turn in turns if schedule.is_active and not turn.row.stopped_because]
    mine = [turn for turn in going if turn.row.member_id == member.pk]
    return ScheduleRow(
        schedule,
        words,
        when(schedule),
        len(turns),
        sum(bool(turn.row.stopped_because) for turn in turns),
        next(iter(mine or going), None),
    )


def about(filters: str, vocabulary: Vocabulary, *, now: datetime) -> str:
    """What an address is about, in a line: survey, period, what was chosen. Empty where it cannot all be read."""
    if not vocabulary.surveys:
        return ""
    asked = ask(QueryDict(filters), vocabulary, now=now)
    return "" if asked.problems else in_words(asked)


def in_words(asked: Asked) -> str:
    shortcut = asked.filters.shortcut
    parts = [asked.survey.name, str(shortcut.label) if shortcut else ""]
    parts += [", ".join(values) for _name, values in chosen_of(asked)]
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def when(schedule: Schedule) -> str:
    """Every Monday at 07:00"""
    at = time_format(schedule.at, "H:i")
    if schedule.step == ScheduleStep.WEEK:
        return _("Every %(day)s at %(time)s") % {"day": WEEKDAYS[schedule.weekday or 0], "time": at}
    if schedule.step == ScheduleStep.MONTH:
        return _("On day %(day)s of every month at %(time)s") % {"day": schedule.month_day, "time": at}
    return _("Every day at %(time)s") % {"time": at}
