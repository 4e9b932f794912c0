"""What a member decides about a review: whether it is public, and what is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from organisation.actions.audit import set_fields
from reviews.actions.hearing import take_turns
from reviews.enums import ReviewState
from reviews.heard import usefulness
from reviews.models import Redaction, Review
from reviews.models.reviews import DIMENSIONS
from reviews.redacting import redacted
from reviews.seen import Sight, refuse_changed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from organisation.models import Member
    from reviews.enums import HiddenReason
    from reviews.models.reviews import ReviewQuerySet
    from reviews.redacting import Phrase


class NotForPublication(Exception):
    """The customer has not agreed to it."""


class NothingToRedact(Exception):
    """None of the words stands in the text."""


@transaction.atomic
def publish_reviews(
    *, reviews: ReviewQuerySet, by: Member, now: datetime, today: date, seen: str | None = None
) -> int:
    """Publish what may be published of these and is not; returns how many. Raises ChangedMeanwhile."""
    take_turns()
    chosen = list(
        reviews.for_the_public()
        .exclude(state=ReviewState.PUBLISHED)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    for review in chosen:
        refuse_changed(review, Sight.PUBLICATION, seen)
    # Place by place, as whatever else moves their tallies does.
    for review in sorted(chosen, key=lambda one: one.location_id):
        values = {
            "state": ReviewState.PUBLISHED,
            "published_on": today,
            "hidden_reason": "",
            "hidden_note": "",
        }
        _decide(review, values, action="published", by=by, now=now)
    return len(chosen)


@transaction.atomic
def hide_review(
    *,
    review: Review,
    reason: HiddenReason,
    note: str = "",
    by: Member,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Raises NotForPublication, ChangedMeanwhile. What is hidden is counted on the public page, by reason."""
    locked = _locked(review)
    if locked.state == ReviewState.PRIVATE:
        raise NotForPublication
    refuse_changed(locked, Sight.PUBLICATION, seen)
    values = {"state": ReviewState.HIDDEN, "published_on": None, "hidden_reason": reason, "hidden_note": note}
    _decide(locked, values, action="hid", by=by, now=now)


@transaction.atomic
def redact_review(
    *, review: Review, phrases: Iterable[Phrase], by: Member, now: datetime, seen: str | None = None
) -> int:
    """Take words out of the text, wherever they stand in it, and out of the name; returns how many traces that left.

    Raises NothingToRedact, ChangedMeanwhile. The original stays, for editors and administrators.
    """
    locked, traces = _locked(review), []
    refuse_changed(locked, Sight.WORDS, seen)
    text, name = locked.text, locked.name
    for phrase in phrases:
        text, in_text = redacted(text, phrase.text)
        is_in_name = bool(name) and redacted(name, phrase.text)[1] > 0
        name = "" if is_in_name else name
        if in_text or is_in_name:
            traces.append(
                Redaction(
                    review=locked,
                    kind=phrase.kind,
                    characters=len(phrase.text),
                    took_name=is_in_name,
                    redacted_at=now,
                    redacted_by=by,
                )
            )
    if not traces:
        raise NothingToRedact
    Redaction.objects.bulk_create(traces)
    locked.text, locked.name = text, name
    locked.usefulness = usefulness(text, [getattr(locked, name) for name in DIMENSIONS])
    locked.save(update_fields=["text", "name", "usefulness"])
    changes = {"kinds": [trace.kind for trace in traces]}
    record_change(action="redacted", subject=locked, by=by, now=now, changes=changes)
    return len(traces)


def _locked(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).get(pk=review.pk)


def _decide(review: Review, values: dict[str, Any], *, action: str, by: Member, now: datetime) -> None:
    if not (changes := set_fields(review, values)):
        return
    review.moderated_at, review.moderated_by = now, by
    review.save(update_fields=[*changes, "moderated_at", "moderated_by"])
    # A note may quote the customer, and what the trail holds is never erased.
    changes.pop("hidden_note", None)
    record_change(action=action, subject=review, by=by, now=now, changes=changes)
