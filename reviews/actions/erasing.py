"""Erasing what a customer said, on request: the words are nowhere afterwards, and no score moves (docs/decisions/0034)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cards.actions.erasing import erase_keyed_texts
from organisation.actions import record_change
from reviews.heard import usefulness
from reviews.models import Erasure, MentionFile, Reply, Review
from reviews.models.reviews import DIMENSIONS
from surveys.actions.erasing import erase_texts
from surveys.models import ImportRun

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from organisation.models import Member
    from reviews.enums import ErasureReason


@transaction.atomic
def erase_review(
    *, review: Review, reason: ErasureReason, with_replies: bool = False, by: Member, now: datetime
) -> None:
    """Erase the words, the names and the contact of a review, and the texts of its response and of the card that it was
    keyed from. Scores, ratings and choices stay, and so do the replies unless they are to go as well.
    """
    if review.response_id:
        # The response before the review, as the sweep takes them.
        erase_texts(response_id=review.response_id)
        erase_keyed_texts(card_id=review.response_id)
    locked = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    said = [text for text in (locked.text, locked.original, locked.author, locked.link) if text]
    _forget_in_files(said)
    if with_replies:
        Reply.objects.filter(review=locked).delete()
    locked.text = locked.original = locked.name = locked.hidden_note = locked.author = locked.link = ""
    locked.consent_contact = False
    locked.usefulness = usefulness("", [getattr(locked, name) for name in DIMENSIONS])
    locked.save()
    defaults = {"reason": reason, "erased_at": now, "erased_by": by}
    Erasure.objects.update_or_create(review=locked, defaults=defaults)
    changes = {"reason": reason.value, "with_replies": with_replies}
    record_change(action="erased", subject=locked, by=by, now=now, changes=changes)


def erased_among(reviews: Iterable[Review]) -> set[UUID]:
    """The keys of those that were erased."""
    rows = Erasure.objects.filter(review__in=list(reviews))
    return set(rows.values_list("review", flat=True))


def _forget_in_files(said: list[str]) -> None:
    """The list of bad rows of a file may name what was said: such a row keeps its reason and loses its value."""
    if said:
        _forget_in(MentionFile.objects.select_for_update(of=("self",)).exclude(errors=[]), said)
        _forget_in(ImportRun.objects.select_for_update(of=("self",)).exclude(errors=[]), said)


def _forget_in(files: Iterable[MentionFile | ImportRun], said: list[str]) -> None:
    for kept in files:
        errors = [
            {**error, "value": ""} if _tells(str(error["value"]), said) else error for error in kept.errors
        ]
        if errors != kept.errors:
            kept.errors = errors
            kept.save(update_fields=["errors"])


def _tells(value: str, said: list[str]) -> bool:
    # What is listed is the beginning of a long value.
    return bool(value) and any(value in text or text in value for text in said)
