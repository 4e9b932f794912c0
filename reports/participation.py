"""The response rate of a survey's invitations, by the report's own filters and within what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Value

from reports.choice import choose
from reports.enums import PeriodShortcut
from surveys.enums import Mode
from surveys.models import Invitation
from surveys.queries.participation import COUNTS, Participation, participation

if TYPE_CHECKING:
    from metrics.rates import Rate
    from reports.reading import Asked
    from surveys.models.invitations import InvitationQuerySet
    from surveys.models.responses import ResponseQuerySet

INVITED, WAITING = "invited", "waiting"


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """`rate` is None below the minimum group: who answered is nobody's to be worked out."""

    rate: Rate | None
    minimum: int


def response_rate_of(asked: Asked) -> ResponseRate | None:
    """Of those who were sent an invitation in the period. None where nobody was, and where the report leaves
    invitations out. One query, where the survey has mailings.
    """
    return _rate(participation(_invitations(asked)), asked) if _may_have_one(asked) else None


def waiting_and_rate(asked: Asked, waiting: ResponseQuerySet) -> tuple[int, ResponseRate | None]:
    """How many of these responses there are, and the response rate: both in one query."""
    if not _may_have_one(asked):
        return waiting.count(), None
    kinds = (
        _invitations(asked).values(one=F("mailing__survey")).annotate(kind=Value(INVITED), **COUNTS),
        waiting.values(one=F("version__survey")).annotate(
            kind=Value(WAITING), **dict.fromkeys(COUNTS, Count("pk"))
        ),
    )
    invited, waits = (rows.order_by().values_list("kind", *COUNTS) for rows in kinds)
    found = {kind: counts for kind, *counts in invited.union(waits, all=True)}
    return found.get(WAITING, [0])[0], _rate(Participation(*found.get(INVITED, ())), asked)


def _may_have_one(asked: Asked) -> bool:
    modes = asked.filters.mode
    return asked.survey.has_mailings and (not modes or Mode.INVITATION in modes)


def _rate(found: Participation, asked: Asked) -> ResponseRate | None:
    if found.rate is None:
        return None
    minimum = asked.survey.minimum
    return ResponseRate(found.rate if found.reached >= minimum else None, minimum)


def _invitations(asked: Asked) -> InvitationQuerySet:
    filters, scope = asked.filters, asked.vocabulary.scope
    rows = Invitation.objects.filter(mailing__survey=asked.survey.id)
    if scope is not None:
        rows = rows.filter(location__in=scope)
    choice = choose(filters, asked.vocabulary)
    for facet in (choice.locations, choice.touchpoints):
        if facet.chosen is not None:
            rows = rows.filter(**{f"{facet.column}__in": facet.chosen})
    if filters.shortcut is PeriodShortcut.ALL:
        return rows
    zone = ZoneInfo(asked.survey.time_zone)
    start = datetime.combine(filters.period.start, time.min, zone)
    end = datetime.combine(filters.period.end + timedelta(days=1), time.min, zone)
    return rows.filter(sent_at__gte=start, sent_at__lt=end)
