"""The facets of a report (where, at which touchpoint, by which mode) as keys of cells: what is let through."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from reports.filters import Filters
    from reports.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Facet:
    """One way in which responses fall into parts, the parts into groups, and the parts let through.

    `chosen` None lets everything through. `group_of` names the groups that can be chosen as a whole
    (a location's region); a part without one is in a group with its like.
    """

    column: str
    chosen: frozenset[Any] | None
    group_of: Mapping[Any, Hashable]
    other_groups: tuple[Mapping[Any, Hashable], ...] = ()  # that can be chosen as a whole, too

    @property
    def groupings(self) -> tuple[Mapping[Any, Hashable], ...]:
        return self.group_of, *self.other_groups

    @property
    def is_single(self) -> bool:
        return self.chosen is not None and len(self.chosen) == 1

    @property
    def is_natural(self) -> bool:
        """Whether everything, a single part or a whole group is let through."""
        return self.holds_together(self.chosen)

    def holds_together(self, chosen: frozenset[Any] | None) -> bool:
        """Whether a choice is everything, a single part or a whole group."""
        if chosen is None or len(chosen) == 1:
            return True
        return any(chosen in _groups(group_of).values() for group_of in self.groupings)

    def wider(self) -> list[frozenset[Any] | None]:
        """The choice, the whole groups that it is a part of, and everything: what contains it, whatever was answered."""
        if self.chosen is None:
            return [None]
        groups = (group for group_of in self.groupings for group in _groups(group_of).values())
        return [self.chosen, *dict.fromkeys(group for group in groups if self.chosen < group), None]

    def rests(self) -> dict[Hashable, frozenset[Any]]:
        """Of the groups that something is chosen from, what is not."""
        if self.chosen is None:
            return {}
        groups = _groups(self.group_of)
        touched = {self.group_of.get(part) for part in self.chosen} - {None}
        rests = {group: groups[group] - self.chosen for group in touched}
        return {group: rest for group, rest in rests.items() if rest}

    def lets(self, part: Hashable) -> bool:
        return self.chosen is None or part in self.chosen


@dataclass(frozen=True, slots=True)
class Choice:
    locations: Facet
    touchpoints: Facet
    modes: Facet

    @property
    def facets(self) -> tuple[Facet, Facet, Facet]:
        return self.locations, self.touchpoints, self.modes

    @property
    def is_everything(self) -> bool:
        return all(facet.chosen is None for facet in self.facets)

    def wider(self) -> list[tuple[frozenset[Any] | None, ...]]:
        """What contains this choice and is neither it nor everything."""
        _own, *others = product(*(facet.wider() for facet in self.facets))
        return [one for one in others if any(chosen is not None for chosen in one)]

    def parts(self) -> list[tuple[frozenset[Any] | None, ...]]:
        """Of a choice of parts that are no group, each of these parts alone."""
        own = [facet.chosen for facet in self.facets]
        return [
            (*own[:at], frozenset([part]), *own[at + 1 :])
            for at, facet in enumerate(self.facets)
            if not facet.is_natural
            for part in sorted(facet.chosen or ())
        ]

    @property
    def compared_by(self) -> tuple[bool, ...]:
        """By facet, whether reports that choose from it may come before this one: see `neighbours`."""
        if not all(facet.is_natural for facet in self.facets):
            return (True,) * len(self.facets)
        chosen = [facet.chosen is not None for facet in self.facets]
        return tuple(any(chosen[at:]) for at in range(len(chosen)))

    @property
    def is_of_places(self) -> bool:
        """Whether nothing but locations is chosen."""
        return self.touchpoints.chosen is None and self.modes.chosen is None

    @property
    def tells_regions(self) -> bool:
        """Whether every location of a region or of all is chosen, so that they need not be told one by one."""
        return self.locations.is_natural and not self.locations.is_single


class Margins(NamedTuple):
    """Responses by the parts of each facet, as the other facets let them through; all parts, chosen or not.

    Of a facet without a choice, other than the locations, only where versions are told apart: nothing else depends on
    them.
    """

    locations: Mapping[Hashable, int]
    touchpoints: Mapping[Hashable, int]
    modes: Mapping[Hashable, int]


def _groups(group_of: Mapping[Any, Hashable]) -> dict[Hashable, frozenset[Any]]:
    """Parts by the groups that can be chosen as a whole."""
    groups: dict[Hashable, set[Any]] = defaultdict(set)
    for part, group in group_of.items():
        if group is not None:
            groups[group].add(part)
    return {group: frozenset(parts) for group, parts in groups.items()}


def choose(filters: Filters, vocabulary: Vocabulary) -> Choice:
    """Values of one filter add up, filters narrow each other."""
    region_of = {place.pk: place.region_id for place in vocabulary.locations.values()}
    touchpoints = vocabulary.touchpoints.values()
    stage_of = {touchpoint.pk: touchpoint.stage for touchpoint in touchpoints}
    channel_of = {touchpoint.pk: touchpoint.channel for touchpoint in touchpoints}
    both_of = {key: (stage_of[key], channel_of[key]) for key in stage_of}
    return Choice(
        Facet("location_id", _locations(filters, vocabulary), region_of),
        Facet("touchpoint_id", _touchpoints(filters, vocabulary), stage_of, (channel_of, both_of)),
        Facet("mode", frozenset(filters.mode) or None, {}),
    )


def _locations(filters: Filters, vocabulary: Vocabulary) -> frozenset[int] | None:
    if not (filters.location or filters.region):
        return None
    return frozenset(
        place.pk
        for place in vocabulary.locations.values()
        if (not filters.location or place.code in filters.location)
        and (not filters.region or (place.region is not None and place.region.code in filters.region))
    )


def _touchpoints(filters: Filters, vocabulary: Vocabulary) -> frozenset[int] | None:
    if not (filters.touchpoint or filters.channel or filters.stage):
        return None
    return frozenset(
        touchpoint.pk
        for touchpoint in vocabulary.touchpoints.values()
        if (not filters.touchpoint or touchpoint.code in filters.touchpoint)
        and (not filters.channel or touchpoint.channel in filters.channel)
        and (not filters.stage or touchpoint.stage in filters.stage)
    )
