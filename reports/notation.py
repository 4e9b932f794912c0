"""How a language writes numbers. Looked up once for each language: a page has thousands of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING

from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from metrics.intervals import Interval

UNITS = (
    Decimal(1),
    Decimal("0.1"),
    Decimal("0.01"),
    Decimal("0.001"),
    Decimal("0.0001"),
)  # of as many digits
THOUSAND = 1000
LEAST_P = 0.0001  # that is written out
NEAR_MIDDLE = 1e-6  # far more than a float of less than a thousand is out


@dataclass(frozen=True, slots=True)
class Notation:
    """The signs and the words between them. `reports.numerals` has the same for a single number."""

    point: str
    thousands: str
    with_percent: str
    with_both_ends: str
    under: str
    over: str

    def count(self, n: int) -> str:
        return self._written(n)

    def mean(self, value: float) -> str:
        return self._decimal(value, 2)

    def points(self, value: float) -> str:
        return self._signed(value, 2)

    def p_value(self, value: float) -> str:
        """However far from chance: never nothing."""
        if 0 < value < LEAST_P / 2:
            return self.under % {"share": self._decimal(LEAST_P, 4)}
        return self._decimal(value, 4)

    def fine_points(self, value: float) -> str:
        return self._signed(value, 3)

    def fine_points_span(self, interval: Interval) -> str:
        return self.between(self.fine_points(interval.low), self.fine_points(interval.high))

    def percent(self, value: float) -> str:
        return self._decimal(value, 0, times=100)

    def share(self, value: float) -> str:
        """Few are not none, and nearly all are not all, however many they are of."""
        written = self.percent(value)
        if written == "0" and value > 0:
            return self.under % {"share": self._with_percent("1")}
        if written == "100" and value < 1:
            return self.over % {"share": self._with_percent("99")}
        return self._with_percent(written)

    def span(self, interval: Interval | None) -> str:
        if interval is None:
            return ""
        return self.between(self.mean(interval.low), self.mean(interval.high))

    def share_span(self, interval: Interval | None) -> str:
        if interval is None:
            return ""
        return self.between(self.percent(interval.low), self._with_percent(self.percent(interval.high)))

    def points_span(self, interval: Interval | None) -> str:
        return "" if interval is None else self.between(self.points(interval.low), self.points(interval.high))

    def between(self, low: str, high: str) -> str:
        return self.with_both_ends % {"low": low, "high": high}

    def _with_percent(self, number: str) -> str:
        return self.with_percent % {"number": number}

    def _signed(self, value: float, digits: int) -> str:
        written = self._decimal(abs(value), digits)
        if not written.strip(f"0{self.point}"):
            return written
        return ("+" if value > 0 else "\N{MINUS SIGN}") + written

    def _decimal(self, value: float, digits: int, times: int = 1) -> str:
        """Away from the middle between two of these numbers, all ways to round agree: then by the quickest."""
        number = float(value) * times
        if abs(number) < THOUSAND - 1 and abs(abs(number) * 10**digits % 1 - 0.5) > NEAR_MIDDLE:
            return f"{number:.{digits}f}".replace(".", self.point)
        return self._written(_rounded(times * _exact(value), digits))

    def _written(self, value: Decimal | int) -> str:
        """In one go: the sign between thousands of one language is the decimal point of the next. Most numbers have no
        thousands, and a page has thousands of them.
        """
        if -THOUSAND < value < THOUSAND:
            return str(value).replace(".", self.point)
        return f"{value:,}".translate({ord(","): self.thousands, ord("."): self.point})


def notation() -> Notation:
    """That of the active language."""
    return _notation_of(get_language())


@cache
def _notation_of(language: str | None) -> Notation:
    return Notation(
        get_format("DECIMAL_SEPARATOR"),
        get_format("THOUSAND_SEPARATOR"),
        _("%(number)s %%"),
        _("%(low)s to %(high)s"),
        _("under %(share)s"),
        _("over %(share)s"),
    )


def _rounded(value: Decimal, digits: int) -> Decimal:
    """Half up, as people round: 12.5 is 13."""
    return value.quantize(UNITS[digits], ROUND_HALF_UP)


def _exact(value: float) -> Decimal:
    """The digits that the number is written with. The binary fraction nearest to them lies above or below."""
    return Decimal(repr(float(value)))
