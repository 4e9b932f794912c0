"""Adds up a block: what was answered in it, by place and over all places, in every combination of the facets.

Needs numpy, as the counter does. The counter counts; here its cells are put into rows of block sums.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from scoring.counting import Table, count, summed
from scoring.enums import Span
from scoring.rows import DIMENSIONS, MODES, plans_of
from surveys.enums import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from scoring.counting import Cells, Integers
    from scoring.rows import Row

KEY = ("touchpoint", "mode", "location", "version_id")
WHICHEVER = 0  # a touchpoint or location; of modes, the number 0 stands for it and the others begin with 1
MODE_NAMES = ("", *MODES)
RATED = np.dtype("<i4")  # what `ratings` is made of
RATED_NUMBERS = 9  # of one measure: its key, n1 to n5, does not apply, blank, unreadable
RATED_BYTES = RATED_NUMBERS * RATED.itemsize
ORDER = [DIMENSIONS.index(name) for name in Dimension.values]  # the columns' order from the counter's


class Facets(NamedTuple):
    """Which facets a row tells apart; the others are added up."""

    location: bool
    touchpoint: bool
    mode: bool


EVERY = tuple(Facets(*some) for some in product((False, True), repeat=3))
# A day's cells at one place hardly add up: there the cells themselves are read.
IN_A_DAY = tuple(some for some in EVERY if not all(some))


def kept(span: str) -> tuple[Facets, ...]:
    """The combinations that blocks of a span hold."""
    return IN_A_DAY if span == Span.DAY else EVERY


class SumRow(NamedTuple):
    """A row of BlockSum: its key, all responses and the sums of the dimensions, and its ratings."""

    key: tuple[int, str, int, int]  # as in KEY
    sums: tuple[int, ...]  # responses, then SUM_COLUMNS
    ratings: bytes


def sum_rows(rows: Iterable[Row], day: date, span: str) -> list[SumRow]:
    """The rows of one block that these responses make, sorted by key. `day` is any one day."""
    listed = [row._replace(day=day) for row in rows]
    cells = count(listed, plans_of(row.version for row in listed))
    if not len(cells.measures.keys):
        return []
    wide, measures = _wide(cells)
    tables = [_added_up(wide, facets) for facets in kept(span)]
    return [row for table in tables for row in _readable(table, measures)]


def _wide(cells: Cells) -> tuple[Table, Integers]:
    """One row for each place: responses, sums by dimension, then the counts of every measure there is.

    Keys: touchpoint, mode, location, version. Also returns the measures' keys, in the order of their counts.
    """
    measured, scored = cells
    measures, at_measure = np.unique(measured.keys[:, 0], return_inverse=True)
    # measure, day, location, touchpoint, mode, version; a dimension's key has one part more before the day
    keys, at_place = np.unique(measured.keys[:, [3, 4, 2, 5]], axis=0, return_inverse=True)
    counts = np.zeros((len(keys), len(measures), measured.counts.shape[1]), np.int64)
    counts[at_place.reshape(-1), at_measure] = measured.counts
    sums = np.zeros((len(keys), len(DIMENSIONS), scored.counts.shape[1]), np.int64)
    sums[_rows_of(keys, scored.keys[:, [4, 5, 3, 6]]), scored.keys[:, 1]] = scored.counts
    # Every response stands in the counts of every question of its version.
    responses = counts.sum(axis=2).max(axis=1, initial=0, keepdims=True)
    keys[:, 1] += 1
    parts = [responses, sums[:, ORDER].reshape(len(keys), -1), counts.reshape(len(keys), -1)]
    return Table(keys, np.hstack(parts)), measures


def _rows_of(keys: Integers, wanted: Integers) -> Integers:
    """Where each wanted key stands in the sorted keys, all of which are there."""
    _all, at = np.unique(np.vstack([keys, wanted]), axis=0, return_inverse=True)
    return at.reshape(-1)[len(keys) :]


def _added_up(wide: Table, facets: Facets) -> Table:
    kept_columns = [facets.touchpoint, facets.mode, facets.location, True]
    return summed([Table(wide.keys * kept_columns, wide.counts)])


def _readable(table: Table, measures: Integers) -> Iterator[SumRow]:
    scores = 1 + len(DIMENSIONS) * 5
    counts = table.counts[:, scores:].reshape(len(table.keys), len(measures), -1)
    named = np.broadcast_to(measures[:, None], (*counts.shape[:2], 1))
    rated = np.concatenate([named, counts], axis=2).astype(RATED)
    is_asked = counts.any(axis=2)
    for at, (key, sums) in enumerate(
        zip(table.keys.tolist(), table.counts[:, :scores].tolist(), strict=True)
    ):
        touchpoint, mode, location, version = key
        ratings = rated[at][is_asked[at]].tobytes()
        yield SumRow((touchpoint, MODE_NAMES[mode], location, version), tuple(sums), ratings)


def rated_counts(ratings: Iterable[bytes]) -> Any:
    """The ratings of many rows as one array: measure, n1 to n5, does not apply, blank, unreadable."""
    return np.frombuffer(b"".join(ratings), RATED).reshape(-1, RATED_NUMBERS).astype(np.int64)
