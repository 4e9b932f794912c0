"""Spans of days: what a report is about, and what it is compared with."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from metrics.packing import packed
from reports.enums import PeriodShortcut, TrendStep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
DECEMBER, FEBRUARY, SUNDAY = 12, 2, 7
MONTHS_OF_A_QUARTER = 3
# A trend of more points than these is a carpet: from here on the next coarser step is taken.
MOST_DAYS = {TrendStep.DAY: 92, TrendStep.WEEK: 2 * 366, TrendStep.MONTH: 12 * 366}
USUAL_DAYS = {TrendStep.DAY: 14, TrendStep.WEEK: 190, TrendStep.MONTH: 5 * 366}


@packed
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

    def year_before(self) -> Period | None:
        """The same days one year earlier: the same months for whole months, the same ISO weeks for whole weeks, else
        the same dates. 28 February stands for a 29th, and the last week for a 53rd, that the year before has not.
        """
        start, end = _date_before(self.start), _date_before(self.end)
        if self.start.day == 1 and self.end == _month_end(self.end.year, self.end.month):
            end = _month_end(self.end.year - 1, self.end.month)
        elif self.start.isoweekday() == 1 and self.end.isoweekday() == SUNDAY:
            start, end = _week_before(self.start), _week_before(self.end)
        return None if start < FIRST_DAY else Period(start, end)

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    def _moved(self, days: int) -> Period | None:
        step = timedelta(days=days)
        if self.start + step < FIRST_DAY or self.end + step > LAST_DAY:
            return None
        return Period(self.start + step, self.end + step)

    def buckets(self, by: TrendStep, first: date, last: date) -> Iterator[tuple[date, Period]]:
        """The days, weeks, months or quarters from that of `first` to that of `last`: where each starts, and its days
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
    if by is TrendStep.QUARTER:
        return date(day.year, day.month - (day.month - 1) % MONTHS_OF_A_QUARTER, 1)
    return day.replace(day=1) if by is TrendStep.MONTH else day


def next_bucket(by: TrendStep, start: date) -> date:
    if by in {TrendStep.MONTH, TrendStep.QUARTER}:
        months = start.month + (MONTHS_OF_A_QUARTER if by is TrendStep.QUARTER else 1) - 1
        return date(start.year + months // DECEMBER, months % DECEMBER + 1, 1)
    return start + timedelta(days=7 if by is TrendStep.WEEK else 1)


def usual_by(days: int) -> TrendStep:
    """The step that suits a period when none is asked for."""
    return _first_step(USUAL_DAYS, days)


def sensible_by(asked: TrendStep | None, days: int) -> TrendStep:
    """The step asked for, or the next coarser one that still can be read."""
    steps = list(TrendStep)
    return max(asked or usual_by(days), _first_step(MOST_DAYS, days), key=steps.index)


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


def _first_step(most_days: Mapping[TrendStep, int], days: int) -> TrendStep:
    return next((step for step, most in most_days.items() if days <= most), TrendStep.QUARTER)


def _date_before(day: date) -> date:
    """The same date one year earlier."""
    is_leap_day = (day.month, day.day) == (FEBRUARY, 29)
    return _month_end(day.year - 1, FEBRUARY) if is_leap_day else day.replace(year=day.year - 1)


def _week_before(day: date) -> date:
    """The same day of the same ISO week one ISO year earlier."""
    year, week, weekday = day.isocalendar()
    last = date(year - 1, DECEMBER, 28).isocalendar().week  # always in the last week
    return date.fromisocalendar(year - 1, min(week, last), weekday)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
