"""Spans of days: what a report is about, and what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reports.enums import PeriodShortcut, TrendStep

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
DECEMBER = 12
# A trend of more points than these is a carpet: from here on the next coarser step is taken.
MOST_DAYS_BY_DAY, MOST_DAYS_BY_WEEK = 92, 2 * 366
USUAL_DAYS_BY_DAY, USUAL_DAYS_BY_WEEK = 14, 190


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if not FIRST_DAY <= self.start <= self.end <= LAST_DAY:
            raise ValueError(f"{self.start} to {self.end} is no period.")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def previous(self) -> Period | None:
        """As many days, just before. None: they would begin before anything is counted."""
        return self._moved(-self.days)

    def next(self) -> Period | None:
        """As many days, just after."""
        return self._moved(self.days)

    def _moved(self, days: int) -> Period | None:
        step = timedelta(days=days)
        if self.start + step < FIRST_DAY or self.end + step > LAST_DAY:
            return None
        return Period(self.start + step, self.end + step)

    def buckets(self, by: TrendStep, first: date, last: date) -> Iterator[tuple[date, Period]]:
        """The days, weeks or months from that of `first` to that of `last`: where each starts, and its days
        as far as they are in the period.
        """
        start = bucket_start(by, first)
        while start <= last:
            following = next_bucket(by, start)
            yield start, Period(max(start, self.start), min(following - timedelta(days=1), self.end))
            start = following


def bucket_start(by: TrendStep, day: date) -> date:
    """The first day of the bucket that a day is in; weeks begin on Monday."""
    if by is TrendStep.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by is TrendStep.MONTH else day


def next_bucket(by: TrendStep, start: date) -> date:
    if by is TrendStep.MONTH:
        return date(start.year + start.month // DECEMBER, start.month % DECEMBER + 1, 1)
    return start + timedelta(days=7 if by is TrendStep.WEEK else 1)


def usual_by(days: int) -> TrendStep:
    """The step that suits a period when none is asked for."""
    if days <= USUAL_DAYS_BY_DAY:
        return TrendStep.DAY
    return TrendStep.WEEK if days <= USUAL_DAYS_BY_WEEK else TrendStep.MONTH


def sensible_by(asked: TrendStep | None, days: int) -> TrendStep:
    """The step asked for, or the next coarser one that still can be read."""
    by = asked or usual_by(days)
    if by is TrendStep.DAY and days > MOST_DAYS_BY_DAY:
        by = TrendStep.WEEK
    return TrendStep.MONTH if by is TrendStep.WEEK and days > MOST_DAYS_BY_WEEK else by


def shortcut_period(shortcut: PeriodShortcut, today: date) -> Period:
    if shortcut is PeriodShortcut.ALL:
        return Period(FIRST_DAY, LAST_DAY)
    if shortcut is PeriodShortcut.THIS_MONTH:
        return Period(today.replace(day=1), today)
    if shortcut is PeriodShortcut.THIS_YEAR:
        return Period(today.replace(month=1, day=1), today)
    if shortcut is PeriodShortcut.LAST_MONTH:
        last = today.replace(day=1) - timedelta(days=1)
        return Period(last.replace(day=1), last)
    return Period(today - timedelta(days=int(shortcut.value) - 1), today)
