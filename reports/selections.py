"""The statements that add up block sums and, where there are none, cells. They say the same in either database.

A selection says which places are let through and by which facet the sums are told apart; the pieces say which days.
"""
# ruff: noqa: S608 (names and numbers of ours; whatever came from outside is a placeholder's value)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from scoring.models import SUMS
from surveys.enums import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from reports.pieces import Pieces

COUNTS = ("n1", "n2", "n3", "n4", "n5", "not_applicable", "blank", "unreadable")
RATED = 2 + len(COUNTS)  # columns of ratings: as block sums hold them, or a measure and its counts
# Location, touchpoint and mode.
SUM_NAMES = ("location", "touchpoint", "mode")
CELL_NAMES = ("cell.location_id", "cell.touchpoint_id", "cell.mode")
WHICHEVER = ("0", "0", "''")
REGION = "COALESCE(place.region_id, 0)"
# One question of each version: every response stands in the counts of every question of its version.
ONE_QUESTION = """
    SELECT asked.version_id, min(asked.measure_id) AS measure_id
    FROM surveys_question asked JOIN surveys_measure of_survey ON of_survey.id = asked.measure_id
    WHERE of_survey.survey_id = %s AND of_survey.kind = %s GROUP BY asked.version_id
"""


class Sql(NamedTuple):
    """A text, and the values of its placeholders in order."""

    text: str
    values: tuple[Any, ...] = ()


class Pick(NamedTuple):
    """What of one facet is let through (None: everything), and whether its parts are told apart, or the regions that
    locations are in (0: none).
    """

    chosen: Collection[Any] | None = None
    is_told: bool = False
    by_region: bool = False

    @property
    def is_apart(self) -> bool:
        """Whether rows of single parts have to be read."""
        return self.is_told or self.chosen is not None


class Selection(NamedTuple):
    location: Pick = Pick()
    touchpoint: Pick = Pick()
    mode: Pick = Pick()

    @property
    def is_fully_apart(self) -> bool:
        """Then a day's sums are not kept: they would be its cells once more."""
        return all(pick.is_apart for pick in self)


class Source(NamedTuple):
    """Pieces of time. `label` stands for all of them together; None: each is told apart by its block."""

    pieces: Pieces
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """Of which survey, which of the dimensions, and what of each of them."""

    survey: int
    dimensions: Sequence[str]
    names: Sequence[str] = SUMS
    told_names: Sequence[str] | None = (
        None  # the columns of the rows, if they are others: 0 stands for what is not read
    )

    @property
    def columns(self) -> list[str]:
        return ["responses", *self._columns(self.names)]

    @property
    def told(self) -> list[str]:
        read, told = self.columns, ["responses", *self._columns(self.told_names or self.names)]
        return [_sum_of(column) if column in read else "0" for column in told]

    def _columns(self, names: Sequence[str]) -> list[str]:
        return [f"{dimension}_{name}" for dimension in self.dimensions for name in names]

    def scores(
        self, selections: Sequence[Selection], sources: Sequence[Source], first: int = 0
    ) -> Sql | None:
        """Rows: number of the selection, location, touchpoint, mode, label or block, version, responses, and the
        told names of each dimension.

        A facet that is not told apart is 0 or "". The selections are numbered from `first` on. None: there is nothing to read.
        """
        grouped = [
            _grouped(number, union, self.told, by_region=selection.location.by_region)
            for number, selection in enumerate(selections, start=first)
            if (union := _union(part for one in sources for part in self._parts(selection, one)))
        ]
        return _union(grouped)

    def _parts(self, selection: Selection, source: Source) -> Iterator[Sql]:
        summed, single = _pieces(selection, source.pieces)
        if summed:
            yield self._block_sums(selection, source, summed)
        if single and self.names:
            yield self._dimension_cells(selection, source, single)
        if single:
            yield self._measure_cells(selection, source, single)

    def _block_sums(self, selection: Selection, source: Source, blocks: Sequence[int]) -> Sql:
        head = _head(selection, SUM_NAMES, "block_id" if source.label is None else str(source.label))
        where = _where(selection, SUM_NAMES, whichever=True)
        text = f"SELECT {head}, version_id, {', '.join(self.columns)} FROM scoring_blocksum WHERE "
        return _joined(text, _among("block_id", blocks), where)

    def _dimension_cells(self, selection: Selection, source: Source, days: Sequence[int]) -> Sql:
        head = _head(selection, CELL_NAMES, "days.id" if source.label is None else str(source.label))
        told = ", ".join(
            f"CASE WHEN cell.dimension = '{dimension}' THEN cell.{name} ELSE 0 END AS {dimension}_{name}"
            for dimension in self.dimensions
            for name in self.names
        )
        text = f"""SELECT {head}, cell.version_id, 0 AS responses, {told}
            FROM scoring_block days JOIN scoring_dimensioncell cell
            ON cell.survey_id = days.survey_id AND cell.day = days.day WHERE """
        dimensions = _among("cell.dimension", self.dimensions)
        return _joined(text, _among("days.id", days), dimensions, _where(selection, CELL_NAMES))

    def _measure_cells(self, selection: Selection, source: Source, days: Sequence[int]) -> Sql:
        head = _head(selection, CELL_NAMES, "days.id" if source.label is None else str(source.label))
        zeros = "".join(f", 0 AS {column}" for column in self.columns[1:])
        text = f"""SELECT {head}, cell.version_id, {" + ".join(f"cell.{name}" for name in COUNTS)} AS responses{zeros}
            FROM scoring_block days JOIN ({ONE_QUESTION}) one ON true
            JOIN scoring_measurecell cell ON cell.measure_id = one.measure_id AND cell.day = days.day
            AND cell.version_id = one.version_id WHERE """
        rest = _joined(text, _among("days.id", days), _where(selection, CELL_NAMES))
        return Sql(rest.text, (self.survey, Kind.RATING, *rest.values))

    def ratings(self, selections: Sequence[Selection], pieces: Pieces) -> Sql | None:
        """Rows: number of the selection, version, and ratings as block sums hold them, or None; then a measure and
        the eight counts of its cells.
        """
        return _union(
            part
            for number, selection in enumerate(selections)
            for part in _ratings(selection, pieces, f"{number}, version_id", f"{number}, cell.version_id")
        )

    def with_ratings(
        self, scores: Sql | None, selections: Sequence[Selection], source: Source, first: int
    ) -> Sql | None:
        """The rows of `scores`, then those of the ratings of other selections, by place: rows of either kind have zeros for
        what the other kind tells, ratings at their end. There may be several of one place.
        """
        if scores is None or not selections:
            return scores
        head = f"SELECT scored.*, CAST(NULL AS bytea), 0{', 0' * len(COUNTS)} FROM"
        parts = [Sql(f"{head} ({scores.text}) AS scored", scores.values)]
        zeros = ", 0" * len(self.told)
        for number, selection in enumerate(selections, start=first):
            heads = [
                f"{number}, {_head(selection, names, str(source.label))}, {version}{zeros}"
                for names, version in ((SUM_NAMES, "version_id"), (CELL_NAMES, "cell.version_id"))
            ]
            parts += _ratings(selection, source.pieces, *heads)
        return _union(parts)


def _sum_of(column: str) -> str:
    """PostgreSQL adds up numbers of eight bytes in decimals; counts, which are most of it, need not be so large."""
    if column.endswith("responses"):
        return f"sum(CAST({column} AS integer))"
    return f"CAST(sum({column}) AS bigint)"


def _ratings(selection: Selection, pieces: Pieces, of_sums: str, of_cells: str) -> Iterator[Sql]:
    """As block sums hold them, and of cells the measure and its counts; each after a head of its own."""
    summed, single = _pieces(selection, pieces)
    if summed:
        yield _joined(
            f"SELECT {of_sums}, ratings, 0{', 0' * len(COUNTS)} FROM scoring_blocksum WHERE ",
            _among("block_id", summed),
            _where(selection, SUM_NAMES, whichever=True),
        )
    if single:
        counts = ", ".join(f"CAST(sum(cell.{name}) AS bigint)" for name in COUNTS)
        told = [name for name, pick in zip(CELL_NAMES, selection, strict=True) if pick.is_told]
        yield _joined(
            f"""SELECT {of_cells}, NULL, cell.measure_id, {counts}
            FROM scoring_block days JOIN surveys_measure of_survey ON of_survey.survey_id = days.survey_id
            JOIN scoring_measurecell cell ON cell.measure_id = of_survey.id AND cell.day = days.day WHERE """,
            _among("days.id", single),
            _where(selection, CELL_NAMES),
            tail=f" GROUP BY {', '.join(['cell.version_id', 'cell.measure_id', *told])}",
        )


def _pieces(selection: Selection, pieces: Pieces) -> tuple[list[int], list[int]]:
    """The blocks whose sums are read, and the days whose cells are."""
    if selection.is_fully_apart:
        return list(pieces.longer), [*pieces.days, *pieces.unmade_days]
    return [*pieces.longer, *pieces.days], list(pieces.unmade_days)


def _head(selection: Selection, names: Sequence[str], piece: str) -> str:
    told = [
        f"{name if pick.is_told else over_all} AS {column}"
        for name, pick, over_all, column in zip(names, selection, WHICHEVER, SUM_NAMES, strict=True)
    ]
    return f"{', '.join(told)}, {piece} AS piece"


def _where(selection: Selection, names: Sequence[str], *, whichever: bool = False) -> Sql:
    """`whichever`: in this table there are also rows over all parts of a facet."""
    parts = [Sql("true")]
    for name, pick, over_all in zip(names, selection, WHICHEVER, strict=True):
        if pick.chosen is not None:
            parts.append(_among(name, pick.chosen))
        elif whichever:
            parts.append(Sql(f"{name} {'<>' if pick.is_told else '='} {over_all}"))
    return _joined("", *parts)


def _among(name: str, values: Collection[Any]) -> Sql:
    """Nothing is among no values. Keys are written out: a report has a thousand of them in its statement, and filling in
    as many placeholders takes longer than all that is read by them.
    """
    if all(isinstance(value, int) for value in values):
        return Sql(f"{name} IN ({', '.join(map(str, values)) or 'NULL'})")
    return Sql(f"{name} IN ({', '.join(['%s'] * len(values))})", tuple(values))


def _joined(head: str, *conditions: Sql, tail: str = "") -> Sql:
    text = " AND ".join(condition.text for condition in conditions)
    return Sql(head + text + tail, tuple(value for condition in conditions for value in condition.values))


def _union(parts: Iterable[Sql]) -> Sql | None:
    every = list(parts)
    text = " UNION ALL ".join(part.text for part in every)
    return Sql(text, tuple(value for part in every for value in part.values)) if every else None


def _grouped(number: int, rows: Sql, sums: Sequence[str], *, by_region: bool) -> Sql:
    facets = ", ".join([REGION if by_region else "location", *SUM_NAMES[1:]])
    regions = "LEFT JOIN organisation_location place ON place.id = part.location" if by_region else ""
    text = f"""SELECT {number}, {facets}, piece, version_id, {", ".join(sums)} FROM ({rows.text}) AS part {regions}
        GROUP BY {facets}, piece, version_id"""
    return Sql(text, rows.values)


def united(*parts: Sql | None) -> Sql | None:
    """Statements whose rows look alike as one."""
    return _union(part for part in parts if part)


def fetch(sql: Sql | None) -> list[tuple[Any, ...]]:
    if sql is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
