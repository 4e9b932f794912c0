"""Choosing among very many locations: those that are ticked, and those that were looked for. It needs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from organisation.queries import locations_matching
from organisation.text import shown_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from organisation.models import Location
    from organisation.models.places import LocationQuerySet

# So many are offered without being looked for, and so many of what was found.
MOST_SHOWN = 40


class Offered(NamedTuple):
    """Which to tick or leave; `are_all` where there are no others, `more` how many were found besides."""

    ticked: list[Location]
    found: list[Location]
    are_all: bool
    more: int

    @property
    def choices(self) -> list[tuple[int, str]]:
        return [(place.pk, told(place)) for place in (*self.ticked, *self.found)]


def offered(places: LocationQuerySet, *, ticked: Iterable[int], words: str) -> Offered:
    """Of few places all; of many those that are ticked, and the first of those that the words find."""
    rows = places.select_related("region").order_by("name", "pk")
    few = list(rows[: MOST_SHOWN + 1])
    keys = set(ticked)
    if len(few) <= MOST_SHOWN:
        return Offered([], few, are_all=True, more=0)
    chosen = list(rows.filter(pk__in=keys)) if keys else []
    words = shown_text(words)
    if not words:
        return Offered(chosen, [], are_all=False, more=0)
    found = locations_matching(rows, words=words, state="").exclude(pk__in=keys)
    return Offered(chosen, list(found[:MOST_SHOWN]), are_all=False, more=max(found.count() - MOST_SHOWN, 0))


def told(place: Location) -> str:
    return f"{place.name} \N{MIDDLE DOT} {place.region.name}" if place.region else place.name
