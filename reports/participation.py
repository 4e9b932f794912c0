"""The response rate of a survey's invitations, by the report's own filters and within what the reader may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Value

from reports.choice import Facet, Margins, choose
from reports.enums import PeriodShortcut
from reports.suppression import may_show_total
from surveys.enums import Mode
from surveys.models import Invitation
from surveys.queries.participation import COUNTS, Participation

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from django.db.models import QuerySet

    from metrics.rates import Rate
    from reports.reading import Asked
    from surveys.models.invitations import InvitationQuerySet
    from surveys.models.responses import ResponseQuerySet

INVITED, WAITING = "invited", "waiting"


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """`rate` is None below the minimum group, and beside that by other filters: who answered is nobody's to be worked out."""

    rate: Rate | None
    minimum: int


def response_rate_of(asked: Asked) -> ResponseRate | None:
    """Of those who were sent an invitation in the period. None where nobody was, and where the report leaves
    invitations out. One query, where the survey has mailings.
    """
    if not _may_have_one(asked):
        return None
    rows = _by_place(_invitations(asked), INVITED, COUNTS)
    return _rate([row[1:] for row in rows], asked)


def waiting_and_rate(asked: Asked, waiting: ResponseQuerySet) -> tuple[int, ResponseRate | None]:
    """How many of these responses there are, and the response rate: both in one query."""
    if not _may_have_one(asked):
        return waiting.count(), None
    invited = _by_place(_invitations(asked), INVITED, COUNTS)
    waits = _by_place(waiting, WAITING, dict.fromkeys(COUNTS, Count("pk")))
    rows = list(invited.union(waits, all=True))
    n = sum(row[3] for row in rows if row[0] == WAITING)
    return n, _rate([row[1:] for row in rows if row[0] == INVITED], asked)


def _by_place(rows: QuerySet[Any], kind: str, counts: Mapping[str, Count]) -> QuerySet[Any, Any]:
    """Kind, location, touchpoint, and the counts there."""
    named = rows.order_by().values(at=F("location"), by=F("touchpoint"))
    found: QuerySet[Any, Any] = named.annotate(kind=Value(kind), **counts).values_list(
        "kind", "at", "by", *counts
    )
    return found


def _may_have_one(asked: Asked) -> bool:
    modes = asked.filters.mode
    return asked.survey.has_mailings and (not modes or Mode.INVITATION in modes)


def _rate(rows: Sequence[Sequence[int]], asked: Asked) -> ResponseRate | None:
    """`rows`: location, touchpoint and the counts there, whatever the filters."""
    locations, touchpoints, _modes = choose(asked.filters, asked.vocabulary).facets
    chosen = [row[2:] for row in rows if locations.lets(row[0]) and touchpoints.lets(row[1])]
    found = Participation(*map(sum, zip(*chosen, strict=True)))
    if found.rate is None:
        return None
    minimum = asked.survey.minimum
    reached = Counter({(row[0], row[1]): Participation(*row[2:]).reached for row in rows})
    is_told = _may_be_told(reached, (locations, touchpoints), minimum)
    return ResponseRate(found.rate if is_told else None, minimum)


def _may_be_told(reached: Mapping[tuple[int, int], int], facets: tuple[Facet, Facet], minimum: int) -> bool:
    """Like a score: by those who were reached, against the rates by other filters of the same days."""
    import numpy as np  # noqa: PLC0415 (late, like all that needs it)

    from reports.neighbours import Cube  # noqa: PLC0415 (numpy)

    margins: tuple[Counter[Hashable], ...] = (Counter(), Counter())
    for place, n in reached.items():
        for at, other in ((0, 1), (1, 0)):
            margins[at][place[at]] += n * facets[other].lets(place[other])
    every = (*facets, Facet("mode", None, {}))
    if not may_show_total(Margins(margins[0], margins[1], {}), every, minimum):
        return False
    parts = [list(dict.fromkeys(some)) for some in zip(*reached, strict=True)]
    table = [[[[reached.get((one, other), 0)]] for other in parts[1]] for one in parts[0]]
    cube = Cube(every, [*parts, [""]], np.array(table, np.float64))
    return not cube.near([(facets[0].chosen, facets[1].chosen, None)], minimum, in_one_facet=False).any()


def _invitations(asked: Asked) -> InvitationQuerySet:
    filters, scope = asked.filters, asked.vocabulary.scope
    rows = Invitation.objects.filter(mailing__survey=asked.survey.id)
    if scope is not None:
        rows = rows.filter(location__in=scope)
    if filters.shortcut is PeriodShortcut.ALL:
        return rows
    zone = ZoneInfo(asked.survey.time_zone)
    start = datetime.combine(filters.period.start, time.min, zone)
    end = datetime.combine(filters.period.end + timedelta(days=1), time.min, zone)
    return rows.filter(sent_at__gte=start, sent_at__lt=end)
