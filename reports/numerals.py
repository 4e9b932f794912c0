"""Numbers and days as a reader sees them: rounded here and nowhere before, in the reader's own notation."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.enums import PeriodShortcut, TrendStep
from reports.notation import notation

if TYPE_CHECKING:
    from metrics.intervals import Interval
    from reports.filters import Filters
    from reports.periods import Period


def count(n: int) -> str:
    """1,204"""
    return notation().count(n)


def mean(value: float) -> str:
    """4.37"""
    return notation().mean(value)


def points(value: float) -> str:
    """A difference with its sign: +0.31, −0.46."""
    return notation().points(value)


def fine_points(value: float) -> str:
    """A small difference: +0.012."""
    return notation().fine_points(value)


def fine_points_span(interval: Interval) -> str:
    """+0.008 to +0.016"""
    return notation().fine_points_span(interval)


def p_value(value: float) -> str:
    """0.0312"""
    return notation().p_value(value)


def percent(value: float) -> str:
    """87"""
    return notation().percent(value)


def share(value: float) -> str:
    """87 %"""
    return notation().share(value)


def span(interval: Interval | None) -> str:
    """3.91 to 4.22: as fine as the mean between them, which would else seem to lie at an end or outside."""
    return notation().span(interval)


def share_span(interval: Interval | None) -> str:
    """79 to 93 %"""
    return notation().share_span(interval)


def points_span(interval: Interval | None) -> str:
    """−0.61 to −0.31"""
    return notation().points_span(interval)


def day(value: date) -> str:
    return _date(value, "j M Y")


def _date(value: date, pattern: str) -> str:
    return _written(get_language(), value.toordinal(), pattern)


@lru_cache(maxsize=4096)
def _written(_language: str | None, day_number: int, pattern: str) -> str:
    """A page has the same few days hundreds of times."""
    return date_format(date.fromordinal(day_number), pattern)


def days(period: Period) -> str:
    """1 Jan to 31 Mar 2026"""
    if period.start == period.end:
        return day(period.start)
    same_year = period.start.year == period.end.year
    return notation().between(_date(period.start, "j M" if same_year else "j M Y"), day(period.end))


def days_of(filters: Filters) -> str:
    """The days that a report is about."""
    return _("All days") if filters.shortcut is PeriodShortcut.ALL else days(filters.period)


def compared_days(filters: Filters) -> str:
    """The days to compare with, and how many they are where that is another number; "" where there are none."""
    previous = filters.previous
    if previous is None or previous.days == filters.days:
        return days(previous) if previous else ""
    numbers = {"compared": count(previous.days), "own": count(filters.days)}
    return f"{days(previous)} ({_('%(compared)s days against %(own)s') % numbers})"


def bucket(period: Period, by: TrendStep) -> str:
    """The name of a point on a trend: a quarter, a month, or the days it covers."""
    return bucket_start(period, by) if by in {TrendStep.MONTH, TrendStep.QUARTER} else days(period)


def bucket_start(period: Period, by: TrendStep) -> str:
    """The same in little room: a quarter, a month, or the first day."""
    if by is TrendStep.QUARTER:
        number = (period.start.month + 2) // 3
        return _("Q%(number)s %(year)s") % {"number": number, "year": period.start.year}
    return _date(period.start, "M Y" if by is TrendStep.MONTH else "j M")
