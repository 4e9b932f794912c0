from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower

from organisation.actions import record_change
from reviews.enums import LabelColour
from reviews.models import Label

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


@transaction.atomic
def ensure_label(*, name: str, colour: str = "", by: Member, now: datetime) -> Label:
    """The label of that name, whatever its case; a new one where there is none."""
    if known := _named(name):
        return known
    try:
        with transaction.atomic():
            label = Label.objects.create(name=name, colour=colour or LabelColour.GREY)
    except IntegrityError:
        # A colleague gave it the same name at this moment.
        if known := _named(name):
            return known
        raise
    record_change(action="added", subject=label, by=by, now=now)
    return label


def _named(name: str) -> Label | None:
    """By the very rule that keeps names apart: databases fold capitals each in its own way."""
    return Label.objects.annotate(folded=Lower("name")).filter(folded=Lower(Value(name))).first()
