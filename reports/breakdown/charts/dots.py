"""Lines of one way by their means, each with its interval; who stands out by shape and word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from metrics.comparison import Verdict
from reports import numerals
from reports.charts.canvas import SMALL, fitted
from reports.charts.scale import Scale
from reports.results import Computed
from reports.tables import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.breakdown.results import Breakdown, RowResult
    from reports.charts.canvas import Canvas

TOP, ROW, FOOT = 34, 24, 26
MOST = 40  # rows; of more the first and the last are drawn
NARROW = 500  # pixels
SHAPES = {Verdict.HIGHER: "^", Verdict.LOWER: "v"}


def drawn(breakdown: Breakdown) -> list[RowResult | None]:
    """The rows with something to show; None stands for those left out in the middle."""
    some = [row for row in breakdown.rows if any(brief.is_computed for brief in row.briefs)]
    return [*some] if len(some) <= MOST else [*some[: MOST // 2], None, *some[-MOST // 2 :]]


def height(breakdown: Breakdown, width: int) -> int:
    return TOP + ROW * len(drawn(breakdown)) + FOOT


def draw(canvas: Canvas, breakdown: Breakdown) -> None:
    rows = drawn(breakdown)
    labels, numbers = (104, 48) if canvas.width < NARROW else (210, 128)
    scale = Scale(labels, canvas.width - numbers)
    scale.draw_across(canvas, TOP, TOP + ROW * len(rows))
    _draw_total(canvas, scale, breakdown, rows)
    for at, row in enumerate(rows):
        y = TOP + ROW * (at + 0.5)
        if row is None:
            canvas.text((0, y), "⋯", colour=canvas.palette.ink_faint)
        else:
            canvas.text((0, y), fitted(row.head.name, labels - 8))
            _draw_row(canvas, scale, y, row)


def _draw_total(canvas: Canvas, scale: Scale, breakdown: Breakdown, rows: Sequence[RowResult | None]) -> None:
    score, bottom = breakdown.total, TOP + ROW * len(rows)
    if isinstance(score, Computed):
        x, palette = scale.at(score.mean), canvas.palette
        canvas.lines([((x, TOP), (x, bottom + 4))], palette.ink_soft, linestyles=[(0, (4, 3))])
        words = _("All together %(mean)s") % {"mean": numerals.mean(score.mean)}
        canvas.text((x, bottom + 14), words, side="center", colour=palette.ink_soft, size=SMALL)


def _draw_row(canvas: Canvas, scale: Scale, y: float, row: RowResult) -> None:
    (cell,), palette = row.cells, canvas.palette
    if not isinstance(cell.score, Computed):
        return
    verdict = cell.verdict or Verdict.NO_EVIDENCE
    colour = palette.verdict(verdict)
    scale.draw_whisker(canvas, y, cell.score.interval, colour)
    canvas.marks([(scale.at(cell.score.mean), y)], colour, SHAPES.get(verdict, "o"), size=9)
    canvas.text((scale.high + 40, y), numerals.mean(cell.score.mean), side="right")
    if canvas.width >= NARROW:
        n = _("n %(n)s") % {"n": numerals.count(cell.score.n)}
        words = VERDICTS[verdict]() if cell.stands_out else n
        colour = colour if cell.stands_out else palette.ink_faint
        canvas.text((canvas.width, y), words, side="right", colour=colour, size=SMALL)
