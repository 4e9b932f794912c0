"""A breakdown, made once from one reading of the sums. It needs numpy: import it late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from metrics.comparison import changes_in_mean
from metrics.dimensions import DimensionSums
from metrics.false_discovery import hold_verdicts
from metrics.ratings import Distribution
from reports.breakdown.cubes import score_cube
from reports.breakdown.enums import LineOrder, Way
from reports.breakdown.lines import FACETS, lines_of
from reports.breakdown.protection import Guard
from reports.breakdown.queries import read
from reports.breakdown.questions import QuestionGuard
from reports.breakdown.results import Breakdown, CellResult, Head, OnlyLine, RowResult
from reports.enums import ResultState
from reports.results import Computed, Empty, NotAsked, Withheld
from reports.scores import scored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metrics.comparison import Change
    from metrics.cross_tables import Hidden
    from reports.breakdown.address import Only
    from reports.breakdown.cubes import Array, Cube
    from reports.breakdown.lines import Lines
    from reports.breakdown.queries import Material
    from reports.reading import Asked
    from reports.results import Shown

    type Place = tuple[int | None, int | None]  # numbers of a row and a column; None: over all of them
    type Sums = DimensionSums | Distribution

NOBODY = Empty()
# Lines that may well be without an answer, and say so; of the others only those that were answered are told.
TOLD_ANYWAY = {Way.LOCATION, Way.REGION, Way.TOUCHPOINT, Way.SURVEY, Way.WEEKDAY, Way.TIME}
# These stand in an order of their own, whatever the scores.
IN_ORDER = {Way.STAGE, Way.VERSION, Way.WEEKDAY, Way.TIME}


@dataclass(frozen=True, slots=True)
class Grid:
    """What may be shown of every row, column and cell, by their numbers; (None, None) is all of it."""

    rows: Lines
    columns: Lines | None
    scores: Mapping[Place, Shown]
    is_of_questions: bool = False

    def at(self, row: int | None, column: int | None) -> Shown:
        return self.scores.get((row, column), NOBODY)

    def turned(self) -> Grid:
        """Rows for columns."""
        if self.columns is None:
            return self
        scores = {(column, row): score for (row, column), score in self.scores.items()}
        return replace(self, rows=self.columns, columns=self.rows, scores=scores)

    def narrowed(self, only: Only) -> Grid:
        """One column by itself, its total that of all: nothing in it that the whole table does not show."""
        number = self.columns.at(only.code) if self.columns else None
        if number is None:
            return Grid(self.rows, None, {})
        column: dict[Place, Shown] = {
            (row, None): score for (row, one), score in self.scores.items() if one == number
        }
        return Grid(self.rows, None, column)


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
    total = grid.at(None, None)
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
    sums = {place: DimensionSums(*values) for place, values in _sums(cube).items()}
    return Grid(rows, columns, _scored(sums, hidden, material.minimum))


def _of_questions(material: Material, questions: Lines, others: Lines | None) -> Grid:
    guard = QuestionGuard(material, questions, others)
    sums = {
        place: Distribution(*values) for place, values in _sums(guard.cube).items() if place[0] is not None
    }
    hidden = replace(guard.hidden(), total=False)
    return Grid(questions, others, _scored(sums, hidden, material.minimum), is_of_questions=True)


def _sums(cube: Cube) -> dict[Place, list[int]]:
    """Of every row, column and cell that has any, and of all together."""
    table = cube.summed()
    found: dict[Place, list[int]] = {(None, None): _listed(table.sum(axis=(0, 1)))}
    found |= {(row, None): _listed(sums) for row, sums in enumerate(table.sum(axis=1))}
    if cube.columns is None:
        return found
    found |= {(None, column): _listed(sums) for column, sums in enumerate(table.sum(axis=0))}
    cells = np.argwhere(table.any(axis=2)).tolist()
    return found | {(row, column): _listed(table[row, column]) for row, column in cells}


def _listed(sums: Array) -> list[int]:
    listed: list[int] = sums.tolist()
    return listed


def _scored(sums: Mapping[Place, Sums], hidden: Hidden, minimum: int) -> dict[Place, Shown]:
    """Where the total may not be shown, nothing may."""
    if hidden.total:
        return {place: Withheld(minimum) if one.n else Empty() for place, one in sums.items()}
    withheld: set[Place] = set(hidden.cells)
    withheld |= {(row, None) for row in hidden.rows} | {(None, column) for column in hidden.columns}
    return scored(sums, withheld, minimum)


def _filled(breakdown: Breakdown, grid: Grid, material: Material) -> Breakdown:
    """With its lines in their order, every cell compared."""
    answered = {place for place, score in grid.scores.items() if not isinstance(score, Empty)}
    rows = _told(grid.rows, {row for row, _column in answered}, material)
    rows = _ordered(rows, grid, material)
    columns: list[int | None] = [None]
    if grid.columns is not None:
        columns = [*_told(grid.columns, {column for _row, column in answered}, material)]
    places = [(row, column) for row in rows for column in columns]
    changes = dict(zip(places, _compared(places, grid, material.minimum), strict=True))
    results = tuple(
        RowResult(
            _head(grid.rows, row, grid.scores.get((row, None))),
            tuple(CellResult(grid.at(row, column), changes[row, column]) for column in columns),
        )
        for row in rows
    )
    heads = tuple(
        _head(grid.columns, column, grid.scores.get((None, column)))
        for column in columns
        if grid.columns is not None and column is not None
    )
    filled = replace(breakdown, rows=results, columns=heads)
    return replace(filled, state=_state(filled))


def _told(lines: Lines, answered: set[int | None], material: Material) -> list[int]:
    """The numbers of the lines that the filters let through, without those that are nobody's."""
    facet = dict(zip(FACETS, material.choice.facets, strict=True)).get(lines.axis)
    return [
        number
        for number, line in enumerate(lines.lines)
        if (facet is None or any(facet.lets(part) for part in line.parts))
        and (number in answered or (line.code and lines.way in TOLD_ANYWAY))
    ]


def _ordered(rows: list[int], grid: Grid, material: Material) -> list[int]:
    """The best first, those without a score at the end; or as the lines stand."""
    if material.filters.order is LineOrder.NAME or grid.rows.way in IN_ORDER:
        return rows
    return sorted(rows, key=lambda row: (*_rank(grid.at(row, None)), row))


def _rank(score: Shown) -> tuple[bool, bool, float]:
    mean = score.mean if isinstance(score, Computed) else 0.0
    return not isinstance(score, Computed), isinstance(score, Empty), -mean


def _compared(places: Sequence[Place], grid: Grid, minimum: int) -> list[Change | None]:
    """Each cell against the rest of all, of a question against the rest of its own: one family of comparisons."""
    pairs: list[tuple[Sums, Sums] | None] = []
    for place in places:
        score, over = grid.at(*place), _whole(place, grid)
        whole = grid.at(*over)
        if over != place and isinstance(score, Computed) and isinstance(whole, Computed):
            pairs.append((score.scores, _rest(whole.scores, score.scores)))
        else:
            pairs.append(None)
    held = iter(hold_verdicts(changes_in_mean([pair for pair in pairs if pair], minimum=minimum)))
    return [next(held) if pair else None for pair in pairs]


def _whole(place: Place, grid: Grid) -> Place:
    """What a cell is a part of, as far as it is compared with it."""
    if not grid.is_of_questions:
        return None, None
    return (place[0], None) if grid.rows.way is Way.MEASURE else (None, place[1])


def _rest(whole: Sums, part: Sums) -> Sums:
    return whole - part  # type: ignore[operator]  # both are of one kind


def _head(lines: Lines, number: int, score: Shown | None) -> Head:
    line = lines.lines[number]
    return Head(line.code, line.name, score, line.narrowing)


def _state(breakdown: Breakdown) -> ResultState:
    scores = [cell.score for _row, _column, cell in breakdown.cells()]
    if any(isinstance(score, Computed) for score in scores):
        return ResultState.COMPUTED
    return ResultState.TOO_FEW if any(isinstance(one, Withheld) for one in scores) else ResultState.EMPTY
