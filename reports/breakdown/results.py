"""What a breakdown says. As in a report, a number is inside `Computed` or it does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from metrics.comparison import CLEAR, Verdict
from metrics.packing import packed
from reports.breakdown.enums import Way
from reports.enums import ResultState
from reports.results import Computed, Empty, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from metrics.comparison import Change
    from reports.breakdown.sheet import Sheet
    from reports.results import Shown

NOT_COMPARED = {None, Verdict.TOO_FEW}


@packed
@dataclass(frozen=True, slots=True)
class Head:
    """A line of a way: its code, its name, its own score; and what narrows the filters to it, if anything does.

    `score` None: it has none of its own, as it is told of each question apart.
    """

    code: str
    name: str
    score: Shown | None = None
    narrowing: Mapping[str, Any] = field(default_factory=dict)


# Under which path the numbers of all, of a row, a column or a cell are opened.
TOTAL = "total"


def row_path(row: Head) -> str:
    return f"row.{row.code}"


def column_path(column: Head) -> str:
    return f"column.{column.code}"


def path_of(row: Head, column: Head | None) -> str:
    """Of a cell; without columns it is its row."""
    return f"cell.{row.code}.{column.code}" if column else row_path(row)


@packed
@dataclass(frozen=True, slots=True)
class CellResult:
    """`against` compares it with all other answers of the breakdown, of a question with its own other answers.

    None: it is not compared. Higher and lower hold for all cells of the breakdown at once.
    """

    score: Shown
    against: Change | None = None

    @property
    def verdict(self) -> Verdict | None:
        return self.against.verdict if self.against else None

    @property
    def stands_out(self) -> bool:
        return self.against is not None and self.against.is_clear


class Brief(NamedTuple):
    """What a page and a picture show of a score. Without numbers `state` says why."""

    state: ResultState
    mean: float = 0.0
    n: int = 0
    verdict: Verdict | None = None

    @property
    def is_computed(self) -> bool:
        return self.state is ResultState.COMPUTED

    @property
    def stands_out(self) -> bool:
        return self.verdict in CLEAR


def brief_of(score: Shown, verdict: Verdict | None = None) -> Brief:
    if isinstance(score, Computed):
        return Brief(score.state, score.mean, score.n, verdict)
    return Brief(score.state)


class Cells(Sequence[CellResult]):
    """The cells of one row of a sheet, made when they are asked for."""

    __slots__ = ("number", "sheet")

    def __init__(self, sheet: Sheet, number: int) -> None:
        self.sheet, self.number = sheet, number

    def __len__(self) -> int:
        return len(self.briefs)

    @overload
    def __getitem__(self, at: int) -> CellResult: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[CellResult, ...]: ...
    def __getitem__(self, at: int | slice) -> CellResult | tuple[CellResult, ...]:
        return self.sheet.row(self.number)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list

    @property
    def briefs(self) -> Sequence[Brief]:
        return self.sheet.briefs[self.number]


@packed
@dataclass(frozen=True, slots=True)
class RowResult:
    """One cell for each column, or a single one where there are none: then its score is the row's."""

    head: Head
    cells: Sequence[CellResult]

    @property
    def briefs(self) -> Sequence[Brief]:
        """The same cells, as far as most readers look."""
        if isinstance(self.cells, Cells):
            return self.cells.briefs
        return [brief_of(cell.score, cell.verdict) for cell in self.cells]


class OnlyLine(NamedTuple):
    """The one line that a breakdown is narrowed to: a day of the week, a version or a question."""

    way: Way
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown(Report):
    """A report told apart by one way or by two: one result for table, charts, files and programs.

    `dimension`: which one is told; '' where it is about questions. `only`: what all of it is narrowed to, total and all.
    """

    rows_way: Way = Way.LOCATION
    columns_way: Way | None = None
    dimension: str = ""
    total: Shown = field(default_factory=Empty)
    columns: tuple[Head, ...] = ()
    rows: tuple[RowResult, ...] = ()
    only: OnlyLine | None = None

    def narrowed(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return ((str(self.only.way.label), (self.only.name,)),) if self.only else ()

    def cells(self) -> Iterator[tuple[Head, Head | None, CellResult]]:
        """Row by row."""
        heads: tuple[Head | None, ...] = self.columns if self.columns_way else (None,)
        for row in self.rows:
            for column, cell in zip(heads, row.cells, strict=True):
                yield row.head, column, cell

    def briefs(self) -> Iterator[tuple[Head, Head | None, Brief]]:
        """Likewise."""
        heads: tuple[Head | None, ...] = self.columns if self.columns_way else (None,)
        for row in self.rows:
            for column, brief in zip(heads, row.briefs, strict=True):
                yield row.head, column, brief

    @property
    def compared(self) -> int:
        """How many cells were compared at once."""
        return sum(brief.verdict not in NOT_COMPARED for row in self.rows for brief in row.briefs)

    @property
    def is_computed(self) -> bool:
        return any(brief.is_computed for row in self.rows for brief in row.briefs)
