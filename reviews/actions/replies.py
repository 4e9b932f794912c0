"""The organisation's answers. A revision is added; the one before it stays, replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions import record_change
from reviews.models import Reply, Review
from reviews.seen import Sight, refuse_changed

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


@transaction.atomic
def reply_to_review(
    *, review: Review, text: str, is_public: bool, by: Member, now: datetime, seen: str | None = None
) -> Reply | None:
    """Answer, or revise the answer. An empty text takes the answer back; None where there is none then.

    Raises ChangedMeanwhile.
    """
    locked = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    refuse_changed(locked, Sight.REPLY, seen)
    current = Reply.objects.current().filter(review=locked).first()
    if current and (current.text, current.is_public) == (text, is_public):
        return current
    Reply.objects.current().filter(review=locked).update(replaced_at=now)
    if not text:
        if current:
            record_change(action="took back the reply to", subject=locked, by=by, now=now)
        return None
    reply = Reply.objects.create(review=locked, text=text, is_public=is_public, written_at=now, written_by=by)
    action = "revised the reply to" if current else "replied to"
    record_change(action=action, subject=locked, by=by, now=now, changes={"public": is_public})
    return reply
