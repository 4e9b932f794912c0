"""The facets of a report (where, at which touchpoint, by which mode) as keys of cells: what is let through."""

from __future__ import annotations

from dataclasses import dataclass
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


class Margins(NamedTuple):
    """Responses by the parts of each facet, as the other facets let them through; all parts, chosen or not.

    Of a facet without a choice, other than the locations, there are none: nothing depends on them.
    """

    locations: Mapping[Hashable, int]
    touchpoints: Mapping[Hashable, int]
    modes: Mapping[Hashable, int]


def choose(filters: Filters, vocabulary: Vocabulary) -> Choice:
    """Values of one filter add up, filters narrow each other."""
    region_of = {place.pk: place.region_id for place in vocabulary.locations.values()}
    stage_of = {touchpoint.pk: touchpoint.stage for touchpoint in vocabulary.touchpoints.values()}
    return Choice(
        Facet("location_id", _locations(filters, vocabulary), region_of),
        Facet("touchpoint_id", _touchpoints(filters, vocabulary), stage_of),
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
