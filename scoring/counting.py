"""Counts ratings by the thousand: the bytes of many responses become one array, which is counted as a whole.

This is the only module of the room that needs numpy. It is imported where counting happens, never while a page
is served.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metrics.dimensions import ONE, SQUARE_UNIT
from metrics.ratings import HIGHEST, LOWEST, SATISFIED_FROM
from scoring.rows import DIMENSIONS, MODES, WIDTH, Plan, Row
from surveys.enums import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    type Integers = NDArray[np.int64]
    type Place = tuple[int, int, str, date]

# What a sign counts as: the columns of a measure's cell, in order, and one more for what is counted nowhere.
SIGNS = "12345" + Answer.NOT_APPLICABLE + Answer.BLANK + Answer.UNREADABLE
NOWHERE = len(SIGNS)
COLUMN_OF_SIGN = np.full(256, NOWHERE, np.uint8)
COLUMN_OF_SIGN[[ord(sign) for sign in SIGNS]] = range(NOWHERE)
RATING_OF_SIGN = np.zeros(256, np.float32)
RATING_OF_SIGN[[ord(str(rating)) for rating in range(LOWEST, HIGHEST + 1)]] = range(LOWEST, HIGHEST + 1)

# Responses counted at a time: they bound the memory.
PIECE = 20_000


class Table(NamedTuple):
    """Cells of one kind: a key in each row of `keys`, its counts in the same row of `counts`."""

    keys: Integers
    counts: Integers

    def negative(self) -> Table:
        return Table(self.keys, -self.counts)


class Cells(NamedTuple):
    """Both kinds of cells, as in scoring/models.py.

    Keys of `measures`: measure, day, location, touchpoint, mode, version; counts: n1 to n5, does not apply,
    blank, unreadable. Keys of `dimensions`: survey, dimension, and then the same from day on; counts: responses,
    mean_sum, mean_squares, share_sum, share_squares. Days are ordinals, modes and dimensions places in MODES
    and DIMENSIONS.
    """

    measures: Table
    dimensions: Table

    def negative(self) -> Cells:
        return Cells(self.measures.negative(), self.dimensions.negative())


NO_CELLS = Cells(
    Table(np.zeros((0, 6), np.int64), np.zeros((0, NOWHERE), np.int64)),
    Table(np.zeros((0, 7), np.int64), np.zeros((0, 5), np.int64)),
)


def count(rows: Iterable[Row], plans: Mapping[int, Plan]) -> Cells:
    """The cells that these responses make, sorted by key. Rows of a version without a plan count nowhere."""
    pieces = _pieces(row for row in rows if row.version in plans)
    return added(_count_piece(version, plans[version], texts) for version, texts in pieces)


def added(parts: Iterable[Cells]) -> Cells:
    """The sum of cells, sorted by key, without those that come to nothing."""
    every = [NO_CELLS, *parts]
    return Cells(summed([part.measures for part in every]), summed([part.dimensions for part in every]))


def summed(tables: list[Table]) -> Table:
    """The sum of tables of one kind, sorted by key, without rows that come to nothing."""
    keys = np.concatenate([table.keys for table in tables])
    counts = np.concatenate([table.counts for table in tables])
    if not len(keys):
        return Table(keys, counts)
    order = np.lexsort(keys.T[::-1])
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.append(True, (keys[1:] != keys[:-1]).any(axis=1)))
    sums = np.add.reduceat(counts, starts, axis=0)
    something = sums.any(axis=1)
    return Table(keys[starts][something], sums[something])


def _pieces(rows: Iterable[Row]) -> Iterator[tuple[int, dict[Place, list[str]]]]:
    """The ratings of one version by place and day, at most PIECE responses together."""
    waiting: dict[int, dict[Place, list[str]]] = defaultdict(lambda: defaultdict(list))
    room: dict[int, int] = defaultdict(lambda: PIECE * WIDTH)
    for version, location, touchpoint, mode, day, ratings in rows:
        rest = ratings
        while rest:
            taken, rest = rest[: room[version]], rest[room[version] :]
            waiting[version][location, touchpoint, mode, day].append(taken)
            room[version] -= len(taken)
            if not room[version]:
                yield version, waiting.pop(version)
                del room[version]
    yield from waiting.items()


def _count_piece(version: int, plan: Plan, texts: dict[Place, list[str]]) -> Cells:
    joined = ["".join(parts) for parts in texts.values()]
    signs = np.frombuffer("".join(joined).encode("ascii"), np.uint8).reshape(-1, WIDTH)
    sizes = np.array([len(text) // WIDTH for text in joined])
    places = np.array(
        [
            (day.toordinal(), location, touchpoint, MODES.index(mode), version)
            for location, touchpoint, mode, day in texts
        ]
    )
    return Cells(_measures(plan, places, sizes, signs), _dimensions(plan, places, sizes, signs))


def _measures(plan: Plan, places: Integers, sizes: Integers, signs: NDArray[np.uint8]) -> Table:
    slots = np.arange(len(sizes) * WIDTH).reshape(-1, WIDTH) * (NOWHERE + 1)
    counted = np.bincount(
        (slots.repeat(sizes, axis=0) + COLUMN_OF_SIGN[signs]).ravel(),
        minlength=len(sizes) * WIDTH * (NOWHERE + 1),
    ).reshape(len(sizes), WIDTH, NOWHERE + 1)
    turned = [item.position for item in plan.items if item.is_reversed]
    counted[:, turned, :HIGHEST] = counted[:, turned, HIGHEST - 1 :: -1]
    asked = [item.position for item in plan.items]
    measures = np.array([item.measure for item in plan.items])
    return Table(_keys(measures, places), counted[:, asked, :NOWHERE].reshape(-1, NOWHERE))


def _dimensions(plan: Plan, places: Integers, sizes: Integers, signs: NDArray[np.uint8]) -> Table:
    ratings = RATING_OF_SIGN[signs]
    turned = [item.position for item in plan.items if item.is_reversed]
    ratings[:, turned] = np.where(ratings[:, turned] > 0, LOWEST + HIGHEST - ratings[:, turned], 0)
    dimensions, weights = _weights(plan)
    # Sums of at most 20 small whole numbers: exact in any floating point.
    whole, points, satisfied = (
        (part.astype(np.float32) @ weights).astype(np.int64)
        for part in (ratings > 0, ratings, ratings >= SATISFIED_FROM)
    )
    mean, share = (_millionths(part, whole) for part in (points, satisfied))
    scores = np.stack(
        [whole > 0, mean, mean * mean // SQUARE_UNIT, share, share * share // SQUARE_UNIT], axis=2
    )
    sums = np.add.reduceat(scores, np.cumsum(sizes) - sizes, axis=0)
    heads = np.array([(plan.survey, dimension) for dimension in dimensions])
    return Table(_keys(heads, places), sums.reshape(-1, sums.shape[2]))


def _weights(plan: Plan) -> tuple[list[int], NDArray[np.float32]]:
    """The dimensions that a version asks about, and for each the weight of every position."""
    dimensions = sorted({DIMENSIONS.index(item.dimension) for item in plan.items})
    weights = np.zeros((WIDTH, len(dimensions)), np.float32)
    for item in plan.items:
        weights[item.position, dimensions.index(DIMENSIONS.index(item.dimension))] = item.weight
    return dimensions, weights


def _millionths(part: Integers, whole: Integers) -> Integers:
    """As metrics.dimensions: rounded half up. Nothing rated is 0, and counts as no response."""
    return (part * ONE + whole // 2) // np.maximum(whole, 1)


def _keys(heads: Integers, places: Integers) -> Integers:
    """Every head at every place: the places one after the other, the heads within each."""
    heads = heads.reshape(len(heads), -1)
    return np.hstack([np.tile(heads, (len(places), 1)), places.repeat(len(heads), axis=0)])
