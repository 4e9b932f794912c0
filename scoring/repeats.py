"""Finds responses that say the same as another one of their day: a card keyed twice, a visitor who sends again."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.db.models.lookups import Exact

from surveys.enums import Flag, Mode
from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from scoring.rows import Plan, Row
    from surveys.models.responses import ResponseQuerySet

    type Likeness = tuple[int, date, str, str]  # location, day, ratings and answers of one version

LEAST_RATINGS = 8
# Ratings compared by one query; SQLite takes no more than some thousand values.
CHUNK = 500
UNFLAGGED = Q(Exact(F("flags").bitand(Flag.REPEATED), 0))


def flag_repeated(rows: Iterable[Row], plans: Mapping[int, Plan]) -> None:
    """Flag the responses of these rows, and earlier ones of the same days, that repeat one another.

    The same version, location, day, ratings and answers; at least 8 ratings, not all alike. It is a reason to
    look, no more: the responses go on counting. The rows of a file are not compared, with one another or with the
    rest: two customers may honestly answer the same, and a row's id keeps a file from counting twice already.
    """
    days: dict[int, set[date]] = defaultdict(set)
    locations: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if (
            row.mode != Mode.IMPORT
            and row.version in plans
            and len(plans[row.version].items) >= LEAST_RATINGS
        ):
            days[row.version].add(row.day)
            locations[row.version].add(row.location)
    for version, listed in days.items():
        responses = Response.objects.filter(
            version=version, received_on__in=listed, location__in=locations[version]
        )
        _flag_repeated(responses.exclude(mode=Mode.IMPORT))


def _flag_repeated(responses: ResponseQuerySet) -> None:
    """By ratings first: few are alike. Whoever sends the same a thousand times costs no more than the last ones."""
    for ratings in batched(sorted(_telling_ratings(responses)), CHUNK, strict=False):
        alike = responses.filter(ratings__in=ratings)
        repeated = _repeated(alike)
        if repeated:
            _flag(alike.filter(UNFLAGGED), repeated)


def _telling_ratings(responses: ResponseQuerySet) -> set[str]:
    alike = _with_a_new_twin(responses, "location", "received_on", "ratings")
    return {ratings for _location, _day, ratings in alike if _is_telling(ratings)}


def _is_telling(ratings: str) -> bool:
    given = [sign for sign in ratings if sign in "12345"]
    return len(given) >= LEAST_RATINGS and len(set(given)) > 1


def _repeated(responses: ResponseQuerySet) -> set[Likeness]:
    alike = _with_a_new_twin(responses, "location", "received_on", "ratings", "answers")
    return {_likeness(*values) for values in alike}


def _with_a_new_twin(responses: ResponseQuerySet, *columns: str) -> Iterable[Any]:
    """What two and more responses have in common, of which one at least is not flagged yet."""
    new = Count("pk", filter=UNFLAGGED)
    groups = responses.values(*columns).annotate(twins=Count("pk"), new=new)
    found: Iterable[Any] = groups.filter(twins__gt=1, new__gt=0).values_list(*columns)
    return found


def _likeness(location: int, day: date, ratings: str, answers: object) -> Likeness:
    return location, day, ratings, json.dumps(answers, sort_keys=True)


def _flag(responses: ResponseQuerySet, repeated: set[Likeness]) -> None:
    # Somebody may be correcting an earlier one: it is passed over, not waited for while a batch is locked.
    free = responses.select_for_update(skip_locked=True)
    keys = [
        response.pk
        for response in free
        if _likeness(response.location_id, response.received_on, response.ratings, response.answers)
        in repeated
    ]
    Response.objects.filter(pk__in=keys).update(flags=F("flags").bitor(Flag.REPEATED))
