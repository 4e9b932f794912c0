"""Pictures of what moves with overall and of the words that tell, made like those of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.association import Association
from reports import numerals
from reports.charts import Chart
from reports.charts.canvas import LINE, SMALL, fitted, wrapped
from reports.why.findings import moving_finding, words_finding
from reports.why.results import why_of
from reports.why.tables import moving_table, moving_verdict, told_share, words_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.charts.canvas import Canvas
    from reports.results import Report
    from reports.why.moving import Moving
    from reports.why.words import WordsResult

ADDRESS = "reports:why_chart"
TOP, ROW, FOOT = 34, 26, 10
HEAD = 30  # above the words of each side
NARROW = 500  # pixels
EDGE, NUMBERS, FEW_NUMBERS = 8, 244, 112  # pixels beside the axis
COUNT = 64  # pixels for n


def moving_height(report: Report, width: int) -> int:
    return TOP + sum(int(LINE) * len(wrapped(one.wording, width)) + ROW for one in _moving(report)) + FOOT


def draw_moving(canvas: Canvas, report: Report) -> None:
    """A row for each question on an axis from -1 to 1, the wording above it, whole; hollow where it is not told from
    chance.
    """
    axis = Axis(EDGE, canvas.width - (FEW_NUMBERS if canvas.width < NARROW else NUMBERS))
    axis.name(canvas, TOP)
    y: float = TOP
    for one in _moving(report):
        for line in wrapped(one.wording, canvas.width):
            canvas.text((0, y + LINE / 2), line, colour=canvas.palette.ink_soft)
            y += LINE
        axis.draw_across(canvas, y, y + ROW - 6)
        _draw_one(canvas, axis, y + (ROW - 6) / 2, one)
        y += ROW


def _draw_one(canvas: Canvas, axis: Axis, y: float, one: Moving) -> None:
    found, palette = one.found, canvas.palette
    if not isinstance(found, Association) or found.rho is None:
        return
    colour = palette.dimension(one.dimension)
    if found.interval:
        ends = [((axis.at(found.interval.low), y), (axis.at(found.interval.high), y))]
        canvas.lines(ends, colour, 4.0, alpha=0.4)
    canvas.marks([(axis.at(found.rho), y)], colour, size=9, hollow=not one.is_clear)
    canvas.text((axis.high + 48, y), numerals.points(found.rho), side="right", bold=one.is_clear)
    look: dict[str, Any] = {"side": "right", "colour": palette.ink_faint, "size": SMALL}
    canvas.text((canvas.width, y), _("n %(n)s") % {"n": numerals.count(found.n)}, **look)
    if canvas.width >= NARROW:
        canvas.text((canvas.width - COUNT, y), moving_verdict(one), **look)


def _moving(report: Report) -> Sequence[Moving]:
    """Those with a number; the table has all."""
    moving = why_of(report).moving
    questions = moving.questions if moving else ()
    return [one for one in questions if isinstance(one.found, Association) and one.found.rho is not None]


class Axis:
    """-1 lies at `low`, 1 at `high`, in pixels."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def at(self, value: float) -> float:
        return self.low + (value + 1) / 2 * (self.high - self.low)

    def name(self, canvas: Canvas, top: float) -> None:
        for value in (-1, 0, 1):
            words = str(value).replace("-", "−")
            look: dict[str, Any] = {"side": "center", "colour": canvas.palette.ink_faint, "size": SMALL}
            canvas.text((self.at(value), top - 9), words, **look)

    def draw_across(self, canvas: Canvas, top: float, bottom: float) -> None:
        palette = canvas.palette
        for value in (-1, 0, 1):
            x = self.at(value)
            colour = palette.rule_strong if value == 0 else palette.rule
            canvas.lines([((x, top), (x, bottom))], colour)


class Bar(NamedTuple):
    """`mine`: the share of the comments of its side that have the word; `others`: of the other side, None of a few."""

    word: str
    mine: float
    others: float | None


class Side(NamedTuple):
    title: str
    rating: int
    bars: Sequence[Bar]


def words_height(report: Report, _width: int) -> int:
    return sum(HEAD + ROW * len(side.bars) for side in sides_of(why_of(report).words)) + FOOT


def draw_words(canvas: Canvas, report: Report) -> None:
    """Two lots of bars on one scale: in which share of the comments of its side each word stands."""
    sides = sides_of(why_of(report).words)
    longest = max((bar.mine for side in sides for bar in side.bars), default=1.0)
    y = 0.0
    for side in sides:
        canvas.text((0, y + HEAD / 2), side.title, bold=True)
        y += HEAD
        for bar in side.bars:
            _draw_bar(canvas, y + ROW / 2, bar, canvas.palette.ratings[side.rating - 1], longest)
            y += ROW


def _draw_bar(canvas: Canvas, y: float, bar: Bar, colour: str, longest: float) -> None:
    is_narrow = canvas.width < NARROW
    labels, numbers = (104, 108) if is_narrow else (190, 230)
    length = max((canvas.width - labels - numbers) * bar.mine / longest, 1.5)
    canvas.text((0, y), fitted(bar.word, labels - 8))
    canvas.rect((labels, y - 7), length, 14, colour)
    canvas.text((labels + length + 8, y), numerals.share(bar.mine), bold=True)
    told = _("few") if bar.others is None else numerals.share(bar.others)
    said = told if is_narrow else _("beside the others: %(share)s") % {"share": told}
    canvas.text((canvas.width, y), said, side="right", colour=canvas.palette.ink_faint, size=SMALL)


def sides_of(words: WordsResult) -> list[Side]:
    """Those with a word to tell."""
    low = [_bar(one.word, (one.first, words.low), (one.second, words.high), words) for one in words.low_words]
    high = [
        _bar(one.word, (one.second, words.high), (one.first, words.low), words) for one in words.high_words
    ]
    sides = [Side(_("More often beside 1 and 2"), 1, low), Side(_("More often beside 4 and 5"), 5, high)]
    return [side for side in sides if side.bars]


def _bar(word: str, mine: tuple[int, int], others: tuple[int, int], words: WordsResult) -> Bar:
    return Bar(word, mine[0] / mine[1], told_share(*others, words.minimum))


WHY_CHARTS = {
    chart.name: chart
    for chart in (
        Chart(
            "moving",
            gettext_lazy("What moves with overall"),
            moving_finding,
            moving_table,
            moving_height,
            draw_moving,
            address=ADDRESS,
        ),
        Chart(
            "words",
            gettext_lazy("Words that set low scores apart from high ones"),
            words_finding,
            words_table,
            words_height,
            draw_words,
            address=ADDRESS,
        ),
    )
}
NAMES = "|".join(WHY_CHARTS)
