"""Where a customer can go on to review in public: the same links after every answer, whatever its score."""

from __future__ import annotations

from django.db.models import Q

from reviews.models import ReviewPlace


def links(location_id: int) -> list[tuple[str, str]]:
    """(name, address) of the places of that location and of everywhere, in order."""
    rows = ReviewPlace.objects.filter(Q(location=location_id) | Q(location=None))
    return list(rows.order_by("position", "name", "pk").values_list("name", "url"))
