"""The facets of a report (where, at which touchpoint, by which mode) as keys of cells: what is let through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from django.db.models.expressions import Combinable

    from reports.filters import Filters
    from reports.vocabulary import Vocabulary

type Parts = tuple[int, int | None, str | None]  # a location, a touchpoint, a mode


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

    def lets(self, parts: Parts) -> bool:
        """Whether a location, touchpoint and mode pass; one that was not asked for is None and passes."""
        return all(facet.lets(part) for facet, part in zip(self.facets, parts, strict=True))

    @property
    def condition(self) -> Combinable:
        """Whether a cell is let through, as a column."""
        active = [facet for facet in self.facets if facet.chosen is not None]
        if not active:
            return Value(value=True, output_field=BooleanField())
        every = Q()
        for facet in active:
            every &= Q(**{f"{facet.column}__in": facet.chosen})
        return ExpressionWrapper(every, output_field=BooleanField())


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
    if not (filters.touchpoint or filters.stage):
        return None
    return frozenset(
        touchpoint.pk
        for touchpoint in vocabulary.touchpoints.values()
        if (not filters.touchpoint or touchpoint.code in filters.touchpoint)
        and (not filters.stage or touchpoint.stage in filters.stage)
    )
