"""Finds responses that say the same as another one of their day: a card keyed twice, a visitor who sends again."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F, Q

from surveys.enums import Flag, Mode
from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from scoring.rows import Plan, Row

LEAST_RATINGS = 8


class Likeness(NamedTuple):
    """What two responses have in common before their other answers are compared."""

    version: int
    location: int
    day: date
    ratings: str


def flag_repeated(rows: Iterable[Row], plans: Mapping[int, Plan]) -> None:
    """Flag the responses of these rows, and earlier ones of the same days, that repeat one another.

    The same version, location, day, ratings and answers; at least 8 ratings, not all alike. It is a reason to
    look, no more: the responses go on counting. A file's rows are compared when it is imported, not here.
    """
    days: dict[int, set[date]] = defaultdict(set)
    for row in rows:
        if (
            row.mode != Mode.IMPORT
            and row.version in plans
            and len(plans[row.version].items) >= LEAST_RATINGS
        ):
            days[row.version].add(row.day)
    alike = [likeness for likeness in _alike(days) if _is_telling(likeness.ratings)]
    if repeated := list(_repeated(alike)):
        _flag(repeated)


def _alike(days: Mapping[int, set[date]]) -> Iterator[Likeness]:
    for version, listed in days.items():
        found = (
            Response.objects.filter(version=version, received_on__in=listed)
            .exclude(mode=Mode.IMPORT)
            .values_list("version", "location", "received_on", "ratings")
            .annotate(responses=Count("pk"))
            .filter(responses__gt=1)
        )
        yield from (Likeness(*values[:-1]) for values in found)


def _is_telling(ratings: str) -> bool:
    given = [sign for sign in ratings if sign in "12345"]
    return len(given) >= LEAST_RATINGS and len(set(given)) > 1


def _repeated(alike: list[Likeness]) -> Iterator[UUID]:
    """Of those alike, the ones whose other answers are the same too."""
    if not alike:
        return
    candidates = reduce(
        or_,
        (
            Q(version=one.version, location=one.location, received_on=one.day, ratings=one.ratings)
            for one in alike
        ),
    )
    twins: dict[tuple[object, ...], list[UUID]] = defaultdict(list)
    for key, answers, *likeness in (
        Response.objects.filter(candidates)
        .exclude(mode=Mode.IMPORT)
        .values_list("pk", "answers", "version", "location", "received_on", "ratings")
    ):
        twins[*likeness, json.dumps(answers, sort_keys=True)].append(key)
    for keys in twins.values():
        if len(keys) > 1:
            yield from keys


def _flag(keys: list[UUID]) -> None:
    # Somebody may be correcting an earlier one: it is passed over, not waited for while a batch is locked.
    free = Response.objects.filter(pk__in=keys).select_for_update(skip_locked=True)
    unflagged = [response.pk for response in free if not response.flags & Flag.REPEATED]
    Response.objects.filter(pk__in=unflagged).update(flags=F("flags").bitor(Flag.REPEATED))
