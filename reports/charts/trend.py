"""Each dimension's mean by day, week or month, on one scale; below it from how many responses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from metrics.ratings import HIGHEST, LOWEST
from reports import numerals
from reports.charts.canvas import SMALL
from reports.charts.scale import Scale, end_label
from reports.findings import name_of
from reports.results import Computed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.charts.canvas import Canvas
    from reports.results import BucketResult, DimensionResult, Report

HEAD, CURVE, BARS, GAP, FOOT = 24, 84, 22, 18, 20
PANEL = HEAD + CURVE + BARS + GAP
AXIS = 84  # pixels left of the curve, for the words of the scale
WHISKERS_FROM = 9  # pixels between two points: nearer ones would run into each other
LABEL_WIDTH = 72


@dataclass(frozen=True, slots=True)
class Panel:
    """The place of one dimension's curve on the canvas."""

    top: float
    left: float
    right: float
    points: int

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(self.points, 1)

    @property
    def floor(self) -> float:
        """Where the bars of n stand."""
        return self.top + HEAD + CURVE + BARS

    @property
    def scale(self) -> Scale:
        return Scale(self.top + HEAD + CURVE, self.top + HEAD)

    def x(self, at: int) -> float:
        return self.left + self.step * (at + 0.5)


def height(report: Report, width: int) -> int:
    return PANEL * len(report.computed) + FOOT


def draw(canvas: Canvas, report: Report) -> None:
    for row, result in enumerate(report.computed):
        panel = Panel(PANEL * row, AXIS, canvas.width - 4, len(result.trend))
        _draw_head(canvas, panel, result)
        _draw_marks(canvas, panel, result.trend)
        _draw_curve(canvas, panel, result)
        _draw_sizes(canvas, panel, result.trend)
    if report.computed:
        _draw_days(canvas, panel, report)


def _draw_head(canvas: Canvas, panel: Panel, result: DimensionResult) -> None:
    """The name, and the scale that is the same for every panel."""
    palette, scale = canvas.palette, panel.scale
    canvas.text((0, panel.top + 10), name_of(result.dimension), bold=True)
    whole = range(LOWEST, HIGHEST + 1)
    canvas.lines([((panel.left, scale.at(r)), (panel.right, scale.at(r))) for r in whole], palette.rule)
    for rating in (LOWEST, HIGHEST):
        at = panel.left - 6, scale.at(rating)
        canvas.text(at, end_label(rating), side="right", colour=palette.ink_faint, size=SMALL)
    at = panel.left - 6, panel.floor - BARS / 2
    canvas.text(at, _("Responses"), side="right", colour=palette.ink_faint, size=SMALL)


def _draw_marks(canvas: Canvas, panel: Panel, trend: Sequence[BucketResult]) -> None:
    """Where a new version of the survey was first answered."""
    palette = canvas.palette
    for at, bucket in enumerate(trend):
        if bucket.begins:
            x = panel.x(at) - panel.step / 2
            canvas.lines(
                [((x, panel.top + HEAD - 6), (x, panel.floor))], palette.ink_faint, linestyles=[(0, (2, 2))]
            )
            words = _("version %(number)s") % {"number": bucket.begins[-1]}
            canvas.text((x, panel.top + 10), words, side="center", colour=palette.ink_faint, size=SMALL)


def _draw_curve(canvas: Canvas, panel: Panel, result: DimensionResult) -> None:
    """A line through neighbours, broken where nothing may be shown."""
    colour, scale = canvas.palette.dimension(result.dimension), panel.scale
    points = [
        (at, bucket.score) for at, bucket in enumerate(result.trend) if isinstance(bucket.score, Computed)
    ]
    if panel.step >= WHISKERS_FROM:
        whiskers = [
            ((panel.x(at), scale.at(score.interval.low)), (panel.x(at), scale.at(score.interval.high)))
            for at, score in points
            if score.interval
        ]
        canvas.lines(whiskers, colour, 3.0, alpha=0.35)
    for run in _runs(points):
        canvas.path([(panel.x(at), scale.at(score.mean)) for at, score in run], colour)
    size = 6.5 if panel.step >= WHISKERS_FROM else 3.5
    canvas.marks([(panel.x(at), scale.at(score.mean)) for at, score in points], colour, size=size)


def _runs(points: Sequence[tuple[int, Computed]]) -> Iterable[list[tuple[int, Computed]]]:
    """Points without a gap between them."""
    for _start, run in groupby(enumerate(points), key=lambda pair: pair[1][0] - pair[0]):
        yield [point for _order, point in run]


def _draw_sizes(canvas: Canvas, panel: Panel, trend: Sequence[BucketResult]) -> None:
    palette = canvas.palette
    sizes = {at: bucket.score.n for at, bucket in enumerate(trend) if isinstance(bucket.score, Computed)}
    most = max(sizes.values(), default=1)
    for at, n in sizes.items():
        tall = (BARS - 6) * n / most
        width = max(panel.step * 0.6, 1)
        canvas.rect((panel.x(at) - width / 2, panel.floor - tall), width, tall, palette.rule_strong)
    canvas.lines([((panel.left, panel.floor), (panel.right, panel.floor))], palette.rule_strong)


def _draw_days(canvas: Canvas, panel: Panel, report: Report) -> None:
    """As many days below the last panel as have room."""
    trend, palette = report.computed[-1].trend, canvas.palette
    every = max(round(LABEL_WIDTH / panel.step + 0.5), 1)
    for at in range(0, len(trend), every):
        words = numerals.bucket_start(trend[at].period, report.filters.by)
        x = min(max(panel.x(at), LABEL_WIDTH / 2), canvas.width - LABEL_WIDTH / 2)
        canvas.text((x, panel.floor + 12), words, side="center", colour=palette.ink_faint, size=SMALL)
