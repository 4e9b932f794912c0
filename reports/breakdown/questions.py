"""Breakdowns by question: a row for each, and its own answers across. What of them may be shown, and their sums.

Questions are no parts of a whole: one response rates many. So they have no total, and each is compared with its own
other answers. Where the dimension itself may not be shown, none of its questions is; and as in a report, the questions
of one dimension hide each other.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from metrics.cross_tables import Hidden, hide_more
from reports.breakdown.cubes import rating_cube, score_cube
from reports.breakdown.enums import Way
from reports.breakdown.lines import Line, Lines
from reports.breakdown.nearness import find_near
from reports.breakdown.protection import Guard
from reports.suppression import QuestionCount, hidden_questions

if TYPE_CHECKING:
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
        self._near = find_near(self.cube, material.minimum, in_one_facet=True)

    def hidden(self) -> Hidden:
        """Rows and cells. There are no totals of columns, nor one of everything."""
        rows, columns = self.cube.shape
        found = Hidden(rows=self._hidden_in(None, set()), columns=set(range(columns)), total=True)
        if self.columns is None:
            return found
        cells = {place: int(n) for place, n in np.ndenumerate(self._guard.inside) if n}
        found.cells = {(i, j) for i in range(rows) for j in self._guard.hidden_columns(i)}
        before = -1
        while before != len(found.cells):
            before = len(found.cells)
            for j in range(columns):
                already = {i for i, column in found.cells if column == j}
                found.cells |= {(i, j) for i in self._hidden_in(j, already)}
            found = hide_more(cells, found, self.material.minimum)
        return found

    def _hidden_in(self, column: int | None, already: set[int]) -> set[int]:
        """Of the questions of each dimension, in one column."""
        near = self._near[:-1, -1 if column is None else column]
        hidden = already | set(np.flatnonzero(near).tolist())
        inside, everything = self._guard.inside, self._guard.everything.sum(axis=1)
        for name, side in self._sides.items():
            rows = [at for at, one in enumerate(self._asked) if one.dimension == name]
            if not side.guard.may_show(None, column):
                hidden |= set(rows)
                continue
            counts = {}
            for row in rows:
                n = int(inside[row].sum() if column is None else inside[row, column])
                counts[row] = QuestionCount(
                    n, int(everything[row]) - n, side.not_asked(self._asked[row].versions, column)
                )
            hidden |= hidden_questions(counts, self.material.minimum, hidden)
        return hidden


class _DimensionSide:
    """The responses of one dimension, in the same columns."""

    def __init__(self, material: Material, name: str, columns: Lines | None) -> None:
        self._cube = score_cube(material, name, everything(material), columns)
        self.guard = Guard(self._cube, material.minimum, material.filters.by)
        self._lines = cache(self._not_asked)

    def not_asked(self, versions: frozenset[int], column: int | None) -> int:
        """Responses in versions without a question."""
        line = self._lines(versions)
        return int(line.sum() if column is None else line[column])

    def _not_asked(self, versions: frozenset[int]) -> Array:
        """By column: questions of the same versions share it."""
        asked = np.isin(np.array(self._cube.axes["version"], np.int64), list(versions))
        line: Array = self._cube.counts(self._cube.inside & ~asked)[0]
        return line


def everything(material: Material) -> Lines:
    """One line for all answers, where nothing is told apart."""
    surveys = frozenset(survey.id for survey in material.surveys)
    return Lines(Way.SURVEY, (Line("", "", surveys, {}),))
