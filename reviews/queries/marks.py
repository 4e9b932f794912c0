"""Whether what customers said of a survey has changed: what is worked out of comments is kept under its mark."""

from __future__ import annotations

from django.db.models import Max

from reviews.models import CommentTally, Erasure, Redaction, Review
from reviews.models.tallies import BY_SCORE

type Mark = tuple[object, ...]


def comments_mark(survey: int) -> Mark:
    """Moves when a comment comes in, is held or released, published or hidden, redacted or erased.

    Four queries; the last redaction and the last erasure are of any survey.
    """
    return (
        Review.objects.filter(survey=survey).count(),
        Redaction.objects.aggregate(last=Max("pk"))["last"],
        Erasure.objects.aggregate(last=Max("erased_at"))["last"],
        *CommentTally.objects.filter(survey=survey).order_by("pk").values_list("location", *BY_SCORE),
    )
