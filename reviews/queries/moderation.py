"""The queue of what customers want to be public, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from reviews.models import Reply, Review
from scoring.choice import Place

if TYPE_CHECKING:
    from organisation.models import Member
    from reviews.enums import ReviewState

ROWS_ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Queue:
    """`next` is where the next page begins; None where this is the last."""

    reviews: list[Review]
    next: Place | None


def queue_of(
    member: Member, state: ReviewState, *, after: Place | None = None, size: int = ROWS_ON_A_PAGE
) -> Queue:
    """The reviews of that state that the member may see, the newest day first."""
    rows = Review.objects.visible_to(member).for_the_public().filter(state=state)
    if after:
        rows = rows.filter(Q(said_on__lt=after.day) | Q(said_on=after.day, pk__lt=after.key))
    rows = rows.select_related("location", "touchpoint", "assigned_to").prefetch_related(
        "labels", Prefetch("replies", Reply.objects.current(), to_attr="current_replies")
    )
    found = list(rows.order_by("-said_on", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Queue(found[:size], Place(last.said_on, last.pk) if last else None)
