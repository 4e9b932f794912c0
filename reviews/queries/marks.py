"""Whether what customers said of surveys has changed: what is worked out of comments is kept under their mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum

from reviews.models import CommentMove

if TYPE_CHECKING:
    from collections.abc import Collection

type Mark = tuple[tuple[int, int], ...]


def comments_mark(surveys: Collection[int]) -> Mark:
    """Moves in the transaction in which a comment of these comes in, goes, or changes in anything that a reader could
    tell: its words, its name, its score, its place, its day, its state, whether it is held. One query.
    """
    rows = CommentMove.objects.filter(survey__in=surveys).order_by("survey")
    return tuple(rows.values_list("survey").annotate(Sum("number")))
