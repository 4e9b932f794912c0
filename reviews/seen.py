"""What somebody saw of a review when they decided about it: a mark that goes with each deed, so that nobody publishes what a
colleague has hidden meanwhile, nor answers what was taken out.
"""

from __future__ import annotations

from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

from reviews.models import Reply

if TYPE_CHECKING:
    from reviews.models import Review


class Sight(Enum):
    """What a deed rests on."""

    WORDS = "words"  # what is redacted
    PUBLICATION = "publication"  # what is published or hidden
    REPLY = "reply"  # what is answered, and the answer so far
    CARE = "care"  # whose it is, and what it is about
    HANDLED = "handled"


class ChangedMeanwhile(Exception):
    """The review is no longer what the member saw."""


def mark_of(review: Review, sight: Sight) -> str:
    """Another text whenever what the deed rests on is another."""
    return sha256(repr(_seen(review, sight)).encode()).hexdigest()[:32]


def refuse_changed(review: Review, sight: Sight, seen: str | None) -> None:
    """To be asked with the review locked. Raises ChangedMeanwhile; None: nobody looked at a page."""
    if seen is not None and seen != mark_of(review, sight):
        raise ChangedMeanwhile


def _seen(review: Review, sight: Sight) -> tuple[object, ...]:
    words = (review.text, review.name)
    match sight:
        case Sight.WORDS:
            return words
        case Sight.PUBLICATION:
            return (*words, review.state, review.hidden_reason, review.hidden_note, review.is_held)
        case Sight.REPLY:
            current = Reply.objects.current().filter(review=review).values_list("pk", flat=True)
            return (*words, list(current))
        case Sight.CARE:
            labels = review.labels.order_by("pk").values_list("pk", flat=True)
            return (review.assigned_to_id, list(labels))
        case Sight.HANDLED:
            return (review.handled_at is not None,)
