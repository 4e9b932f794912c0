"""Two ways as a heat map: the stronger a cell's colour, the worse; mean, n and who stands out are written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.comparison import Verdict
from reports import numerals
from reports.breakdown.charts.dots import NARROW, SHAPES, drawn
from reports.breakdown.colours import SHARES, step_of
from reports.charts.canvas import LINE, SMALL, TEXT, fitted, wrapped

if TYPE_CHECKING:
    from reports.breakdown.results import Breakdown, Brief
    from reports.charts.canvas import Canvas

HEAD, ROW, GAP, FOOT = 44, 36, 2, 6
LEAST, WIDEST = 56, 150  # pixels of a cell
LINES = 3  # of a column's name


def height(breakdown: Breakdown, width: int) -> int:
    return HEAD + ROW * len(drawn(breakdown)) + FOOT + round(LINE) * len(_foot(breakdown, width))


def draw(canvas: Canvas, breakdown: Breakdown) -> None:
    labels, columns = labels_of(canvas.width), fitting(breakdown, canvas.width)
    width = min((canvas.width - labels) / max(columns, 1), WIDEST)
    for at, column in enumerate(breakdown.columns[:columns]):
        _draw_head(canvas, labels + width * (at + 1) - 6, width - 8, column.name)
    for number, row in enumerate(drawn(breakdown)):
        y = HEAD + ROW * number
        if row is None:
            canvas.text((0, y + ROW / 2), "⋯", colour=canvas.palette.ink_faint)
            continue
        canvas.text((0, y + ROW / 2), fitted(row.head.name, labels - 8))
        for at, brief in enumerate(row.briefs[:columns]):
            _draw_cell(canvas, (labels + width * at, y), width - GAP, brief)
    for line, words in enumerate(reversed(_foot(breakdown, canvas.width))):
        canvas.text(
            (0, canvas.height - LINE * (line + 0.5)), words, colour=canvas.palette.ink_faint, size=SMALL
        )


def labels_of(width: float) -> int:
    return 96 if width < NARROW else 180


def fitting(breakdown: Breakdown, width: float) -> int:
    """How many columns have room beside the labels."""
    return min(len(breakdown.columns), int((width - labels_of(width)) // LEAST))


def _draw_head(canvas: Canvas, right: float, width: float, name: str) -> None:
    """The last line just above the cells."""
    for line, text in enumerate(reversed(wrapped(name, width, SMALL, most=LINES))):
        at = right, HEAD - 8 - 12 * line
        canvas.text(at, text, side="right", colour=canvas.palette.ink_soft, size=SMALL)


def _draw_cell(canvas: Canvas, corner: tuple[float, float], width: float, cell: Brief) -> None:
    (x, y), palette = corner, canvas.palette
    right = x + width - 6
    if not cell.is_computed:
        lines = wrapped(str(cell.state.label), width - 8, SMALL, most=2)
        for number, line in enumerate(lines, start=1):
            at = right, y + ROW * number / (len(lines) + 1)
            canvas.text(at, line, side="right", colour=palette.ink_faint, size=SMALL)
        return
    canvas.rect((x, y), width, ROW - GAP, mixed(palette.heat, palette.paper, SHARES[step_of(cell.mean)]))
    canvas.text((right, y + 12), numerals.mean(cell.mean), side="right", size=TEXT, bold=True)
    n = _("n %(n)s") % {"n": numerals.count(cell.n)}
    canvas.text((right, y + 25), n, side="right", size=SMALL)
    if cell.stands_out and cell.verdict:
        canvas.marks([(x + 11, y + 12)], palette.ink, SHAPES[Verdict(cell.verdict)], size=8)


def _foot(breakdown: Breakdown, width: float) -> list[str]:
    words = _("The stronger the colour, the worse. Triangles: higher or lower than the others.")
    left = len(breakdown.columns) - fitting(breakdown, width)
    more = ngettext("%(n)d more column in the table.", "%(n)d more columns in the table.", left) % {"n": left}
    return wrapped(f"{words} {more}" if left else words, width, SMALL)


def mixed(colour: str, paper: str, share: float) -> str:
    """A colour thinned with paper."""
    pairs = zip(_channels(colour), _channels(paper), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
