"""A breakdown, made once from one reading of the sums. It needs numpy: import it late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from metrics.comparison import verdicts_between
from metrics.dimensions import DimensionSums, spread_of_sums
from metrics.false_discovery import hold_told
from metrics.ratings import Distribution, spread_of_ratings
from reports.breakdown.cubes import score_cube
from reports.breakdown.enums import LineOrder, Way
from reports.breakdown.lines import FACETS, lines_of
from reports.breakdown.protection import Guard, with_totals
from reports.breakdown.queries import read
from reports.breakdown.questions import QuestionGuard
from reports.breakdown.results import Breakdown, Cells, Head, OnlyLine, RowResult
from reports.breakdown.sheet import COMPUTED, EMPTY, STATES, TOO_FEW, VERDICTS, Sheet
from reports.enums import ResultState
from reports.results import Computed, Empty, NotAsked, Withheld
from reports.scores import scored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metrics.cross_tables import Hidden
    from reports.breakdown.address import Only
    from reports.breakdown.cubes import Array, Cube
    from reports.breakdown.lines import Lines
    from reports.breakdown.queries import Material
    from reports.reading import Asked
    from reports.results import Shown

    type Sums = DimensionSums | Distribution

NOWHERE = -1  # the state of what has no score at all
# Lines that may well be without an answer, and say so; of the others only those that were answered are told.
TOLD_ANYWAY = {Way.LOCATION, Way.REGION, Way.TOUCHPOINT, Way.SURVEY, Way.WEEKDAY, Way.TIME}
# These stand in an order of their own, whatever the scores.
IN_ORDER = {Way.STAGE, Way.VERSION, Way.WEEKDAY, Way.TIME}


@dataclass(frozen=True, slots=True)
class Grid:
    """What may be shown of every row, column and cell by their numbers; the last of each is all of it, and without
    columns there is nothing else.

    `sums` have the fields of their `kind` along the first axis. `states` as in `sheet`, or NOWHERE.
    """

    rows: Lines
    columns: Lines | None
    kind: type[Sums]
    sums: Array
    states: Array
    is_of_questions: bool = False

    def at(self, row: int, column: int, minimum: int) -> Shown | None:
        return self.shown([(row, column)], minimum)[0]

    def shown(self, places: Sequence[tuple[int, int]], minimum: int) -> list[Shown | None]:
        """Their scores; None: there is none at all."""
        absent = {NOWHERE: None, EMPTY: Empty(), TOO_FEW: Withheld(minimum)}
        computed = {
            place: self.kind(*self.sums[:, *place].tolist())
            for place in places
            if self.states[place] == COMPUTED
        }
        scores = scored(computed, set(), minimum)
        return [scores[place] if place in scores else absent[int(self.states[place])] for place in places]

    def turned(self) -> Grid:
        """Rows for columns."""
        if self.columns is None:
            return self
        turned = replace(self, rows=self.columns, columns=self.rows)
        return replace(turned, sums=self.sums.swapaxes(1, 2), states=self.states.T)

    def narrowed(self, only: Only) -> Grid:
        """One column by itself, its total that of all: nothing in it that the whole table does not show."""
        number = self.columns.at(only.code) if self.columns else None
        column = [-1 if number is None else number]
        states = self.states[:, column]
        return Grid(
            self.rows,
            None,
            self.kind,
            self.sums[:, :, column],
            np.full_like(states, NOWHERE) if number is None else states,
        )


def make_breakdown(asked: Asked) -> Breakdown:
    """At most four queries."""
    material = read(asked)
    filters, survey = material.filters, asked.survey
    rows = lines_of(filters.rows, material)
    columns = lines_of(filters.across, material) if filters.across else None
    grid = _grid(material, rows, columns)
    is_of_questions = grid.is_of_questions
    if filters.only:
        grid = grid.narrowed(filters.only)
    total = grid.at(-1, -1, material.minimum) or Empty()
    told = isinstance(total, Computed) and not grid.is_of_questions
    breakdown = Breakdown(
        state=ResultState.EMPTY,
        filters=filters,
        survey_name=survey.name,
        minimum=survey.minimum,
        data_version=survey.data_version,
        counted_at=survey.counted_at,
        responses=total.n if isinstance(total, Computed) and told else None,
        rows_way=filters.rows,
        columns_way=filters.columns,
        dimension="" if is_of_questions else material.dimensions[0],
        total=total if material.is_asked else NotAsked(),
        only=_only_line(filters.only, columns),
    )
    return _filled(breakdown, grid, material)


def _only_line(only: Only | None, lines: Lines | None) -> OnlyLine | None:
    """A version that nobody has answered has no line, and no name but its number."""
    if only is None or lines is None:
        return None
    at = lines.at(only.code)
    return OnlyLine(only.way, only.code, only.code if at is None else lines.lines[at].name)


def _grid(material: Material, rows: Lines, columns: Lines | None) -> Grid:
    if Way.MEASURE is rows.way:
        return _of_questions(material, rows, columns)
    if columns is not None and Way.MEASURE is columns.way:
        return _of_questions(material, columns, rows).turned()
    cube = score_cube(material, material.dimensions[0], rows, columns)
    hidden = Guard(cube, material.minimum, material.filters.by).hidden()
    return _judged(cube, DimensionSums, hidden, material.minimum)


def _of_questions(material: Material, questions: Lines, others: Lines | None) -> Grid:
    """There is no total of several questions."""
    guard = QuestionGuard(material, questions, others)
    grid = _judged(guard.cube, Distribution, replace(guard.hidden(), total=False), material.minimum)
    grid.states[-1] = NOWHERE
    return replace(grid, is_of_questions=True)


def _judged(cube: Cube, kind: type[Sums], hidden: Hidden, minimum: int) -> Grid:
    """Where the total may not be shown, nothing may."""
    sums = with_totals(np.moveaxis(cube.summed(), -1, 0))
    n = sums.sum(axis=0) if kind is Distribution else sums[0]
    withheld = (n < minimum) | hidden.total
    for row, column in (
        *hidden.cells,
        *((row, -1) for row in hidden.rows),
        *((-1, column) for column in hidden.columns),
    ):
        withheld[row, column] = True
    states = np.where(n == 0, EMPTY, np.where(withheld, TOO_FEW, COMPUTED))
    if cube.columns is None:
        sums, states = sums[:, :, -1:], states[:, -1:]
    return Grid(cube.rows, cube.columns, kind, sums, states)


def _filled(breakdown: Breakdown, grid: Grid, material: Material) -> Breakdown:
    """With its lines in their order, every cell compared."""
    answered = grid.states > EMPTY
    told = _told(grid.rows, answered.any(axis=1), material)
    row_scores = dict(zip(told, grid.shown([(row, -1) for row in told], material.minimum), strict=True))
    rows = _ordered(row_scores, grid, material)
    columns = [-1]
    if grid.columns is not None:
        columns = _told(grid.columns, answered.any(axis=0), material)
    sheet = _sheet(grid, rows, columns, material.minimum)
    heads: list[Head] = []
    if grid.columns is not None:
        scores = grid.shown([(-1, column) for column in columns], material.minimum)
        heads = [_head(grid.columns, *one) for one in zip(columns, scores, strict=True)]
    return replace(
        breakdown,
        state=_state(sheet),
        columns=tuple(heads),
        rows=tuple(
            RowResult(_head(grid.rows, row, row_scores[row]), Cells(sheet, at)) for at, row in enumerate(rows)
        ),
    )


def _told(lines: Lines, answered: Array, material: Material) -> list[int]:
    """The numbers of the lines that the filters let through, without those that are nobody's."""
    facet = dict(zip(FACETS, material.choice.facets, strict=True)).get(lines.axis)
    return [
        number
        for number, line in enumerate(lines.lines)
        if (facet is None or any(facet.lets(part) for part in line.parts))
        and (answered[number] or (line.code and lines.way in TOLD_ANYWAY))
    ]


def _ordered(scores: Mapping[int, Shown | None], grid: Grid, material: Material) -> list[int]:
    """The rows with these scores, the best first, those without one at the end; or as the lines stand."""
    if material.filters.order is LineOrder.NAME or grid.rows.way in IN_ORDER:
        return list(scores)
    return sorted(scores, key=lambda row: (*_rank(scores[row]), row))


def _rank(score: Shown | None) -> tuple[bool, bool, float]:
    mean = score.mean if isinstance(score, Computed) else 0.0
    return not isinstance(score, Computed), not isinstance(score, Computed | Withheld), -mean


def _sheet(grid: Grid, rows: list[int], columns: list[int], minimum: int) -> Sheet:
    """Each cell against the rest of all, of a question against the rest of its own: one family of comparisons."""
    at, over = np.ix_(rows, columns), _compared_with(grid, rows, columns)
    is_shown, is_known = grid.states[at] == COMPUTED, grid.states[over] == COMPUTED
    sums, wholes = grid.sums[:, at[0], at[1]] * is_shown, grid.sums[:, over[0], over[1]] * is_known
    compared = is_shown & is_known
    if grid.is_of_questions and grid.columns is None:  # each is all that is told of its question
        compared[:] = False
    spread = spread_of_ratings if grid.kind is Distribution else spread_of_sums
    pairs = spread(sums[:, compared]), spread((wholes - sums)[:, compared])
    verdicts = np.zeros(is_shown.shape, np.int8)
    verdicts[compared] = [
        VERDICTS.index(verdict) for verdict in hold_told(verdicts_between(*pairs, minimum=minimum))
    ]
    return Sheet(
        kind=grid.kind,
        minimum=minimum,
        sums=_narrow(sums),
        wholes=_narrow(wholes),
        states=np.maximum(grid.states[at], EMPTY).astype(np.int8),
        verdicts=verdicts,
        means=spread(sums).mean,
    )


def _compared_with(grid: Grid, rows: list[int], columns: list[int]) -> tuple[Array, ...]:
    """What cells are a part of, as far as they are compared with it: by which rows and columns."""
    if not grid.is_of_questions:
        return np.ix_([-1], [-1])
    return np.ix_(rows, [-1]) if grid.rows.way is Way.MEASURE else np.ix_([-1], columns)


def _narrow(sums: Array) -> Array:
    """In few bytes: it is going to be kept."""
    return sums.astype(np.int32) if sums.max(initial=0) <= np.iinfo(np.int32).max else sums


def _head(lines: Lines, number: int, score: Shown | None) -> Head:
    line = lines.lines[number]
    return Head(line.code, line.name, score, line.narrowing)


def _state(sheet: Sheet) -> ResultState:
    most = int(sheet.states.max(initial=EMPTY))
    return STATES[most]
