from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions import record_change
from reviews.enums import LabelColour
from reviews.models import Label

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


@transaction.atomic
def ensure_label(*, name: str, colour: str = "", by: Member, now: datetime) -> Label:
    """The label of that name, whatever its case; a new one where there is none."""
    if known := Label.objects.filter(name__iexact=name).first():
        return known
    label = Label.objects.create(name=name, colour=colour or LabelColour.GREY)
    record_change(action="added", subject=label, by=by, now=now)
    return label
