"""Numbers and days as a reader sees them: rounded here and nowhere before, in the reader's own notation."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from reports.enums import PeriodShortcut, TrendStep

if TYPE_CHECKING:
    from datetime import date

    from metrics.intervals import Interval
    from reports.filters import Filters
    from reports.periods import Period

NARROW = 0.1  # an interval's width, below which its second digit says something


def count(n: int) -> str:
    """1,204"""
    return f"{n:,}".replace(",", get_format("THOUSAND_SEPARATOR"))


def mean(value: float) -> str:
    """4.37"""
    return _decimal(value, 2)


def points(value: float) -> str:
    """A difference with its sign: +0.31, −0.46."""
    return f"{_sign(value)}{_decimal(abs(value), 2)}"


def percent(value: float) -> str:
    """87"""
    return _written(_rounded(100 * _exact(value), 0))


def share(value: float) -> str:
    """87 %"""
    return _("%(number)s %%") % {"number": percent(value)}


def span(interval: Interval | None) -> str:
    """3.9 to 4.2; a second digit only where the interval is so narrow that it means something."""
    if interval is None:
        return ""
    digits = 1 if interval.high - interval.low >= NARROW else 2
    return _between(_decimal(interval.low, digits), _decimal(interval.high, digits))


def share_span(interval: Interval | None) -> str:
    """79 to 93 %"""
    return "" if interval is None else _between(percent(interval.low), share(interval.high))


def points_span(interval: Interval | None) -> str:
    """−0.61 to −0.31"""
    return "" if interval is None else _between(points(interval.low), points(interval.high))


def day(value: date) -> str:
    return date_format(value, "j M Y")


def days(period: Period) -> str:
    """1 Jan to 31 Mar 2026"""
    if period.start == period.end:
        return day(period.start)
    same_year = period.start.year == period.end.year
    return _between(date_format(period.start, "j M" if same_year else "j M Y"), day(period.end))


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
    return date_format(period.start, "M Y" if by is TrendStep.MONTH else "j M")


def _decimal(value: float, digits: int) -> str:
    return _written(_rounded(_exact(value), digits))


def _written(value: Decimal) -> str:
    # A page has a thousand of these: Django's number_format takes ten times as long.
    return f"{value:f}".replace(".", get_format("DECIMAL_SEPARATOR"))


def _rounded(value: Decimal, digits: int) -> Decimal:
    """Half up, as people round: 12.5 is 13."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _exact(value: float) -> Decimal:
    """The digits that the number is written with. The binary fraction nearest to them lies above or below."""
    return Decimal(repr(float(value)))


def _between(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _sign(value: float) -> str:
    rounded = _rounded(_exact(value), 2)
    return "+" if rounded > 0 else "\N{MINUS SIGN}" if rounded < 0 else ""
