"""Each dimension's mean with its interval, and where it was in the days that it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports import numerals
from reports.charts.canvas import SMALL
from reports.charts.scale import Scale
from reports.findings import name_of
from reports.results import Computed

if TYPE_CHECKING:
    from reports.charts.canvas import Canvas
    from reports.results import DimensionResult, Report

TOP, ROW, BOTTOM, KEY = 34, 34, 8, 20
LABELS, NUMBERS = 104, 100


def height(report: Report, width: int) -> int:
    return TOP + ROW * len(report.computed) + BOTTOM + KEY


def draw(canvas: Canvas, report: Report) -> None:
    scale = Scale(LABELS, canvas.width - NUMBERS)
    bottom = TOP + ROW * len(report.computed)
    scale.draw_across(canvas, TOP, bottom)
    for row, result in enumerate(report.computed):
        _draw_row(canvas, scale, TOP + ROW * (row + 0.5), result)
    canvas.text((0, bottom + BOTTOM + KEY / 2), _key(report), colour=canvas.palette.ink_faint, size=SMALL)


def _key(report: Report) -> str:
    if any(isinstance(result.previous, Computed) for result in report.computed):
        return _("Bar: 95 % interval. Ring: the days compared with.")
    return _("Bar: 95 % interval.")


def _draw_row(canvas: Canvas, scale: Scale, y: float, result: DimensionResult) -> None:
    score, palette = result.score, canvas.palette
    if not isinstance(score, Computed):
        return
    colour = palette.dimension(result.dimension)
    canvas.text((0, y), name_of(result.dimension))
    scale.draw_whisker(canvas, y, score.interval, colour)
    if isinstance(result.previous, Computed):
        canvas.marks([(scale.at(result.previous.mean), y)], palette.ink_faint, size=7, hollow=True)
    canvas.marks([(scale.at(score.mean), y)], colour, size=10)
    canvas.text((canvas.width - 52, y), numerals.mean(score.mean), side="right", bold=True)
    n = _("n %(n)s") % {"n": numerals.count(score.n)}
    canvas.text((canvas.width, y), n, side="right", colour=palette.ink_faint, size=SMALL)
