"""Each dimension's mean by day, week or month, on one scale; below it from how many responses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from metrics.intervals import Interval
from metrics.ratings import HIGHEST, LOWEST
from reports import numerals
from reports.charts.canvas import SMALL
from reports.charts.scale import end_label
from reports.findings import name_of
from reports.marks import is_in
from reports.results import ChangeMark, Computed, ModeMark, VersionMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.charts.canvas import Canvas
    from reports.results import BucketResult, DimensionResult, Mark, Report

HEAD, CURVE, GUTTER, BARS, GAP, FOOT = 24, 84, 8, 20, 18, 20
PANEL = HEAD + CURVE + GUTTER + BARS + GAP
KEY = 22
AXIS = 76  # pixels left of the curve, for the words of the scale
WHISKERS_FROM = 9  # pixels between two points: nearer ones would run into each other
LABEL_WIDTH = 72
BADGE, BADGE_TEXT = 18.0, 9.0  # the room that one takes, and its number
LEAST_RANGE = 1.0  # points: a smaller window would make waves of ripples


class MarkLook(NamedTuple):
    shape: str
    size: float
    dashes: tuple[float, tuple[float, ...]]


LOOKS: dict[type[Mark], MarkLook] = {
    VersionMark: MarkLook("o", 15.0, (0, (2, 2))),
    ChangeMark: MarkLook("s", 15.0, (0, ())),
    ModeMark: MarkLook("D", 13.0, (0, (6, 3))),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """The place of one dimension's curve on the canvas, and the window of scores that all panels share."""

    top: float
    left: float
    right: float
    points: int
    window: tuple[float, float]

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(self.points, 1)

    @property
    def floor(self) -> float:
        """Where the bars of n stand."""
        return self.bottom + GUTTER + BARS

    @property
    def bottom(self) -> float:
        return self.top + HEAD + CURVE

    def x(self, at: int) -> float:
        return self.left + self.step * (at + 0.5)

    def y(self, score: float) -> float:
        low, high = self.window
        return self.bottom - (score - low) / (high - low) * CURVE


def height(report: Report, width: int) -> int:
    return KEY + PANEL * len(report.computed) + FOOT


def draw(canvas: Canvas, report: Report) -> None:
    window = shared_window(report)
    low, high = (numerals.mean(end) for end in window)
    words = _("From %(low)s to %(high)s of a scale from %(worst)s to %(best)s")
    words %= {"low": low, "high": high, "worst": end_label(LOWEST), "best": end_label(HIGHEST)}
    canvas.text((0, SMALL / 2), words, colour=canvas.palette.ink_faint, size=SMALL)
    for row, result in enumerate(report.computed):
        panel = Panel(KEY + PANEL * row, AXIS, canvas.width - 4, len(result.trend), window)
        _draw_head(canvas, panel, result)
        _draw_limits(canvas, panel, result.trend)
        _draw_marks(canvas, panel, result.trend, report.marks)
        _draw_curve(canvas, panel, result)
        _draw_signals(canvas, panel, result.trend)
        _draw_sizes(canvas, panel, result.trend)
        _draw_badges(canvas, panel, result.trend, report.marks)
        if row == len(report.computed) - 1:
            _draw_days(canvas, panel, report)


def shared_window(report: Report) -> tuple[float, float]:
    """The halves of a point between which all intervals lie, a point apart or more: one scale for all panels."""
    scores = [
        bucket.score
        for result in report.computed
        for bucket in result.trend
        if isinstance(bucket.score, Computed)
    ]
    ends = [score.interval or Interval(score.mean, score.mean) for score in scores]
    low = floor(2 * min((end.low for end in ends), default=LOWEST)) / 2
    high = ceil(2 * max((end.high for end in ends), default=HIGHEST)) / 2
    while high - low < LEAST_RANGE:
        low, high = max(low - 0.5, LOWEST), min(high + 0.5, HIGHEST)
    return low, high


def _draw_head(canvas: Canvas, panel: Panel, result: DimensionResult) -> None:
    """The name, and the scale that is the same for every panel."""
    palette, (low, high) = canvas.palette, panel.window
    canvas.text((0, panel.top + 8), name_of(result.dimension), bold=True)
    halves = [low + step / 2 for step in range(round(2 * (high - low)) + 1)]
    canvas.lines([((panel.left, panel.y(at)), (panel.right, panel.y(at))) for at in halves], palette.rule)
    for end in panel.window:
        at = panel.left - 6, panel.y(end)
        canvas.text(at, numerals.mean(end), side="right", colour=palette.ink_faint, size=SMALL)
    sizes = [bucket.score.n for bucket in result.trend if isinstance(bucket.score, Computed)]
    words = _("n to %(most)s") % {"most": numerals.count(max(sizes, default=0))}
    at = panel.left - 6, panel.floor - BARS / 2
    canvas.text(at, words, side="right", colour=palette.ink_faint, size=SMALL)


def _draw_marks(canvas: Canvas, panel: Panel, trend: Sequence[BucketResult], marks: Iterable[Mark]) -> None:
    """A line at the day of each mark, told apart by its dashes."""
    for mark, x in _placed(panel, trend, marks):
        line = [((x, panel.top + HEAD - 6), (x, panel.floor))]
        canvas.lines(line, canvas.palette.ink_faint, linestyles=[LOOKS[type(mark)].dashes])


def _draw_badges(canvas: Canvas, panel: Panel, trend: Sequence[BucketResult], marks: Iterable[Mark]) -> None:
    """Its number above each mark, beside that of a mark too near; what it stands for is listed below the chart."""
    palette, free_from = canvas.palette, panel.left
    for mark, x in _placed(panel, trend, marks):
        look = LOOKS[type(mark)]
        at = min(max(x, free_from), canvas.width - BADGE / 2), panel.top + 9
        canvas.marks([at], palette.ink_soft, look.shape, look.size)
        canvas.text(at, str(mark.number), side="center", colour=palette.paper, size=BADGE_TEXT, bold=True)
        free_from = at[0] + BADGE + 1


def _placed(
    panel: Panel, trend: Sequence[BucketResult], marks: Iterable[Mark]
) -> Iterable[tuple[Mark, float]]:
    """The marks of one dimension's trend from left to right, each at the beginning of its day."""
    for mark in marks:
        for at, bucket in enumerate(trend):
            if is_in(mark, bucket):
                days = (mark.day - bucket.period.start).days if isinstance(mark, ChangeMark) else 0
                yield mark, panel.x(at) + panel.step * (days / bucket.period.days - 0.5)


def _draw_limits(canvas: Canvas, panel: Panel, trend: Sequence[BucketResult]) -> None:
    """What is usual: a band as wide as each point's own n makes it, around the centre."""
    low, high = panel.window
    half = panel.step / 2
    centres = []
    for at, bucket in enumerate(trend):
        if bucket.control is None:
            continue
        limits = bucket.control.limits.clipped(low, high)
        top = panel.y(limits.high)
        canvas.rect((panel.x(at) - half, top), panel.step, panel.y(limits.low) - top, canvas.palette.band)
        centre = panel.y(bucket.control.centre)
        centres.append(((panel.x(at) - half, centre), (panel.x(at) + half, centre)))
    canvas.lines(centres, canvas.palette.rule_strong, linestyles=[(0, (3, 2))])


def _draw_signals(canvas: Canvas, panel: Panel, trend: Sequence[BucketResult]) -> None:
    """By shape first: a triangle that points the way, filled beyond the limits and hollow in a run."""
    palette = canvas.palette
    for is_high, shape, colour in ((True, "^", palette.higher), (False, "v", palette.lower)):
        for is_run in (True, False):
            points = [
                (panel.x(at), panel.y(bucket.score.mean))
                for at, bucket in enumerate(trend)
                if isinstance(bucket.score, Computed)
                and bucket.control is not None
                and bucket.control.signal is not None
                and (bucket.control.signal.is_high, bucket.control.signal.is_run) == (is_high, is_run)
            ]
            canvas.marks(points, colour, shape, 9.0, hollow=is_run)


def _draw_curve(canvas: Canvas, panel: Panel, result: DimensionResult) -> None:
    """A line through neighbours, broken where nothing may be shown."""
    colour = canvas.palette.dimension(result.dimension)
    points = [
        (at, bucket.score) for at, bucket in enumerate(result.trend) if isinstance(bucket.score, Computed)
    ]
    if panel.step >= WHISKERS_FROM:
        whiskers = [
            ((panel.x(at), panel.y(score.interval.low)), (panel.x(at), panel.y(score.interval.high)))
            for at, score in points
            if score.interval
        ]
        canvas.lines(whiskers, colour, 3.0, alpha=0.35)
    for run in _runs(points):
        canvas.path([(panel.x(at), panel.y(score.mean)) for at, score in run], colour)
    size = 6.5 if panel.step >= WHISKERS_FROM else 3.5
    canvas.marks([(panel.x(at), panel.y(score.mean)) for at, score in points], colour, size=size)


def _runs(points: Sequence[tuple[int, Computed]]) -> Iterable[list[tuple[int, Computed]]]:
    """Points without a gap between them."""
    for _start, run in groupby(enumerate(points), key=lambda pair: pair[1][0] - pair[0]):
        yield [point for _order, point in run]


def _draw_sizes(canvas: Canvas, panel: Panel, trend: Sequence[BucketResult]) -> None:
    palette = canvas.palette
    sizes = {at: bucket.score.n for at, bucket in enumerate(trend) if isinstance(bucket.score, Computed)}
    most = max(sizes.values(), default=1)
    for at, n in sizes.items():
        tall = BARS * n / most
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
