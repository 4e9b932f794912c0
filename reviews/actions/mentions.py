"""What was said elsewhere, typed in by a member or brought in from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from organisation.actions import record_change
from organisation.actions.audit import set_fields
from reviews.enums import ReviewKind
from reviews.matching import words_of
from reviews.models import Review

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from organisation.models import Member
    from reviews.mentions.entries import Mention

AT_ONCE = 1_000


class MentionKnown(Exception):
    """The very same mention is there already: `review`."""

    def __init__(self, review: Review) -> None:
        super().__init__(review.pk)
        self.review = review


class AnsweredTooEarly(Exception):
    """Nothing is answered before it is said."""


def add_mention(*, mention: Mention, by: Member, now: datetime) -> Review:
    """Keep a mention that a member typed. Raises MentionKnown."""
    try:
        with transaction.atomic():
            review = review_of(mention)
            review.save(force_insert=True)
            record_change(action="added", subject=review, by=by, now=now)
            return review
    except IntegrityError:
        if known := Review.objects.filter(digest=mention.digest).first():
            raise MentionKnown(known) from None
        raise


def store_mentions(mentions: Iterable[Mention]) -> int:
    """Keep many, in the transaction of whoever asks; returns how many were not there before."""
    rows = {mention.digest: review_of(mention) for mention in mentions}
    known = set(Review.objects.filter(digest__in=rows).values_list("digest", flat=True))
    fresh = [row for digest, row in rows.items() if digest not in known]
    # Somebody else may bring in the same file at this moment.
    Review.objects.bulk_create(fresh, batch_size=AT_ONCE, ignore_conflicts=True)
    kept = Review.objects.filter(pk__in=[row.pk for row in fresh])
    return kept.count()


@transaction.atomic
def answer_mention(*, review: Review, answered_on: date | None, by: Member, now: datetime) -> Review:
    """Note on which day it was answered where it was said, or that it was not. Raises AnsweredTooEarly."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk, kind=ReviewKind.MENTION)
    if answered_on and answered_on < review.said_on:
        raise AnsweredTooEarly
    if changes := set_fields(review, {"answered_on": answered_on}):
        review.save(update_fields=list(changes))
        record_change(action="answered", subject=review, by=by, now=now, changes=changes)
    return review


def review_of(mention: Mention) -> Review:
    """The row of a mention, not saved."""
    score, highest = mention.score or (None, None)
    return Review(
        kind=ReviewKind.MENTION,
        location_id=mention.location_id,
        touchpoint_id=mention.touchpoint_id,
        said_on=mention.said_on,
        text=mention.text,
        original=mention.text,
        words=words_of(mention.text, mention.author),
        source=mention.source,
        source_name=mention.source_name,
        link=mention.link,
        author=mention.author,
        scale_score=score,
        scale_max=highest,
        answered_on=mention.answered_on,
        digest=mention.digest,
    )
