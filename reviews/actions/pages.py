"""What stands beside the reviews: notes, and places elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions import record_change

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from reviews.models import Note, ReviewPlace


@transaction.atomic
def save_page_part(*, part: Note | ReviewPlace, by: Member, now: datetime) -> None:
    """Add or change a note or a review place."""
    is_new = part.pk is None
    part.save()
    record_change(action="added" if is_new else "changed", subject=part, by=by, now=now)


@transaction.atomic
def remove_page_part(*, part: Note | ReviewPlace, by: Member, now: datetime) -> None:
    record_change(action="removed", subject=part, by=by, now=now)
    part.delete()
