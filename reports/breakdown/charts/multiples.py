"""Two ways side by side: a panel for each row, its columns as dots with intervals, all on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor
from typing import TYPE_CHECKING

from metrics.comparison import Verdict
from metrics.intervals import Interval
from metrics.ratings import HIGHEST, LOWEST
from reports import numerals
from reports.breakdown.charts.dots import SHAPES
from reports.breakdown.enums import Way
from reports.charts.canvas import CHARACTER, SMALL, fitted
from reports.results import Computed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.breakdown.results import Breakdown, RowResult
    from reports.charts.canvas import Canvas

HEAD, CURVE, GAP, FOOT = 22, 74, 14, 20
PANEL = HEAD + CURVE + GAP
AXIS, BETWEEN = 36, 28
MOST = 24  # panels; the table has all rows
TWO_FROM = 800  # pixels
LEAST_RANGE = 1.0  # points: a smaller window would make waves of ripples
# Ways whose lines follow each other: a line joins them.
IN_ORDER = {Way.TIME, Way.WEEKDAY, Way.VERSION, Way.STAGE}


@dataclass(frozen=True, slots=True)
class Panel:
    """The place of one row's columns, and the window of scores that all panels share."""

    top: float
    left: float
    right: float
    columns: int
    window: tuple[float, float]

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(self.columns, 1)

    @property
    def bottom(self) -> float:
        return self.top + HEAD + CURVE

    def x(self, at: int) -> float:
        return self.left + self.step * (at + 0.5)

    def y(self, score: float) -> float:
        low, high = self.window
        return self.bottom - (score - low) / (high - low) * CURVE


def panels(breakdown: Breakdown) -> list[RowResult]:
    shown = [row for row in breakdown.rows if any(brief.is_computed for brief in row.briefs)]
    return shown[:MOST]


def height(breakdown: Breakdown, width: int) -> int:
    return PANEL * ceil(len(panels(breakdown)) / _beside(width)) + FOOT


def draw(canvas: Canvas, breakdown: Breakdown) -> None:
    rows, beside = panels(breakdown), _beside(canvas.width)
    window, wide = shared_window(rows), (canvas.width - BETWEEN * (beside - 1)) / beside
    for number, row in enumerate(rows):
        line, place = divmod(number, beside)
        left = (wide + BETWEEN) * place
        panel = Panel(PANEL * line, left + AXIS, left + wide, len(breakdown.columns), window)
        _draw_scale(canvas, panel, left, row.head.name)
        _draw_row(canvas, panel, row, is_joined=breakdown.columns_way in IN_ORDER)
        if number + beside >= len(rows):
            _draw_names(canvas, panel, [column.name for column in breakdown.columns])


def shared_window(rows: Sequence[RowResult]) -> tuple[float, float]:
    """The halves of a point between which all intervals lie, a point apart or more."""
    scores = [cell.score for row in rows for cell in row.cells if isinstance(cell.score, Computed)]
    ends = [score.interval or Interval(score.mean, score.mean) for score in scores]
    low = floor(2 * min((end.low for end in ends), default=LOWEST)) / 2
    high = ceil(2 * max((end.high for end in ends), default=HIGHEST)) / 2
    while high - low < LEAST_RANGE:
        low, high = max(low - 0.5, LOWEST), min(high + 0.5, HIGHEST)
    return low, high


def _beside(width: float) -> int:
    return 2 if width >= TWO_FROM else 1


def _draw_scale(canvas: Canvas, panel: Panel, left: float, name: str) -> None:
    palette, (low, high) = canvas.palette, panel.window
    canvas.text((left, panel.top + 8), fitted(name, panel.right - left), bold=True)
    wholes = [at for at in range(LOWEST, HIGHEST + 1) if low <= at <= high]
    canvas.lines([((panel.left, panel.y(at)), (panel.right, panel.y(at))) for at in wholes], palette.rule)
    for end in panel.window:
        at = panel.left - 6, panel.y(end)
        canvas.text(at, numerals.mean(end), side="right", colour=palette.ink_faint, size=SMALL)


def _draw_row(canvas: Canvas, panel: Panel, row: RowResult, *, is_joined: bool) -> None:
    """Broken where nothing may be shown."""
    palette = canvas.palette
    points = [(at, cell, cell.score) for at, cell in enumerate(row.cells) if isinstance(cell.score, Computed)]
    whiskers = [
        ((panel.x(at), panel.y(score.interval.low)), (panel.x(at), panel.y(score.interval.high)))
        for at, _cell, score in points
        if score.interval
    ]
    canvas.lines(whiskers, palette.ink_soft, 3.0, alpha=0.35)
    runs = [
        [point for _order, point in run]
        for _start, run in groupby(enumerate(points), key=lambda pair: pair[1][0] - pair[0])
    ]
    for run in runs if is_joined else []:
        canvas.path([(panel.x(at), panel.y(score.mean)) for at, _cell, score in run], palette.ink_soft)
    for verdict in (None, Verdict.HIGHER, Verdict.LOWER):
        some = [
            (panel.x(at), panel.y(score.mean))
            for at, cell, score in points
            if (cell.verdict if cell.stands_out else None) is verdict
        ]
        colour = palette.verdict(verdict) if verdict else palette.ink_soft
        canvas.marks(some, colour, SHAPES[verdict] if verdict else "o", size=8.5 if verdict else 6.5)


def _draw_names(canvas: Canvas, panel: Panel, names: Sequence[str]) -> None:
    """As many names below as have room."""
    room = max(len(name) for name in names) * SMALL * CHARACTER + 8 if names else 0
    every = max(ceil(min(room, 72) / panel.step), 1)
    for at in range(0, len(names), every):
        words = fitted(names[at], panel.step * every - 4, SMALL)
        colour = canvas.palette.ink_faint
        half = len(words) * SMALL * CHARACTER / 2
        x = min(panel.x(at), panel.right - half)
        canvas.text((x, panel.bottom + 12), words, side="center", colour=colour, size=SMALL)
