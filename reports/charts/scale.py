"""The one scale that every score is drawn on: 1 to 5, with the direction in words at both ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metrics.ratings import HIGHEST, LOWEST
from reports.charts.canvas import SMALL
from surveys.enums import RATING_LABELS

if TYPE_CHECKING:
    from metrics.intervals import Interval
    from reports.charts.canvas import Canvas


def end_label(rating: int) -> str:
    """5 Excellent"""
    return f"{rating} {RATING_LABELS[rating]}"


@dataclass(frozen=True, slots=True)
class Scale:
    """1 lies at `low`, 5 at `high`, in pixels."""

    low: float
    high: float

    def at(self, value: float) -> float:
        return self.low + (value - LOWEST) / (HIGHEST - LOWEST) * (self.high - self.low)

    def draw_across(self, canvas: Canvas, top: float, bottom: float) -> None:
        """Lines down from each whole number, named above them; above that the words for both ends."""
        palette = canvas.palette
        ratings = range(LOWEST, HIGHEST + 1)
        canvas.lines([((self.at(r), top), (self.at(r), bottom)) for r in ratings], palette.rule)
        look: dict[str, Any] = {"colour": palette.ink_faint, "size": SMALL}
        for rating in ratings:
            canvas.text((self.at(rating), top - 9), str(rating), side="center", **look)
        canvas.text((self.low - 4, top - 23), str(RATING_LABELS[LOWEST]), **look)
        canvas.text((self.high + 4, top - 23), str(RATING_LABELS[HIGHEST]), side="right", **look)

    def draw_whisker(self, canvas: Canvas, y: float, interval: Interval | None, colour: str) -> None:
        if interval:
            ends = [((self.at(interval.low), y), (self.at(interval.high), y))]
            canvas.lines(ends, colour, 4.0, alpha=0.4)
