"""Whose clock counts for a schedule, and what comes next by it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from organisation.models import Location
from organisation.queries import the_organisation
from reports.enums import ScheduleStep
from reports.schedules.rhythms import Rhythm

if TYPE_CHECKING:
    from collections.abc import Collection

    from organisation.models import Member
    from reports.models import Schedule


def rhythm_of(schedule: Schedule) -> Rhythm:
    return Rhythm(ScheduleStep(schedule.step), schedule.at, schedule.weekday, schedule.month_day)


def zone_for(schedule: Schedule, member: Member) -> ZoneInfo:
    """The schedule's clock, else the member's own."""
    return ZoneInfo(schedule.time_zone or own_zone(member))


def own_zone(member: Member) -> str:
    """The zone of all the locations that the member holds, where they share one; else the organisation's."""
    return own_zones([member])[member.pk]


def own_zones(members: Collection[Member]) -> dict[int, str]:
    """The same of many members by their keys, in as many queries as of one."""
    held = [member.pk for member in members if not member.sees_everywhere]
    zones: dict[int, set[str]] = defaultdict(set)
    places = Location.objects.open().order_by()
    for road in ("members", "region__members") if held else ():
        for key, zone in places.filter(**{f"{road}__in": held}).values_list(road, "time_zone").distinct():
            zones[key].add(zone)
    usual = the_organisation().time_zone
    return {
        member.pk: next(iter(zones[member.pk])) if len(zones[member.pk]) == 1 else usual for member in members
    }
