"""What a report must not show because reports with other filters are near: its counts, made ready for `neighbours`.

It needs numpy: import it late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reports.crossings import Among, Apart, Telling, merged
from reports.dominance import what_to_tell
from reports.near_questions import Lines, questions_to_tell
from reports.neighbours import Cube
from reports.periods import bucket_start
from reports.suppression import RESPONSES, Near, cuts_through, hidden_blocks

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reports.crossings import Crossed, CrossRows, Line
    from reports.neighbours import Array, Pick
    from reports.queries import PlaceRow, Reader


@dataclass(frozen=True, slots=True)
class Rest:
    """Locations that are told together: those of a region, chosen or not, or (None) all others."""

    region: Hashable
    is_chosen: bool = False


OTHERS = Rest(None)


def find_near(
    reader: Reader, places: Sequence[PlaceRow], asking: AbstractSet[int], rated: Mapping[Line, int]
) -> dict[str, Near]:
    """By dimension, and of all responses of the versions that ask one of them. `places` as the reader has told them;
    `rated`: how many of this report rated each question.
    """
    telling = what_to_tell(reader, places, asking)
    if rated:
        telling = replace(telling, questions=questions_to_tell(reader, places, Lines(rated)))
    return near_told_by(telling, reader, asking, rated)


def near_told_by(
    telling: Telling, reader: Reader, asking: AbstractSet[int], rated: Mapping[Line, int]
) -> dict[str, Near]:
    """What the same comes to whatever is told apart, as long as it is enough."""
    names, crossed = (RESPONSES, *reader.dimensions), reader.cross_rows(telling)
    if not crossed.by_piece.among:
        return {}
    places = Places(crossed.by_piece, reader, telling)
    counts, days, by = _counts(crossed.by_piece, asking), crossed.by_piece.days, reader.filters.by
    starts, n = places.tables([day and bucket_start(by, day) for day in days], counts)
    answered = zip(crossed.by_piece.versions, days, strict=True)
    versions, by_version = places.tables([one if day else None for one, day in answered], counts[:, :1])
    before, in_buckets = n[..., :1, :], n[..., 1:, :]
    periods = np.concatenate([in_buckets.sum(axis=3, keepdims=True), before], axis=3)
    near = places.near([(periods, False), (in_buckets, True), (by_version[..., 1:, :], True)], [places.pick])
    (now, before), near_buckets, near_versions = (one[0] for one in near)
    near_locations = _near_locations(crossed.whole, reader, asking)
    near_questions = _near_questions(crossed, reader, telling.questions, rated)
    return {
        name: Near(
            total=bool(now[at]),
            before=bool(before[at]),
            buckets=_some(starts, near_buckets[:, at]),
            locations=near_locations[at],
            versions=_some(versions, near_versions[:, 0]),
            questions=frozenset(line for line in near_questions if line.dimension == name),
        )
        for at, name in enumerate(names)
    }


def _near_locations(rows: CrossRows, reader: Reader, asking: AbstractSet[int]) -> list[frozenset[Hashable]]:
    """By name, of the reports of each location alone: where nothing but locations is chosen, these come first."""
    if not rows.among:
        return [frozenset()] * (1 + len(reader.dimensions))
    places = Places(rows, reader, Telling(Apart(), Apart()))
    n = places.tables([None] * len(rows.among), _counts(rows, asking))[1]
    singles: list[Pick] = [(frozenset([one]), *places.pick[1:]) for one in places.told]
    (near,) = places.near([(n[..., 0, :], False)], singles)
    near |= places.cut(n[..., 0, :])
    return [_some(places.told, near[:, at]) for at in range(near.shape[1])]


def _near_questions(
    crossed: Crossed, reader: Reader, apart: Apart | None, rated: Mapping[Line, int]
) -> frozenset[Line]:
    """Where something had to be told apart. Of a sample also those that nothing in it speaks against."""
    rows, region_of = crossed.rated, reader.choice.locations.group_of
    if not rows.among or apart is None:
        return frozenset()
    known = zip(rows.among, rows.locations, strict=True)
    locations: list[Any] = [region_of.get(one) if among.is_by_region else one for among, one in known]
    places, lines = Places(rows._replace(locations=locations), reader, Telling(apart, apart)), Lines(rated)
    n = places.tables([None] * len(locations), lines.counts(rows))[1]
    (near,) = places.near([(n[..., 0, :], True)], [places.pick], is_sample=crossed.is_sample)
    return lines.marked(near[0])


def _counts(rows: CrossRows, asking: AbstractSet[int]) -> Array:
    """Responses of the versions that ask, and those that rated each dimension."""
    counts = np.array(rows.counts, np.float64).T
    counts[:, 0] *= np.isin(rows.versions, list(asking))
    return counts


class Places:
    """Rows as a cube by location, touchpoint and mode."""

    def __init__(self, rows: CrossRows, reader: Reader, telling: Telling) -> None:
        self.minimum = reader.survey.minimum
        locations, touchpoints, modes = reader.choice.facets
        known = list(zip(rows.among, rows.locations, strict=True))
        self.told = list(dict.fromkeys(location for among, location in known if among is Among.TOLD))
        together, usually = (merged(reader.choice, one) for one in (telling.closer, telling.usual))
        inside = {Rest(locations.group_of[place], is_chosen=True) for place in together | usually}
        group_of = {place: group for place, group in locations.group_of.items() if place not in together}
        group_of |= {rest: rest.region for rest in [*inside, *map(Rest, locations.rests())]}
        self.facets = (replace(locations, group_of=group_of), touchpoints, modes)
        told = locations.chosen and frozenset((locations.chosen - together) | inside)
        self.pick: Pick = (told, touchpoints.chosen, modes.chosen)
        keys: list[Sequence[Hashable]] = [[_place(*one) for one in known], rows.touchpoints, rows.modes]
        self.parts = [list(dict.fromkeys(some)) for some in ([*self.told, *keys[0], OTHERS], *keys[1:])]
        numbers = [{part: at for at, part in enumerate(parts)} for parts in self.parts]
        self._at = [
            np.array([number[key] for key in some]) for number, some in zip(numbers, keys, strict=True)
        ]
        self._others = np.array(numbers[0][OTHERS])
        self._apart = np.flatnonzero([among is not Among.EVERYWHERE for among in rows.among])

    def tables[Label: Hashable](
        self, labels: Sequence[Label | None], columns: Array
    ) -> tuple[list[Label], Array]:
        """The labels; and by place, label and column the counts of the rows without one, then of each label."""
        known = list(dict.fromkeys(label for label in labels if label is not None))
        numbers: dict[Label | None, int] = {None: 0, **{label: at for at, label in enumerate(known, start=1)}}
        at = np.array([numbers[label] for label in labels])
        n = np.zeros((*map(len, self.parts), len(numbers), columns.shape[1]))
        place, touchpoint, mode = self._at
        np.add.at(n, (place, touchpoint, mode, at), columns)
        apart = self._apart
        np.subtract.at(n, (self._others, touchpoint[apart], mode[apart], at[apart]), columns[apart])
        return known, n

    def near(
        self, tables: Sequence[tuple[Array, bool]], picks: Sequence[Pick], *, is_sample: bool = False
    ) -> list[Array]:
        """For each of the tables by choice, label and column; with a table, whether it is held against reports that differ
        in one facet, too.
        """
        counts = np.concatenate([n.reshape(*n.shape[:3], -1) for n, _in_one in tables], axis=3)
        sizes = [n[0, 0, 0].size for n, _in_one in tables]
        in_one_facet = np.repeat([in_one for _n, in_one in tables], sizes).tolist()
        cube = Cube(self.facets, self.parts, counts)
        near = cube.near(picks, self.minimum, in_one_facet=in_one_facet, is_sample=is_sample)
        parts = zip(np.split(near, np.cumsum(sizes)[:-1], axis=1), tables, strict=True)
        return [one.reshape(len(picks), *n.shape[3:]) for one, (n, _in_one) in parts]

    def cut(self, tables: Array) -> Array:
        """By location that is told and column, whether the choice of touchpoints or modes cuts through parts that are
        withheld together there: the report of the location alone is withheld then.
        """
        there = tables[: len(self.told)]
        found = np.zeros((len(self.told), tables.shape[-1]), bool)
        for at, other in ((1, 2), (2, 1)):
            facet = self.facets[at]
            if facet.chosen is None:
                continue
            lets = [self.facets[other].lets(part) for part in self.parts[other]]
            counts = there.compress(lets, axis=other).sum(axis=other)
            small = ((counts > 0) & (counts < self.minimum)).any(axis=1)  # else there is nothing to withhold
            for place, column in np.argwhere(small).tolist():
                responses = dict(
                    zip(self.parts[at], counts[place, :, column].astype(int).tolist(), strict=True)
                )
                blocks = hidden_blocks(responses, facet, self.minimum)
                found[place, column] |= cuts_through(facet.chosen, blocks)
        return found


def _place(among: Among, location: int) -> int | Rest:
    if among is Among.TOLD:
        return location
    return OTHERS if among is Among.EVERYWHERE else Rest(location, among is Among.INSIDE)


def _some[Key](keys: Sequence[Key], which: Array) -> frozenset[Key]:
    return frozenset(key for key, one in zip(keys, which, strict=True) if one)
