"""Reads around schedules: whose clock counts, who can be sent to, and what a list shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from organisation.enums import Role
from organisation.models import Location, Member
from organisation.queries import the_organisation
from reports.enums import ScheduleStep
from reports.exports.scope import chosen_of
from reports.models import Schedule
from reports.reading import ask
from reports.schedules.rhythms import Rhythm

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models.members import MemberQuerySet
    from reports.reading import Asked
    from reports.vocabulary import Vocabulary


def rhythm_of(schedule: Schedule) -> Rhythm:
    return Rhythm(ScheduleStep(schedule.step), schedule.at, schedule.weekday, schedule.month_day)


def zone_for(schedule: Schedule, member: Member) -> ZoneInfo:
    """The schedule's clock, else the member's own."""
    return ZoneInfo(schedule.time_zone or own_zone(member))


def own_zone(member: Member) -> str:
    """The zone of all the locations that the member holds, where they share one; else the organisation's."""
    if not member.sees_everywhere:
        places = Location.objects.visible_to(member).open()
        zones = set(places.order_by().values_list("time_zone", flat=True))
        if len(zones) == 1:
            return str(zones.pop())
    return the_organisation().time_zone


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


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One schedule of a list. `about` is empty where whoever looks can no longer read all of it."""

    schedule: Schedule
    about: str
    when: str
    recipients: int
    next_at: datetime | None


def schedule_rows(member: Member, vocabulary: Vocabulary, *, now: datetime) -> list[ScheduleRow]:
    """Those that send first."""
    rows: Any = (
        Schedule.objects.visible_to(member)
        .select_related("owner")
        .annotate(recipient_count=Count("recipients"), next_at=Min("recipients__next_at"))
        .order_by("-is_active", "name", "pk")
    )
    return [
        ScheduleRow(
            row,
            about(row.filters, vocabulary, now=now),
            when(row),
            row.recipient_count,
            row.next_at if row.is_active else None,
        )
        for row in rows
    ]


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
