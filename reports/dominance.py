"""What has to be told apart to hold a report against others: what could be nearly all of it. It needs numpy: import it
late.

A report can only be near to another one whose parts of a facet have nearly all of its own responses (`neighbours`). In a
large report no location, touchpoint or mode has, and none has to be told apart. So most are excluded by the sums of one
facet at a time, which are few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reports.crossings import Apart
from reports.periods import bucket_start

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from reports.choice import Facet
    from reports.crossings import MarginRow
    from reports.queries import PlaceRow, Reader

    type Array = np.ndarray[Any, Any]

NOW, BEFORE = "now", "before"  # in place of a bucket or version


class Table(NamedTuple):
    """Responses in a bucket (or now, before) that rated a dimension, or by version; `name` is the dimension's number."""

    label: Hashable
    name: int


class Margin(NamedTuple):
    """Responses of a report by part of one facet and table."""

    parts: list[int | str]
    tables: list[Table]
    n: Array

    def needed(self, minimum: int) -> Array:
        """By table, how many responses one part must have if a report of it is to be near; infinite for small tables."""
        total = self.n.sum(axis=0)
        return np.where(total >= minimum, np.maximum(minimum, total - minimum + 1), np.inf)


def what_to_tell(reader: Reader, places: Iterable[PlaceRow], asking: AbstractSet[int]) -> Apart:
    """Everything that a near report may be told by, in any bucket, version or dimension."""
    choice, minimum = reader.choice, reader.survey.minimum
    rows: dict[int, list[MarginRow]] = defaultdict(list)
    for row in reader.margin_rows():
        rows[row.facet].append(row)
    margins = {at: _margin(some, reader, asking) for at, some in rows.items()}
    told = [
        facet.chosen is not None or (at in margins and _is_dominated(margins[at], facet, minimum))
        for at, facet in enumerate(choice.facets)
    ]
    apart = Apart(touchpoints=told[1], modes=told[2])
    if not choice.tells_regions:
        return apart
    if 0 not in margins:
        return replace(apart, locations=frozenset())
    margin, needed = margins[0], margins[0].needed(minimum)
    dominating = margin.n >= needed
    regions = {int(part) for part, some in zip(margin.parts, dominating, strict=True) if part and some.any()}
    least = _least(margin, np.where(dominating.any(axis=0), needed, np.inf))
    counts = _counts(places, reader, asking)
    locations = {place for (place, is_now), n in counts.items() if (n >= least[int(is_now)]).any()}
    return replace(apart, locations=frozenset(locations), regions=frozenset(regions))


def _margin(rows: Sequence[MarginRow], reader: Reader, asking: AbstractSet[int]) -> Margin:
    parts = list(dict.fromkeys(row.part for row in rows))
    cells: dict[tuple[Hashable, Table], int] = defaultdict(int)
    for row in rows:
        counts = (row.responses * (row.version in asking), *row.rated)
        labels = (bucket_start(reader.filters.by, row.day), NOW) if row.day else (BEFORE,)
        for label in labels:
            for name, n in enumerate(counts):
                cells[row.part, Table(label, name)] += n
        if row.day:
            cells[row.part, Table(row.version, 0)] += counts[0]
    tables = list(dict.fromkeys(table for _part, table in cells))
    counted = [[cells.get((part, table), 0) for table in tables] for part in parts]
    return Margin(parts, tables, np.array(counted, np.int64))


def _is_dominated(margin: Margin, facet: Facet, minimum: int) -> bool:
    """Whether a part, or a group of them that can be chosen and is not all there are, may be nearly all of a table."""
    sets = [[part == one for part in margin.parts] for one in margin.parts]
    for group_of in facet.groupings:
        groups = {group_of.get(part) for part in margin.parts} - {None}
        groups = groups if len({*group_of.values()}) > 1 else set()
        sets += [[group_of.get(part) == group for part in margin.parts] for group in groups]
    return bool((np.array(sets, np.int64) @ margin.n >= margin.needed(minimum)).any())


def _least(margin: Margin, needed: Array) -> Array:
    """Before and now, by name: what a location must have at least in the whole period to be in the way anywhere."""
    least = np.full((2, 1 + max(table.name for table in margin.tables)), np.inf)
    for table, one in zip(margin.tables, needed.tolist(), strict=True):
        row = int(table.label != BEFORE)
        least[row, table.name] = min(least[row, table.name], one)
    return least


def _counts(
    places: Iterable[PlaceRow], reader: Reader, asking: AbstractSet[int]
) -> dict[tuple[int, bool], Array]:
    """By location that is let through, now or before: responses, and those that rated each dimension."""
    counts: dict[tuple[int, bool], Array] = {}
    for row in places:
        if row.facet == 0 and reader.choice.locations.lets(row.part):
            rated = [row.sums[name].n if name in row.sums else 0 for name in reader.dimensions]
            n = np.array([row.responses * (row.version in asking), *rated])
            key = int(row.part), row.is_current
            counts[key] = counts.get(key, 0) + n
    return counts
