"""Locations ranked by the leading dimension's mean, each with its interval; who stands out by shape and word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from metrics.comparison import Verdict
from reports import numerals
from reports.charts.canvas import SMALL, fitted
from reports.charts.scale import Scale
from reports.ranks import standings
from reports.results import Computed
from reports.tables import VERDICTS

if TYPE_CHECKING:
    from reports.charts.canvas import Canvas
    from reports.results import LocationResult, Report

TOP, ROW, FOOT = 34, 24, 26
MOST = 40  # rows; of more locations the best and the worst are drawn
NUMBERS, FEW_NUMBERS = 184, 104
COUNT = 64  # pixels for n
NARROW = 500  # pixels
SHAPES = {Verdict.HIGHER: "^", Verdict.LOWER: "v"}


def drawn(report: Report) -> list[LocationResult | None]:
    """The locations with a score, the best first; None stands for those left out in the middle."""
    places = report.leading.locations if report.leading else ()
    ranked = [place for place in places if isinstance(place.score, Computed)]
    if len(ranked) <= MOST:
        return list(ranked)
    return [*ranked[: MOST // 2], None, *ranked[-MOST // 2 :]]


def height(report: Report, width: int) -> int:
    places = standings(report.leading.locations) if report.leading else []
    shown = sum(place.brief.is_computed for place in places)
    return TOP + ROW * min(shown, MOST + 1) + FOOT


def draw(canvas: Canvas, report: Report) -> None:
    rows = drawn(report)
    labels = 104 if canvas.width < NARROW else 190
    numbers = FEW_NUMBERS if canvas.width < NARROW else NUMBERS
    scale = Scale(labels, canvas.width - numbers)
    bottom = TOP + ROW * len(rows)
    scale.draw_across(canvas, TOP, bottom)
    _draw_total(canvas, scale, report, bottom)
    for row, place in enumerate(rows):
        y = TOP + ROW * (row + 0.5)
        if place is None:
            canvas.text((0, y), "⋯", colour=canvas.palette.ink_faint)
        else:
            canvas.text((0, y), fitted(place.name, labels - 8))
            _draw_place(canvas, scale, y, place)


def _draw_total(canvas: Canvas, scale: Scale, report: Report, bottom: float) -> None:
    score = report.leading.score if report.leading else None
    if isinstance(score, Computed):
        x, palette = scale.at(score.mean), canvas.palette
        canvas.lines([((x, TOP), (x, bottom + 4))], palette.ink_soft, linestyles=[(0, (4, 3))])
        words = _("All together %(mean)s") % {"mean": numerals.mean(score.mean)}
        canvas.text((x, bottom + 14), words, side="center", colour=palette.ink_soft, size=SMALL)


def _draw_place(canvas: Canvas, scale: Scale, y: float, place: LocationResult) -> None:
    score, verdict, palette = place.score, place.against.verdict, canvas.palette
    if not isinstance(score, Computed):
        return
    colour = palette.verdict(verdict)
    scale.draw_whisker(canvas, y, score.interval, colour)
    canvas.marks([(scale.at(score.mean), y)], colour, SHAPES.get(verdict, "o"), size=9)
    canvas.text((scale.high + 40, y), numerals.mean(score.mean), side="right")
    n = _("n %(n)s") % {"n": numerals.count(score.n)}
    canvas.text((canvas.width, y), n, side="right", colour=palette.ink_faint, size=SMALL)
    if canvas.width >= NARROW and verdict in SHAPES:
        words = VERDICTS[verdict]()
        canvas.text((canvas.width - COUNT, y), words, side="right", colour=colour, size=SMALL)
