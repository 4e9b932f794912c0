"""What other rooms ask about the state of the scores."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max, Min, Sum

from scoring.models import DataVersion, ScoringState
from surveys.models import Response, Version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

RECOUNT_EVERY = timedelta(days=1)


class DataState(NamedTuple):
    """`number` is another one whenever a cell of the surveys has moved. None: nothing was ever counted."""

    number: int
    moved_at: datetime | None


def data_version(survey_ids: Iterable[int]) -> DataState:
    """The state of the cells of these surveys together, to cache under and to say how old numbers are."""
    moved = DataVersion.objects.filter(survey__in=list(survey_ids)).aggregate(
        number=Sum("number", default=0), moved_at=Max("moved_at")
    )
    return DataState(**moved)


def unscored_count(survey_ids: Iterable[int]) -> int:
    """How many responses of these surveys are received and not in the scores yet. Held ones do not wait."""
    return Response.objects.unscored().filter(version__survey__in=list(survey_ids)).count()


def recount_is_due(*, now: datetime) -> bool:
    """Whether the cells have not been compared with a count from scratch for a day."""
    return not ScoringState.objects.filter(recounted_at__gt=now - RECOUNT_EVERY).exists()


def oldest_unscored_age(*, now: datetime) -> timedelta:
    """How long the oldest unscored response can have been waiting at most; zero if none is.

    Anonymous responses have no time of their own. What is known is when the work list was last seen empty (see
    `ScoringState`, noted every ten seconds at most) and, before that ever happened, when their versions were
    published.
    """
    waiting = Response.objects.unscored()
    if not waiting.exists():
        return timedelta(0)
    state = ScoringState.objects.first()
    if state:
        return max(now - state.drained_at, timedelta(0))
    versions = Version.objects.filter(pk__in=waiting.values("version"))
    published_at: datetime = versions.aggregate(first=Min("published_at"))["first"]
    return max(now - published_at, timedelta(0))
