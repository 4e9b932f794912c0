"""The rows that were read as arrays: by line of the ways, by part of the facets. Raw. It needs numpy: import it late."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from reports.breakdown.lines import FACETS
from scoring.models import SUMS
from scoring.sums import RATED_BYTES, rated_counts

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from reports.breakdown.lines import Lines
    from reports.breakdown.queries import Label, Material, RatingRow, ScoreRow
    from reports.choice import Choice

    type Array = np.ndarray[Any, Any]

RATED = 5  # n1 to n5


@dataclass(frozen=True)
class Cube:
    """Answers of one kind: for each row its part on every axis, its number of responses, its sums.

    `rows`, `columns`: the ways; without columns there is a single one, number 0.
    """

    axes: Mapping[str, Sequence[Hashable]]
    sums: Array
    n: Array
    choice: Choice
    rows: Lines
    columns: Lines | None

    @cached_property
    def row(self) -> Array:
        return self._numbers(self.rows)

    @cached_property
    def column(self) -> Array:
        return self._numbers(self.columns) if self.columns else np.zeros(len(self.n), np.int64)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows.lines), len(self.columns.lines) if self.columns else 1

    @cached_property
    def passes(self) -> list[Array]:
        """For each facet, whether the filters let a row through."""
        return [
            np.ones(len(self.n), bool)
            if facet.chosen is None
            else np.array([facet.lets(part) for part in self.axes[axis]], bool)
            for axis, facet in zip(FACETS, self.choice.facets, strict=True)
        ]

    @cached_property
    def inside(self) -> Array:
        mask: Array = np.logical_and.reduce(self.passes)
        return mask

    def counts(self, mask: Array) -> Array:
        """Responses by row and column, of the answers in the mask."""
        table = np.zeros(self.shape, np.int64)
        np.add.at(table, (self.row[mask], self.column[mask]), self.n[mask])
        return table

    def summed(self) -> Array:
        """The sums by row and column, of what the filters let through."""
        table = np.zeros((*self.shape, self.sums.shape[1]), np.int64)
        np.add.at(table, (self.row[self.inside], self.column[self.inside]), self.sums[self.inside])
        return table

    def _numbers(self, lines: Lines) -> Array:
        number_of = lines.number_of()
        return np.array([number_of[part] for part in self.axes[lines.axis]], np.int64)


def score_cube(material: Material, dimension: str, rows: Lines, columns: Lines | None) -> Cube:
    """One dimension's sums."""
    start = material.dimensions.index(dimension) * len(SUMS)
    sums = np.array([row.sums[start : start + len(SUMS)] for row in material.scores], np.int64)
    sums = sums.reshape(-1, len(SUMS))
    some = np.flatnonzero(sums[:, 0]).tolist()
    axes = _axes([material.scores[at] for at in some])
    return Cube(axes, sums[some], sums[some, 0], material.choice, rows, columns)


def rating_cube(material: Material, rows: Lines, columns: Lines | None) -> Cube:
    """The ratings of each question."""
    atoms: dict[tuple[Label, int, int, str, int], int] = {}
    at = np.array([atoms.setdefault(row[:5], len(atoms)) for row in material.ratings], np.int64)
    summed = [number for number, row in enumerate(material.ratings) if row.ratings is not None]
    blobs = [material.ratings[number].ratings or b"" for number in summed]
    counted = [number for number, row in enumerate(material.ratings) if row.ratings is None]
    tables = [rated_counts(blobs)[:, : 1 + RATED], _counted(material.ratings, counted)]
    lengths = np.array([len(blob) for blob in blobs], np.int64) // RATED_BYTES
    owners = np.concatenate([np.repeat(at[summed], lengths), at[counted]]).astype(np.int64)
    table = np.concatenate(tables)
    known = np.isin(table[:, 0], list(material.questions))
    width = table[:, 0].max(initial=0) + 1
    keys, where = np.unique((owners * width + table[:, 0])[known], return_inverse=True)
    sums = np.zeros((len(keys), RATED), np.int64)
    np.add.at(sums, where.reshape(-1), table[known, 1:])
    listed = list(atoms)
    axes = _axes([listed[owner] for owner in (keys // width).tolist()])
    return Cube(
        {**axes, "measure": (keys % width).tolist()}, sums, sums.sum(axis=1), material.choice, rows, columns
    )


def _counted(rows: Sequence[RatingRow], numbers: Sequence[int]) -> Array:
    return np.array([rows[number].counts for number in numbers], np.int64).reshape(-1, 1 + RATED)


def _axes(rows: Sequence[ScoreRow | tuple[Label, int, int, str, int]]) -> dict[str, list[Hashable]]:
    return {
        "survey": [row[0].survey for row in rows],
        "weekday": [row[0].weekday for row in rows],
        "time": [row[0].time for row in rows],
        "location": [row[1] for row in rows],
        "touchpoint": [row[2] for row in rows],
        "mode": [row[3] for row in rows],
        "version": [row[4] for row in rows],
    }
