"""From an address to its breakdown: made anew only when a cell of its surveys has moved or a name was changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import DatabaseError
from django.utils.translation import get_language

from reports.breakdown.address import breakdown_filters
from reports.breakdown.enums import Way
from reports.breakdown.results import Breakdown
from reports.enums import ResultState
from reports.reading import CODE, KEPT_SECONDS
from reports.vocabulary import digest
from surveys.models import Response

if TYPE_CHECKING:
    from reports.reading import Asked
    from reports.vocabulary import SurveyChoice


def breakdown_for(asked: Asked) -> Breakdown:
    from reports.breakdown.making import make_breakdown  # noqa: PLC0415 - numpy and scipy: start-up time

    key = _key(asked)
    try:
        breakdown = cache.get(key)
        if breakdown is None:
            breakdown = make_breakdown(asked)
            cache.set(key, breakdown, KEPT_SECONDS)
        return _with_waiting(breakdown, asked)
    except DatabaseError:
        return Breakdown(
            state=ResultState.FAILED,
            filters=breakdown_filters(asked.filters),
            survey_name=asked.survey.name,
            minimum=asked.survey.minimum,
        )


def is_breakdown_kept(asked: Asked) -> bool:
    """Whether it was already made for these numbers."""
    return cache.has_key(_key(asked))


def _key(asked: Asked) -> str:
    """By language as well: modes, days and versions are lines whose names are words."""
    vocabulary, filters, surveys = asked.vocabulary, breakdown_filters(asked.filters), surveys_of(asked)
    scope = sorted(vocabulary.scope or ())
    return "breakdown:" + digest([CODE, filters, surveys, scope, vocabulary.mark, get_language()])


def surveys_of(asked: Asked) -> tuple[SurveyChoice, ...]:
    """All that can be seen where surveys are told apart, else the one chosen."""
    is_of_surveys = Way.SURVEY in breakdown_filters(asked.filters).ways
    return asked.vocabulary.surveys if is_of_surveys else (asked.survey,)


def _with_waiting(breakdown: Breakdown, asked: Asked) -> Breakdown:
    """How many responses wait to be counted is never kept: it moves while the scores stand still."""
    waiting = Response.objects.unscored().filter(version__survey__in=[one.id for one in surveys_of(asked)])
    if asked.vocabulary.scope is not None:
        waiting = waiting.filter(location_id__in=asked.vocabulary.scope)
    n = waiting.count()
    is_computing = breakdown.state is ResultState.EMPTY and n
    return replace(breakdown, waiting=n, state=ResultState.COMPUTING if is_computing else breakdown.state)
