from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cards.models import PrintRun
from organisation.actions import record_change

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Location, Member, Touchpoint
    from surveys.models import Version


class NotPublished(Exception):
    """A draft may still change, and what was printed cannot."""


@transaction.atomic
def record_print_run(
    *,
    version: Version,
    location: Location,
    touchpoint: Touchpoint,
    language: str,
    paper: str,
    per_page: int,
    copies: int,
    by: Member,
    now: datetime,
) -> PrintRun:
    """Note that cards number 1 to `copies` are printed, so that each can be known again. Raises NotPublished."""
    if version.published_at is None:
        raise NotPublished
    run = PrintRun.objects.create(
        version=version,
        location=location,
        touchpoint=touchpoint,
        language=language,
        paper=paper,
        per_page=per_page,
        copies=copies,
        printed_at=now,
        printed_by=by,
    )
    record_change(action="printed", subject=run, by=by, now=now, changes={"copies": [None, copies]})
    return run
