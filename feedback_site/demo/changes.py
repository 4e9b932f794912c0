"""The demo's notes of process changes: the training on the Coast, and what everybody did from a day on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from feedback_site.demo.answers import DROP_DAYS, IMPROVEMENT_DAYS
from organisation.models import Location, Region
from reports.changes.actions import save_process_change
from reports.models import ProcessChange

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Survey


def make_process_changes(survey: Survey, *, by: Member, now: datetime) -> None:
    notes = [
        (IMPROVEMENT_DAYS, "Training in product knowledge", Region.objects.get(code="coast"), []),
        (DROP_DAYS, "One till closed for building work", None, ["grand-square"]),
    ]
    for ago, words, region, codes in notes:
        change = ProcessChange(
            survey=survey, changed_on=(now - timedelta(days=ago)).date(), words=words, region=region
        )
        places = list(Location.objects.filter(code__in=codes))
        save_process_change(change=change, locations=places, by=by, now=now)
