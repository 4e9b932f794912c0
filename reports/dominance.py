"""What has to be told apart to hold a report against others: what could be nearly all of it. It needs numpy: import it
late.

A report can only be near to another one whose parts of a facet have nearly all of its own responses (`neighbours`). In a
large report no location, touchpoint or mode has, and none has to be told apart. So most are excluded by the sums of one
facet at a time, which are few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reports.crossings import Apart, Telling
from reports.periods import bucket_start

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reports.choice import Choice, Facet
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


class Counted(NamedTuple):
    """By location that is let through: responses, and those that rated each dimension."""

    places: list[int]
    now: Array
    before: Array


@dataclass(frozen=True, slots=True)
class Dominating:
    """By table, what may be nearly all of it: locations and regions (0: none), or a part or group of the other facets."""

    choice: Choice
    locations: Mapping[Table, frozenset[int]]
    regions: Mapping[Table, frozenset[int]]
    others: Mapping[int, AbstractSet[Table]]  # by facet

    def buckets(self) -> frozenset[date]:
        """Those in which something is in the way. A chosen region is always told."""
        regions = (
            {} if self.choice.locations.chosen else {key: some - {0} for key, some in self.regions.items()}
        )
        places = (table for some in (self.locations, regions) for table, parts in some.items() if parts)
        return frozenset(
            table.label for table in chain(places, *self.others.values()) if isinstance(table.label, date)
        )

    def apart(self, *, in_buckets: bool) -> Apart:
        def together(tables: Mapping[Table, frozenset[int]]) -> frozenset[int]:
            some = (
                parts for table, parts in tables.items() if in_buckets or not isinstance(table.label, date)
            )
            return frozenset().union(*some)

        told = {
            at: facet.chosen is not None
            or any(in_buckets or not isinstance(one.label, date) for one in self.others.get(at, ()))
            for at, facet in enumerate(self.choice.facets)
        }
        locations = together(self.locations) if self.choice.tells_regions else None
        return Apart(locations, together(self.regions) - {0}, touchpoints=told[1], modes=told[2])


def what_to_tell(reader: Reader, places: Iterable[PlaceRow], asking: AbstractSet[int]) -> Telling:
    """Everything that a near report may be told by, in any bucket, version or dimension."""
    choice, minimum = reader.choice, reader.survey.minimum
    rows: dict[int, list[MarginRow]] = defaultdict(list)
    for row in reader.margin_rows():
        rows[row.facet].append(row)
    margins = {at: _margin(some, reader, asking) for at, some in rows.items()}
    present = reader.present_parts()
    others = {at: _dominated(margins[at], choice.facets[at], present[at], minimum) for at in margins if at}
    locations, regions = {}, {}
    if 0 in margins:
        regions = _regions(margins[0], minimum)
        locations = _locations(margins[0], minimum, regions.keys(), _counts(places, reader, asking))
    found = Dominating(choice, locations, regions, others)
    return Telling(found.apart(in_buckets=False), found.apart(in_buckets=True), found.buckets())


def _margin(rows: Sequence[MarginRow], reader: Reader, asking: AbstractSet[int]) -> Margin:
    """By bucket, now and before; and by version, which is told by all its responses alone."""
    by, names = reader.filters.by, range(1 + len(reader.dimensions))
    counts = np.array([(row.responses * (row.version in asking), *row.rated) for row in rows], np.int64)
    parts, at = _numbered([row.part for row in rows])
    labels, label = _numbered([bucket_start(by, row.day) if row.day else BEFORE for row in rows])
    versions, version = _numbered([row.version for row in rows])
    is_now = np.array([row.day is not None for row in rows], bool)
    n = np.zeros((len(parts), len(labels) + 1, len(names)), np.int64)
    of_versions = np.zeros((len(parts), len(versions)), np.int64)
    np.add.at(n, (at, label), counts)
    np.add.at(n[:, -1], at[is_now], counts[is_now])
    np.add.at(of_versions, (at[is_now], version[is_now]), counts[is_now, 0])
    tables = [Table(one, name) for one in (*labels, NOW) for name in names]
    tables += [Table(one, 0) for one in versions]
    return Margin(parts, tables, np.concatenate([n.reshape(len(parts), -1), of_versions], axis=1))


def _numbered[Key: Hashable](keys: Sequence[Key]) -> tuple[list[Key], Array]:
    """Each key once, and the numbers of all by them."""
    numbers: dict[Key, int] = {}
    at = np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)
    return list(numbers), at


def _dominated(margin: Margin, facet: Facet, present: AbstractSet[int | str], minimum: int) -> set[Table]:
    """Where a part, or a group of them that can be chosen, may be nearly everything.

    Not one that has all parts with responses, wherever else: a report of it is one that does not choose from this facet.
    """
    sets = {frozenset([part]) for part in margin.parts}
    for group_of in facet.groupings:
        for group in {group_of.get(part) for part in margin.parts} - {None}:
            sets.add(frozenset(part for part in present if group_of.get(part) == group))
    told = [[part in one for part in margin.parts] for one in sets if not one >= present]
    if not told:
        return set()
    found = (np.array(told, np.int64) @ margin.n >= margin.needed(minimum)).any(axis=0)
    return {margin.tables[at] for at in np.flatnonzero(found).tolist()}


def _regions(margin: Margin, minimum: int) -> dict[Table, frozenset[int]]:
    found: dict[Table, set[int]] = defaultdict(set)
    for part, table in np.argwhere(margin.n >= margin.needed(minimum)).tolist():
        found[margin.tables[table]].add(int(margin.parts[part]))
    return {table: frozenset(parts) for table, parts in found.items()}


def _locations(
    margin: Margin, minimum: int, tables: AbstractSet[Table], counts: Counted
) -> dict[Table, frozenset[int]]:
    """In these tables, where their region may be nearly everything: as far as what they have in the whole period goes."""
    needed = dict(zip(margin.tables, margin.needed(minimum).tolist(), strict=True))
    found = {}
    for table in tables:
        n = counts.before if table.label == BEFORE else counts.now
        enough = np.flatnonzero(n[:, table.name] >= needed[table]).tolist()
        found[table] = frozenset(counts.places[at] for at in enough)
    return found


def _counts(places: Iterable[PlaceRow], reader: Reader, asking: AbstractSet[int]) -> Counted:
    rows = [row for row in places if row.facet == 0 and reader.choice.locations.lets(row.part)]
    keys, at = _numbered([int(row.part) for row in rows])
    rated = [[row.sums[name][0] if name in row.sums else 0 for name in reader.dimensions] for row in rows]
    counts = [(row.responses * (row.version in asking), *n) for row, n in zip(rows, rated, strict=True)]
    is_now = np.array([row.is_current for row in rows], np.int64)
    found = np.zeros((2, len(keys), 1 + len(reader.dimensions)), np.int64)
    if rows:
        np.add.at(found, (is_now, at), counts)
    return Counted(keys, now=found[1], before=found[0])
