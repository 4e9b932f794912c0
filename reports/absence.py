"""Why there is nothing to show, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from organisation.rules import may_edit
from reports.enums import PeriodShortcut
from reports.filters import FACETS

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from reports.reading import Asked


def absence(asked: Asked, reader: Member, *, now: datetime, **dropped: None) -> dict[str, Any]:
    """What `reports/absent.html` needs besides the report. `everything_url`: the report of all days and places, "" where
    that is what was asked for. `share_url`: where the survey is brought to customers, "" for whoever may not. `dropped`:
    what else narrows it.
    """
    filters, survey = asked.filters, asked.survey
    everything = filters.url(shortcut=PeriodShortcut.ALL, **dict.fromkeys(FACETS, ()), **dropped)
    return {
        "everything_url": "" if everything == filters.url() else everything,
        "share_url": reverse("surveys:share", args=[survey.id]) if may_edit(reader) else "",
        "has_places": asked.vocabulary.sees_everywhere or bool(asked.vocabulary.locations),
        "was_counted": survey.counted_at is not None,
        "is_ahead": filters.shortcut is not PeriodShortcut.ALL and filters.period.start > survey.today(now),
        "again_url": filters.url(),
    }
