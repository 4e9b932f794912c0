"""The sweep: what customers wrote becomes reviews, each response exactly once, and again after each correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from reviews.actions.erasing import erased_among
from reviews.enums import ReviewKind, ReviewState
from reviews.heard import asked_in, heard, usefulness
from reviews.matching import words_of
from reviews.models import Redaction, Review
from reviews.models.reviews import DIMENSIONS
from surveys.models import Contact, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from uuid import UUID

# Responses of one transaction.
BATCH = 2_000
# Whoever else moves many waits: two that move the same tallies in different orders would wait for each other.
LOCK = "SELECT pg_advisory_xact_lock(1919448423)"
MOVED = (
    *("kind", "survey_id", "location_id", "touchpoint_id", "said_on", "is_held", "score", *DIMENSIONS),
    *("original", "name", "consent_publish", "consent_contact"),
    *("text", "words", "usefulness", "state", "published_on", "hidden_reason", "hidden_note"),
)


def hear_pending(*, limit: int = BATCH) -> int:
    """Read at most `limit` responses that nobody has read, and return how many. 0: nothing that is not in hand."""
    return _hear_batch(limit) if Response.objects.unheard().exists() else 0


def hear_all_pending(*, clock: Callable[[], datetime], until: datetime | None = None) -> int:
    """Read batch by batch what is there now, or until the time is over, and return how many were read."""
    total = 0
    while until is None or clock() < until:
        batch = hear_pending()
        total += batch
        if batch < BATCH:
            break
    return total


@transaction.atomic
def _hear_batch(limit: int) -> int:
    """Claiming, writing and marking is one transaction, so nothing is read twice and nothing is lost."""
    take_turns()
    unheard = Response.objects.unheard().order_by("version_id", "received_on")
    claimed = list(unheard.select_for_update(skip_locked=True)[:limit])
    keys = [response.pk for response in claimed]
    asked = asked_in(response.version_id for response in claimed)
    contacts = {contact.pk: contact for contact in Contact.objects.filter(pk__in=keys)}
    reviews = Review.objects.filter(response__in=keys).select_for_update().order_by("pk")
    known = {review.response_id: review for review in reviews}
    unnamed, erased = _unnamed(known.values()), erased_among(known.values())
    fresh, changed, gone = [], [], []
    for response in claimed:
        review = known.get(response.pk)
        is_erased = review is not None and review.pk in erased
        columns = heard(response, asked[response.version_id], contacts.get(response.pk), is_erased=is_erased)
        if columns and review and is_erased:
            # What was published stays published, without its words.
            columns |= {"name": "", "consent_publish": review.consent_publish, "consent_contact": False}
        elif columns and review and review.pk in unnamed:
            columns["name"] = ""
        if columns is None:
            gone += [review.pk] if review else []
        elif review is None:
            fresh.append(follow(Review(response_id=response.pk), columns))
        elif any(getattr(review, name) != value for name, value in columns.items()):
            changed.append(follow(review, columns))
    Review.objects.filter(pk__in=gone).delete()
    Review.objects.bulk_create(fresh, batch_size=500)
    if changed:
        Review.objects.bulk_update(changed, [name.removesuffix("_id") for name in MOVED], batch_size=200)
    Response.objects.filter(pk__in=keys).update(is_heard=True)
    return len(claimed)


def _unnamed(reviews: Iterable[Review]) -> set[UUID]:
    """Those whose name was taken out."""
    rows = Redaction.objects.filter(review__in=list(reviews), took_name=True)
    return set(rows.values_list("review", flat=True))


def take_turns() -> None:
    """Wait, in a transaction, for whoever else moves many tallies in it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCK)


def follow(review: Review, columns: dict[str, Any]) -> Review:
    """Set what the response says now. A text that has changed is read again before it is public."""
    is_new_text = review.original != columns["original"]
    for name, value in columns.items():
        setattr(review, name, value)
    if is_new_text:
        review.text = review.original
    review.words = words_of(review.text)
    review.usefulness = usefulness(review.text, [getattr(review, name) for name in DIMENSIONS])
    if review.kind != ReviewKind.REVIEW or not review.consent_publish:
        _leave_the_public(review, ReviewState.PRIVATE)
    elif review.state == ReviewState.PRIVATE or (is_new_text and review.state == ReviewState.PUBLISHED):
        _leave_the_public(review, ReviewState.PENDING)
    return review


def _leave_the_public(review: Review, state: ReviewState) -> None:
    review.state, review.published_on = state, None
    review.hidden_reason, review.hidden_note = "", ""
