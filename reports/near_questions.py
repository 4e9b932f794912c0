"""Which parts have to be told apart to hold a question against the same question in reports of the same days.

A choice that has all of this one by its names (the region of its location) is read with the questions themselves. Here it
is about those that have it only because of what was answered: then nearly all who rated the question are at one location,
region, touchpoint or mode. None has where no part has as many responses of the dimension as there are ratings of the
question, so that nothing is read for most reports. It needs numpy: import it late.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from reports.crossings import Apart
from scoring.sums import RATED, rated_counts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reports.choice import Facet
    from reports.crossings import CrossRows, Line
    from reports.neighbours import Array
    from reports.queries import PlaceRow, Reader

    type Part = int | str

RATINGS = slice(1, 6)  # n1 to n5, behind the measure
ONE = 9 * RATED.itemsize  # the length of what a block sum holds of one question


class Lines:
    """Questions by version; behind them, wherever counts are by line, the questions of all versions."""

    def __init__(self, rated: Mapping[Line, int]) -> None:
        """How many rated each in the report."""
        self.lines = list(rated)
        self.measures = list(dict.fromkeys(line.measure for line in rated))
        self.versions = list(dict.fromkeys(line.version for line in rated))
        self.rated = self.with_totals(np.array(list(rated.values()), np.int64))

    def with_totals(self, by_line: Array) -> Array:
        owners = [[line.measure == one for one in self.measures] for line in self.lines]
        return np.concatenate([by_line, by_line @ np.array(owners, np.int64)], axis=-1)

    def of_dimensions(self, by_version: Array, names: Sequence[str]) -> Array:
        """By part and line the responses of its dimension; from those by part, version and dimension."""
        at = [(self.versions.index(line.version), names.index(line.dimension)) for line in self.lines]
        version, name = np.array(at, np.int64).T
        return self.with_totals(by_version[:, version, name])

    def counts(self, rows: CrossRows) -> Array:
        """By row and line how many rated it."""
        # A row's ratings are those of a block sum, or of one question.
        ratings, *counts = rows.counts
        cells = np.array(counts, RATED).T
        blobs = [blob or cells[at].tobytes() for at, blob in enumerate(ratings)]
        table, owners = (
            rated_counts(blobs),
            np.repeat(np.arange(len(blobs)), [len(one) // ONE for one in blobs]),
        )
        versions = np.array(rows.versions)[owners]
        found = np.zeros((len(blobs), len(self.lines)), np.int64)
        for at, line in enumerate(self.lines):
            own = (versions == line.version) & (table[:, 0] == line.measure)
            np.add.at(found[:, at], owners[own], table[own, RATINGS].sum(axis=1))
        return self.with_totals(found)

    def marked(self, which: Array) -> frozenset[Line]:
        """Those that are marked, as far as they were rated; of all versions, with none."""
        totals = {line.measure: line._replace(version=None) for line in self.lines}
        keys = [*self.lines, *(totals[measure] for measure in self.measures)]
        return frozenset(keys[at] for at in np.flatnonzero(which & (self.rated > 0)).tolist())


def questions_to_tell(reader: Reader, places: Iterable[PlaceRow], lines: Lines) -> Apart | None:
    """Every part and group that may have nearly all who rated a question; None: there is none."""
    choice, minimum = reader.choice, reader.survey.minimum
    needed = np.where(lines.rated >= minimum, np.maximum(minimum, lines.rated - minimum + 1), np.inf)
    rows, present = list(places), reader.present_parts()
    found: list[set[frozenset[Part]]] = [set(), set(), set()]
    for at, facet in enumerate(choice.facets):
        if choice.compared_by[at]:
            parts, n = _margin(list(_counted(at, reader, rows)), reader.dimensions, lines)
            everything = present.get(at) or frozenset(facet.group_of).union(parts)
            found[at] = _dominating(facet, parts, n, needed, everything)
    if not any(found):
        return None
    together = [frozenset[Any]().union(*some) for some in found]
    alone: frozenset[Any] = frozenset().union(*(one for one in found[0] if len(one) == 1))
    regions: frozenset[Any] = frozenset(choice.locations.group_of[place] for place in together[0]) - {None}
    return Apart(
        alone if choice.tells_regions else None,
        regions if choice.locations.chosen is None else frozenset(),
        touchpoints=bool(choice.touchpoints.chosen or together[1]),
        modes=bool(choice.modes.chosen or together[2]),
    )


def _counted(
    facet: int, reader: Reader, places: Iterable[PlaceRow]
) -> Iterator[tuple[Part, int, Sequence[int]]]:
    """Part, version and the responses of each dimension in the period, as all filters let them through."""
    own = reader.choice.facets[facet]
    if facet and own.chosen is None:
        for margin in reader.margin_rows():
            if margin.facet == facet and margin.day:
                yield margin.part, margin.version, margin.rated
        return
    for row in places:
        if row.facet == facet and row.is_current and own.lets(row.part):
            counts = [row.sums[name][0] if name in row.sums else 0 for name in reader.dimensions]
            yield row.part, row.version, counts


def _margin(
    rows: Sequence[tuple[Part, int, Sequence[int]]], dimensions: Sequence[str], lines: Lines
) -> tuple[list[Part], Array]:
    """Parts; and by part and line the responses of its dimension."""
    parts = {part: at for at, part in enumerate(dict.fromkeys(part for part, *_row in rows))}
    versions = {version: at for at, version in enumerate(lines.versions)}
    n = np.zeros(
        (len(parts), len(versions) + 1, len(dimensions)), np.int64
    )  # the last one: of no version asked
    at = np.array([(parts[part], versions.get(version, -1)) for part, version, _counts in rows], np.int64)
    np.add.at(n, tuple(at.reshape(-1, 2).T), np.array([row[2] for row in rows]).reshape(-1, len(dimensions)))
    return list(parts), lines.of_dimensions(n, dimensions)


def _dominating(
    facet: Facet, parts: Sequence[Part], n: Array, needed: Array, everything: AbstractSet[Part]
) -> set[frozenset[Part]]:
    """Parts and groups with as many as needed; not what has all of the choice by its names, or all there is."""
    sets = {frozenset([parts[at]]) for at in np.flatnonzero((n >= needed).any(axis=1)).tolist()}
    for group_of in facet.groupings:
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for at, part in enumerate(parts):
            groups[group_of.get(part)].append(at)
        for group, some in groups.items():
            if group is not None and (n[some].sum(axis=0) >= needed).any():
                sets.add(frozenset(part for part in everything if group_of.get(part) == group))
    chosen = everything if facet.chosen is None else facet.chosen
    return {one for one in sets if not chosen <= one}
