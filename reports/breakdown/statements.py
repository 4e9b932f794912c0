"""The statements of a breakdown: block sums and, where there are none, cells, added up by two ways at once.

They say the same in either database. Which pieces of time belong to which label comes in as rows of numbers.
"""
# ruff: noqa: S608 (names and numbers of ours; whatever came from outside is a placeholder's value)

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reports.selections import Sql
from scoring.models import SUMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reports.pieces import Pieces

RATINGS = ("n1", "n2", "n3", "n4", "n5")
PLACE = ("location", "touchpoint", "mode")
OF_SUMS = ("part.location", "part.touchpoint", "part.mode")
OF_CELLS = ("part.location_id", "part.touchpoint_id", "part.mode")
WHICHEVER = ("0", "0", "''")


class Told(NamedTuple):
    """Which facets are told apart, and at which locations (None: all)."""

    location: bool
    touchpoint: bool
    mode: bool
    scope: Collection[int] | None = None

    @property
    def facets(self) -> tuple[bool, bool, bool]:
        return self.location, self.touchpoint, self.mode

    @property
    def is_by_cells(self) -> bool:
        """Days keep no sums of all three at once: they would be its cells once more."""
        return self.touchpoint and self.mode and (self.location or self.scope is not None)


def scores_by(told: Told, labelled: Mapping[int, Pieces], dimensions: Sequence[str]) -> Sql | None:
    """Rows: label, location, touchpoint, mode, version, and for each dimension its five sums."""
    summed, single = _pieces(told, labelled)
    columns = [f"{dimension}_{name}" for dimension in dimensions for name in SUMS]
    cases = [
        f"CASE WHEN part.dimension = '{dimension}' THEN part.{name} ELSE 0 END AS {dimension}_{name}"
        for dimension in dimensions
        for name in SUMS
    ]
    heads = _head(told, OF_SUMS), _head(told, OF_CELLS)
    among = ", ".join(f"'{dimension}'" for dimension in dimensions)
    parts = [
        _part(summed, f"{heads[0]}, {', '.join(f'part.{name}' for name in columns)}", told),
        _part(
            single,
            f"{heads[1]}, {', '.join(cases)}",
            told,
            "scoring_dimensioncell part ON part.survey_id = block.survey_id AND part.day = block.day",
            f" AND part.dimension IN ({among})",
        ),
    ]
    rows = _union(parts)
    sums = ", ".join(f"CAST(sum({column}) AS bigint)" for column in columns)
    return rows and Sql(
        f"SELECT label, location, touchpoint, mode, version_id, {sums} FROM ({rows.text}) AS told "
        "GROUP BY label, location, touchpoint, mode, version_id",
        rows.values,
    )


def ratings_by(told: Told, labelled: Mapping[int, Pieces]) -> Sql | None:
    """Rows: label, location, touchpoint, mode, version, then ratings as block sums hold them; or None, a measure and
    its n1 to n5.
    """
    summed, single = _pieces(told, labelled)
    counts = ", ".join(f"part.{name}" for name in RATINGS)
    return _union(
        [
            _part(summed, f"{_head(told, OF_SUMS)}, part.ratings, 0 AS measure{', 0' * len(RATINGS)}", told),
            _part(
                single,
                f"{_head(told, OF_CELLS)}, NULL, part.measure_id, {counts}",
                told,
                "surveys_measure measure ON measure.survey_id = block.survey_id "
                "JOIN scoring_measurecell part ON part.measure_id = measure.id AND part.day = block.day",
            ),
        ]
    )


def _pieces(
    told: Told, labelled: Mapping[int, Pieces]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(block, label) of those whose sums are read, and of the days whose cells are."""
    summed, single = [], []
    for label, pieces in labelled.items():
        by_cells = [*pieces.days, *pieces.unmade_days] if told.is_by_cells else list(pieces.unmade_days)
        by_sums = list(pieces.longer) if told.is_by_cells else [*pieces.longer, *pieces.days]
        single += [(block, label) for block in by_cells]
        summed += [(block, label) for block in by_sums]
    return summed, single


def _part(
    blocks: Sequence[tuple[int, int]], columns: str, told: Told, cells: str = "", more: str = ""
) -> Sql | None:
    """Of blocks' sums; with `cells`, which are joined to the day, of these."""
    if not blocks:
        return None
    rows = ", ".join(f"({block}, {label})" for block, label in blocks)
    piece = f"(WITH named (block, label) AS (VALUES {rows}) SELECT block, label FROM named) AS piece"
    joined = (
        f"JOIN scoring_block block ON block.id = piece.block JOIN {cells}"
        if cells
        else "JOIN scoring_blocksum part ON part.block_id = piece.block"
    )
    where = _where(told, OF_CELLS if cells else OF_SUMS, whichever=not cells)
    return Sql(f"SELECT {columns} FROM {piece} {joined} WHERE {where.text}{more}", where.values)


def _head(told: Told, names: Sequence[str]) -> str:
    facets = [
        f"{name if is_told else over_all} AS {place}"
        for name, is_told, over_all, place in zip(names, told.facets, WHICHEVER, PLACE, strict=True)
    ]
    return f"piece.label AS label, {', '.join(facets)}, part.version_id AS version_id"


def _where(told: Told, names: Sequence[str], *, whichever: bool) -> Sql:
    """`whichever`: in this table there are also rows over all parts of a facet."""
    scope = () if told.scope is None else tuple(told.scope)
    conditions = []
    for name, is_told, over_all in zip(names, told.facets, WHICHEVER, strict=True):
        if name == names[0] and told.scope is not None:
            conditions.append(f"{name} IN ({', '.join(['%s'] * len(scope)) or 'NULL'})")
        elif whichever:
            conditions.append(f"{name} {'<>' if is_told else '='} {over_all}")
    return Sql(" AND ".join(conditions) or "true", scope)


def _union(parts: Iterable[Sql | None]) -> Sql | None:
    every = [part for part in parts if part]
    text = " UNION ALL ".join(part.text for part in every)
    return Sql(text, tuple(value for part in every for value in part.values)) if every else None
