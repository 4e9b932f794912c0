"""Adds up the ratings of block sums and cells, many at once. Imported where a report is made: it needs numpy."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from scoring.sums import rated_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

type Key = tuple[int, int, int]  # number of the selection, version, measure


def add_up(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Key, list[int]]]:
    """For each selection, version and measure the eight counts of a measure cell.

    Rows: selection, version, and the ratings of a block sum or, where that is None, a measure and its counts.
    """
    tables: dict[tuple[int, int], list[Any]] = defaultdict(list)
    ratings: dict[tuple[int, int], list[bytes]] = defaultdict(list)
    for number, version, summed, *counts in rows:
        if summed is None:
            tables[number, version].append(np.array([counts], np.int64))
        else:
            ratings[number, version].append(summed)
    for key, some in ratings.items():
        tables[key].append(rated_counts(some))
    for (number, version), parts in tables.items():
        rows = np.concatenate(parts)
        measures, at = np.unique(rows[:, 0], return_inverse=True)
        sums = np.zeros((len(measures), rows.shape[1] - 1), np.int64)
        np.add.at(sums, at, rows[:, 1:])
        for measure, counts in zip(measures.tolist(), sums.tolist(), strict=True):
            yield (number, version, measure), counts
