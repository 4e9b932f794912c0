"""Single low scores: which responses have one, and of which of them a recipient may be told (docs/decisions/0040).

Whoever may see single responses is told of each. Anybody else is told of those that the comment box shows them by
itself, and of the rest in groups: the responses of a location since it was last told, once they are enough.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, Sum

from metrics.ratings import HIGHEST, LOWEST
from organisation.rules import may_edit
from reports.choice import choose
from reports.exports.rows import responses_behind
from reports.models import LowScore
from reports.periods import FIRST_DAY, LAST_DAY, Period
from reports.reading import report_for
from reports.results import Computed
from reviews.queries.comments import comments_of
from reviews.queries.groups import told_with_ratings
from scoring.enums import Span
from scoring.models import Block, DimensionCell
from scoring.rows import plans_of
from surveys.models import Version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from reports.models import AlertRecipient
    from reports.reading import Asked
    from scoring.rows import Item, Plan
    from surveys.models.responses import ResponseQuerySet

# What came in is looked for on so many days before today: a response can arrive after its day, an import much later.
LATELY = timedelta(days=14)
# A response that was told is out of sight by then, and need not be remembered.
REMEMBERED = timedelta(days=30)
ELSEWHERE = ""  # among the marks: where a location that has none begins


class Low(NamedTuple):
    """One response, without what it says."""

    key: UUID
    version: int
    location: int
    touchpoint: int
    mode: str
    day: date
    ratings: str


class Group(NamedTuple):
    """Of the `n` responses of a location since it was last told, these are low."""

    location: int
    n: int
    lows: Sequence[Low]


@dataclass(frozen=True, slots=True)
class Tellable:
    """What a recipient may be told now."""

    singles: Sequence[Low]
    groups: Sequence[Group]

    @property
    def lows(self) -> list[Low]:
        return [*self.singles, *(low for group in self.groups for low in group.lows)]


def find_new(recipient: AlertRecipient, asked: Asked, *, now: datetime) -> None:
    """Note the low responses that came in since the last look. Of a first look all there are count as known: nobody is
    told of what was there before they asked.

    Whatever makes a response count, or count otherwise, moves the number of its day in the same transaction. So of a day
    whose number stands as it was nothing is new, and nothing is read. The numbers are asked for first: what comes
    meanwhile moves them once more.
    """
    is_first = not recipient.marks
    first_day = asked.survey.today(now) - LATELY
    moved = moved_days(asked.survey.id, first_day)
    if is_first:
        counted = counts(recipient, asked, Q(day__gte=first_day))
        start = first_day.isoformat()
        recipient.marks = {ELSEWHERE: [start, 0], **{str(place): [start, n] for place, n in counted.items()}}
    new = [date.fromisoformat(day) for day, n in moved.items() if recipient.seen_days.get(day) != n]
    if new:
        _note_lows(recipient, asked, new, now=now, told_at=now if is_first else None)
    recipient.seen_days = moved
    if recipient.checked_at is None or asked.survey.today(recipient.checked_at) != asked.survey.today(now):
        told = LowScore.objects.filter(recipient=recipient, told_at__lt=now - REMEMBERED)
        told.filter(response__received_on__lt=first_day).delete()


def moved_days(survey: int, first_day: date) -> dict[str, int]:
    """How often the cells of each day have moved, from that day on."""
    days = Block.objects.filter(survey=survey, span=Span.DAY, day__gte=first_day).values_list("day", "moved")
    return {day.isoformat(): n for day, n in days}


def _note_lows(
    recipient: AlertRecipient,
    asked: Asked,
    days: Collection[date],
    *,
    now: datetime,
    told_at: datetime | None,
) -> None:
    known = LowScore.objects.filter(recipient=recipient).values("response")
    recent = behind(asked, min(days)).filter(received_on__in=days).exclude(pk__in=known)
    lows = [
        LowScore(recipient=recipient, response_id=low.key, found_at=now, told_at=told_at)
        for low in low_among(recipient, asked, recent)
    ]
    LowScore.objects.bulk_create(lows, batch_size=1_000)


def behind(asked: Asked, first_day: date) -> ResponseQuerySet:
    """The counted responses of the alert's places from that day on."""
    filters = replace(asked.filters, period=Period(first_day, LAST_DAY), shortcut=None)
    return responses_behind(replace(asked, filters=filters))


def low_among(recipient: AlertRecipient, asked: Asked, responses: ResponseQuerySet) -> list[Low]:
    """Those whose score is as low as the alert's threshold. The database sorts out whatever has no low rating at all."""
    dimension, limit = recipient.alert.dimension, float(recipient.alert.threshold or LOWEST)
    versions = Version.objects.published().filter(survey=asked.survey.id).values_list("pk", flat=True)
    plans = plans_of(versions)
    asking = {version: items for version, plan in plans.items() if (items := items_of(plan, dimension))}
    if not asking:
        return []
    low_somewhere = reduce(
        or_,
        (
            Q(version=version, ratings__regex=low_pattern(items, int(limit)))
            for version, items in asking.items()
        ),
    )
    names = ("pk", "version_id", "location_id", "touchpoint_id", "mode", "received_on", "ratings")
    rows = (Low(*row) for row in responses.filter(low_somewhere).values_list(*names))
    return [low for low in rows if is_low(low.ratings, asking[low.version], dimension, limit)]


def items_of(plan: Plan, dimension: str) -> list[Item]:
    """The questions that count: those of the dimension, or all."""
    if not dimension:
        return list(plan.items)
    return [item for item in plan.items if item.dimension == dimension and item.weight]


def low_pattern(items: Iterable[Item], limit: int) -> str:
    """A regular expression for the ratings of a response with a low rating on one of these questions."""
    low = {False: "".join(map(str, range(LOWEST, limit + 1)))}
    low[True] = low[False].translate({ord(str(n)): str(LOWEST + HIGHEST - n) for n in range(1, 6)})
    places = (f".{{{item.position}}}[{re.escape(low[item.is_reversed])}]" for item in items)
    return f"^({'|'.join(places)})"


def is_low(ratings: str, items: Iterable[Item], dimension: str, limit: float) -> bool:
    """Whether the response's own mean in a dimension, or any of its ratings, is at most the limit."""
    given = [
        (item.weight, LOWEST + HIGHEST - int(sign) if item.is_reversed else int(sign))
        for item in items
        if (sign := ratings[item.position : item.position + 1]).isdecimal()
    ]
    if not dimension:
        return any(rating <= limit for _weight, rating in given)
    weights = sum(weight for weight, _rating in given)
    return bool(weights) and sum(weight * rating for weight, rating in given) <= limit * weights


def tellable(recipient: AlertRecipient, asked: Asked) -> Tellable:
    """Of those that wait, what the recipient may be told. What was held, deleted or corrected meanwhile is not."""
    keys = list(recipient.low_scores.waiting().values_list("response", flat=True))
    if not keys:
        return Tellable([], [])
    lows = low_among(recipient, asked, behind(asked, FIRST_DAY).filter(pk__in=keys))
    lows.sort(key=lambda low: (low.day, low.key), reverse=True)
    if may_edit(recipient.member):
        return Tellable(lows, [])
    shown = _shown_singly(recipient, lows)
    rest = [low for low in lows if low.key not in shown]
    singles = [low for low in lows if low.key in shown]
    return Tellable(singles, _groups(recipient, asked, rest, Counter(low.location for low in singles)))


def _shown_singly(recipient: AlertRecipient, lows: Iterable[Low]) -> set[UUID | None]:
    """Those with words beside which the comment box shows the recipient the ratings."""
    comments = comments_of(recipient.member).filter(
        told_with_ratings(), response__in=[low.key for low in lows]
    )
    return set(comments.values_list("response", flat=True))


def _groups(
    recipient: AlertRecipient, asked: Asked, lows: Iterable[Low], told_singly: Counter[int]
) -> list[Group]:
    """By location, where the report shows the location by itself and enough responses came in since it was told.

    Responses that are told singly are not counted: the others are to be enough without them.
    """
    by_location: dict[int, list[Low]] = defaultdict(list)
    for low in lows:
        by_location[low.location].append(low)
    new = new_since_told(recipient, asked, by_location.keys() & shown_locations(recipient, asked))
    groups = [
        Group(location, n - told_singly[location], by_location[location]) for location, n in new.items()
    ]
    return [group for group in groups if group.n >= max(asked.survey.minimum, len(group.lows))]


def shown_locations(recipient: AlertRecipient, asked: Asked) -> set[int]:
    """Those that the alert's report shows by themselves: what it withholds is not told here either."""
    dimension = recipient.alert.dimension
    places = asked.vocabulary.locations
    return {
        places[place.code].pk
        for result in report_for(asked).computed
        if dimension in {"", result.dimension}
        for place in result.locations
        if isinstance(place.score, Computed)
    }


def new_since_told(recipient: AlertRecipient, asked: Asked, locations: Collection[int]) -> dict[int, int]:
    """How many responses each location has got since its mark. One without any mark begins with the next."""
    marks = {place: recipient.marks.get(str(place)) or recipient.marks.get(ELSEWHERE) for place in locations}
    starts = {place: date.fromisoformat(mark[0]) for place, mark in marks.items() if mark}
    if not starts:
        return {}
    since = reduce(or_, (Q(location=place, day__gte=start) for place, start in starts.items()))
    counted = counts(recipient, asked, since)
    return {place: counted.get(place, 0) - marks[place][1] for place in starts}


def counts(recipient: AlertRecipient, asked: Asked, among: Q) -> dict[int, int]:
    """Responses that rated what the alert is about, by location; of any question, those of the dimension with most."""
    cells = DimensionCell.objects.filter(among, survey=asked.survey.id)
    if recipient.alert.dimension:
        cells = cells.filter(dimension=recipient.alert.dimension)
    for facet in choose(asked.filters, asked.vocabulary).facets:
        if facet.chosen is not None:
            cells = cells.filter(**{f"{facet.column}__in": facet.chosen})
    if asked.vocabulary.scope is not None:
        cells = cells.filter(location__in=asked.vocabulary.scope)
    summed = cells.order_by().values_list("location", "dimension").annotate(n=Sum("responses"))
    found: dict[int, int] = {}
    for location, _dimension, n in summed:
        found[location] = max(n, found.get(location, 0))
    return found


def mark_told(recipient: AlertRecipient, asked: Asked, told: Tellable, *, now: datetime) -> None:
    """None of these is told again; the responses of a group are news no more."""
    recipient.low_scores.waiting().filter(response__in=[low.key for low in told.lows]).update(told_at=now)
    if may_edit(recipient.member):
        return
    for place, n in Counter(low.location for low in told.singles).items():
        start, counted = recipient.marks.get(str(place)) or recipient.marks.get(ELSEWHERE) or [None, 0]
        if start:
            recipient.marks[str(place)] = [start, counted + n]
    first_day = asked.survey.today(now) - LATELY
    places = [group.location for group in told.groups]
    counted_now = counts(recipient, asked, Q(day__gte=first_day, location__in=places)) if places else {}
    for place in places:
        recipient.marks[str(place)] = [first_day.isoformat(), counted_now.get(place, 0)]
