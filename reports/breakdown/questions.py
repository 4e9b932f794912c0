"""Breakdowns by question: a row for each, and its own answers across. What of them may be shown, and their sums.

Questions are no parts of a whole: one response rates many. So they have no total, and each is compared with its own
other answers. Where the dimension itself may not be shown, none of its questions is; and as in a report, the questions
of one dimension hide each other.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from metrics.cross_tables import Hidden, hide_more
from reports.breakdown.cubes import rating_cube, score_cube
from reports.breakdown.enums import Way
from reports.breakdown.lines import Line, Lines
from reports.breakdown.nearness import find_near_each
from reports.breakdown.protection import Guard, sizes_of, with_totals
from reports.suppression import QuestionCount, hidden_questions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.breakdown.cubes import Array
    from reports.breakdown.queries import Material


class QuestionGuard:
    """Decides about questions (rows) in columns; None: over all columns."""

    def __init__(self, material: Material, questions: Lines, columns: Lines | None) -> None:
        self.material, self.questions, self.columns = material, questions, columns
        self.cube = rating_cube(material, questions, columns)
        by = material.filters.by
        self._guard = Guard(self.cube, material.minimum, by)
        self._sides = {name: _DimensionSide(material, name, columns) for name in material.dimensions}
        self._asked = list(material.questions.values())
        sides = [side.guard for side in self._sides.values()]
        cubes = [(self.cube, True), *((guard.cube, False) for guard in sides)]
        self._near, *near = find_near_each(cubes, material.minimum)
        for guard, found in zip(sides, near, strict=True):
            guard.near = found

    def hidden(self) -> Hidden:
        """Rows and cells. There are no totals of columns, nor one of everything."""
        rows, columns = self.cube.shape
        found = Hidden(rows=self._hidden_in(-1, set()), columns=set(range(columns)), total=True)
        if self.columns is None:
            return found
        cells = sizes_of(self._guard.inside)
        found.cells = {(i, j) for i in range(rows) for j in self._guard.hidden_columns(i)}
        looked: dict[int, set[int]] = {}
        while True:
            already = _by_column(found.cells, columns)
            if not (moved := [j for j in range(columns) if already[j] != looked.get(j)]):
                return found
            for j in moved:
                looked[j] = {i for i in self._hidden_in(j, already[j]) if (i, j) in cells}
                found.cells |= {(i, j) for i in looked[j]}
            found = hide_more(cells, found, self.material.minimum)

    def _hidden_in(self, column: int, already: set[int]) -> set[int]:
        """Of the questions of each dimension, in one column."""
        hidden = already | set(np.flatnonzero(self._alone[:, column]).tolist())
        for rows in self._rows_of.values() if hidden else ():
            if hidden.isdisjoint(rows) or hidden.issuperset(rows):
                continue
            counts = {row: QuestionCount(*self._counts[row, column].tolist()) for row in rows}
            hidden |= hidden_questions(counts, self.material.minimum, hidden)
        return hidden

    @cached_property
    def _rows_of(self) -> dict[str, list[int]]:
        """The questions of each dimension."""
        return {
            name: [at for at, one in enumerate(self._asked) if one.dimension == name] for name in self._sides
        }

    @cached_property
    def _counts(self) -> Array:
        """By question and column, the last of all columns: those inside, outside, and of versions without it."""
        inside = with_totals(self._guard.inside)[:-1]
        everything = self._guard.everything.sum(axis=1)[:, None]
        not_asked = np.array([self._sides[one.dimension].not_asked(one.versions) for one in self._asked])
        return np.stack([inside, everything - inside, not_asked.reshape(inside.shape)], axis=-1)

    @cached_property
    def _alone(self) -> Array:
        """Likewise, which are hidden whatever the others are."""
        small = ((self._counts > 0) & (self._counts < self.material.minimum)).any(axis=-1)
        of_dimensions = {name: side.guard.shown[-1] for name, side in self._sides.items()}
        of_shown = np.array([of_dimensions[one.dimension] for one in self._asked]).reshape(small.shape)
        alone: Array = small | self._near[:-1] | ~of_shown
        answered = self._counts[..., 0] > 0
        shown: Array = answered & ~alone
        self._guard.hold_versions(shown)
        alone |= answered & ~shown
        return alone


def _by_column(cells: Iterable[tuple[int, int]], columns: int) -> list[set[int]]:
    found: list[set[int]] = [set() for _column in range(columns)]
    for row, column in cells:
        found[column].add(row)
    return found


class _DimensionSide:
    """The responses of one dimension, in the same columns."""

    def __init__(self, material: Material, name: str, columns: Lines | None) -> None:
        self._cube = score_cube(material, name, everything(material), columns)
        self.guard = Guard(self._cube, material.minimum, material.filters.by)
        self.not_asked = cache(self._not_asked)

    def _not_asked(self, versions: frozenset[int]) -> Array:
        """By column, the last of all: responses in versions without a question. Those of the same versions share it."""
        asked = np.isin(np.array(self._cube.axes["version"], np.int64), list(versions))
        line = self._cube.counts(self._cube.inside & ~asked)[0]
        return np.append(line, line.sum())


def everything(material: Material) -> Lines:
    """One line for all answers, where nothing is told apart."""
    surveys = frozenset(survey.id for survey in material.surveys)
    return Lines(Way.SURVEY, (Line("", "", surveys, {}),))
