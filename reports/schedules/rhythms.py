"""When a schedule is due, by the clock on somebody's wall. Pure: days, clocks and moments.

An occurrence belongs to a day of that clock, so there is one on each day that fits and never two. A time that the
clock skips (it is put forward) is that much later; one that it shows twice (it is put back) counts the first time; a
day that the clock skips as a whole has none.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from reports.enums import ScheduleStep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`weekday` from Monday, 0; `month_day` from 1, where a day that the month lacks is its last."""

    step: ScheduleStep
    at: time
    weekday: int | None = None
    month_day: int | None = None

    def fits(self, day: date) -> bool:
        if self.step == ScheduleStep.WEEK:
            return day.weekday() == self.weekday
        if self.step == ScheduleStep.MONTH:
            return day.day == min(self.month_day or 1, monthrange(day.year, day.month)[1])
        return True


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day of the clock that counts, and the moment in UTC."""

    day: date
    at: datetime


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment at which the clock shows this time, or would have shown it had it not been put forward."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def is_there(day: date, zone: ZoneInfo) -> bool:
    """Whether the clock shows this day at all: islands have moved across the date line."""
    return moment(day, NOON, zone).astimezone(zone).date() == day


def occurrences(rhythm: Rhythm, zone: ZoneInfo, *, after: datetime) -> Iterator[Occurrence]:
    """Those after that moment, in order, without an end."""
    # A day early: a time that was put off may lie on the next day.
    day = after.astimezone(zone).date() - A_DAY
    while True:
        if rhythm.fits(day) and is_there(day, zone) and (at := moment(day, rhythm.at, zone)) > after:
            yield Occurrence(day, at)
        day += A_DAY


def next_occurrence(rhythm: Rhythm, zone: ZoneInfo, *, after: datetime) -> Occurrence:
    return next(occurrences(rhythm, zone, after=after))


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be sent now: the latest occurrence, how many before it were missed, and when the next comes."""

    latest: Occurrence
    missed: int
    following: Occurrence


def due(rhythm: Rhythm, zone: ZoneInfo, *, since: datetime, now: datetime) -> Due | None:
    """Of the occurrences from `since` to `now`, both included; None where there is none."""
    latest, count = None, 0
    for occurrence in occurrences(rhythm, zone, after=since - timedelta(microseconds=1)):
        if occurrence.at > now:
            return Due(latest, count - 1, occurrence) if latest else None
        latest, count = occurrence, count + 1
    return None
