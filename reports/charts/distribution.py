"""Ratings 1 to 5 as bars that part in the middle: the bad to the left, the good to the right of one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.ratings import HIGHEST, LOWEST, Distribution
from reports import numerals
from reports.charts.canvas import SMALL, wrapped
from reports.charts.scale import end_label
from reports.findings import name_of
from reports.results import Computed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.charts.canvas import Canvas
    from reports.results import Report

KEY, BAR, GAP, LINE = 28, 22, 12, 16
LABELS, NUMBERS, RATINGS = 110, 56, 84
WRITTEN_FROM = 22  # pixels: a narrower part has no room for its number


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    ratings: Distribution
    n: str  # how many they are, as it is written beside the bar

    @property
    def shares(self) -> tuple[float, ...]:
        return tuple(n / self.ratings.n for n in self.ratings.counts)

    @property
    def left(self) -> float:
        """What lies left of the line: the 1s, the 2s and half of the 3s."""
        ones, twos, threes, *_good = self.shares
        return ones + twos + threes / 2


def dimension_bars(report: Report) -> list[Bar]:
    """Of a dimension with several questions a response has several ratings, so theirs is not called n."""
    return [
        Bar(name_of(result.dimension), result.ratings, _ratings(result.ratings.n))
        for result in report.computed
        if isinstance(result.ratings, Distribution)
    ]


def question_bars(report: Report) -> list[Bar]:
    return [
        Bar(
            question.wording,
            question.score.ratings,
            _("n %(n)s") % {"n": numerals.count(question.score.ratings.n)},
        )
        for result in report.computed
        for question in result.questions
        if isinstance(question.score, Computed) and question.score.ratings
    ]


def _ratings(n: int) -> str:
    return ngettext("%(n)s rating", "%(n)s ratings", n) % {"n": numerals.count(n)}


def height(report: Report, width: int) -> int:
    return KEY + (BAR + GAP) * len(dimension_bars(report))


def draw(canvas: Canvas, report: Report) -> None:
    bars = dimension_bars(report)
    spread = Spread.of(bars, LABELS, canvas.width - RATINGS)
    _draw_key(canvas)
    spread.draw_middle(canvas, KEY - GAP / 2, canvas.height)
    for row, bar in enumerate(bars):
        y = KEY + (BAR + GAP) * row
        canvas.text((0, y + BAR / 2), bar.label)
        spread.draw(canvas, bar, y)


def questions_height(report: Report, width: int) -> int:
    bars = question_bars(report)
    return KEY + sum(LINE * len(wrapped(bar.label, width)) + BAR + 2 * GAP for bar in bars)


def draw_questions(canvas: Canvas, report: Report) -> None:
    """The wording above each bar, whole."""
    bars, y = question_bars(report), KEY
    spread = Spread.of(bars, 0, canvas.width - NUMBERS)
    _draw_key(canvas)
    for bar in bars:
        for line in wrapped(bar.label, canvas.width):
            canvas.text((0, y + LINE / 2), line, colour=canvas.palette.ink_soft)
            y += LINE
        spread.draw_middle(canvas, y, y + BAR + GAP / 2)
        spread.draw(canvas, bar, y + GAP / 4)
        y += BAR + 2 * GAP


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the line in the middle is, and how many pixels all the ratings of a bar take."""

    middle: float
    whole: float

    @classmethod
    def of(cls, bars: Sequence[Bar], low: float, high: float) -> Spread:
        """As wide as the bar that reaches furthest to each side allows."""
        left = max((bar.left for bar in bars), default=0.5)
        right = max((1 - bar.left for bar in bars), default=0.5)
        whole = (high - low) / (left + right)
        return cls(low + whole * left, whole)

    def draw_middle(self, canvas: Canvas, top: float, bottom: float) -> None:
        canvas.lines([((self.middle, top), (self.middle, bottom))], canvas.palette.rule_strong)

    def draw(self, canvas: Canvas, bar: Bar, y: float) -> None:
        palette = canvas.palette
        x = self.middle - self.whole * bar.left
        for share, colour, on_colour in zip(bar.shares, palette.ratings, palette.on_ratings, strict=True):
            width = share * self.whole
            canvas.rect((x, y), width, BAR, colour)
            if width >= WRITTEN_FROM:
                percent = numerals.percent(share)
                canvas.text(
                    (x + width / 2, y + BAR / 2), percent, side="center", colour=on_colour, size=SMALL
                )
            x += width
        canvas.text((canvas.width, y + BAR / 2), bar.n, side="right", colour=palette.ink_faint, size=SMALL)


def _draw_key(canvas: Canvas) -> None:
    """Five colours in a row between the words for their ends, and what the numbers are."""
    palette, x = canvas.palette, 84.0
    canvas.text((0, SMALL / 2), end_label(LOWEST), colour=palette.ink_faint, size=SMALL)
    for colour in palette.ratings:
        canvas.rect((x, 0), 16, SMALL, colour)
        x += 17
    canvas.text((x + 8, SMALL / 2), end_label(HIGHEST), colour=palette.ink_faint, size=SMALL)
    unit = _("% of ratings")
    canvas.text((canvas.width, SMALL / 2), unit, side="right", colour=palette.ink_faint, size=SMALL)
