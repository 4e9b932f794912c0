"""From an address to its report: who asks, about what, and whether it was already made for these numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError

from reports.choice import choose
from reports.enums import ResultState
from reports.filters import read_filters
from reports.participation import waiting_and_rate
from reports.queries import Reader
from reports.report import make_report
from reports.results import Report
from reports.vocabulary import digest, names_mark

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

    from organisation.models import Member
    from reports.filters import Filters, Problem
    from reports.participation import ResponseRate
    from reports.vocabulary import SurveyChoice, Vocabulary

KEPT_SECONDS = 24 * 3600


def _code_mark() -> str:
    """Moves with the code, so that a new release never reads what an older one has put away."""
    rooms = (settings.BASE_DIR / "reports", settings.BASE_DIR / "metrics")
    return digest(Path(path).read_bytes() for room in rooms for path in sorted(room.rglob("*.py")))


CODE = _code_mark()


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as far as it could be read."""

    survey: SurveyChoice
    filters: Filters
    problems: tuple[Problem, ...]
    vocabulary: Vocabulary


def ask(query: QueryDict, vocabulary: Vocabulary, *, now: datetime) -> Asked:
    """At least one survey must be visible."""
    today = vocabulary.surveys[0].today(now)
    filters, problems = read_filters(query, vocabulary, today)
    return Asked(vocabulary.survey(filters.survey), filters, tuple(problems), vocabulary)


def report_for(asked: Asked) -> Report:
    """The report, made anew only when a cell of its survey has moved or a name in it was changed."""
    vocabulary, survey, filters = asked.vocabulary, asked.survey, asked.filters
    reader = Reader(survey, filters, choose(filters, vocabulary), vocabulary.scope)
    key = _key(asked)
    try:
        report = cache.get(key)
        if report is None:
            report = make_report(reader, vocabulary)
            cache.set(key, report, KEPT_SECONDS)
        return _as_of_now(report, *waiting_and_rate(asked, reader.waiting()))
    except DatabaseError:
        return Report(
            state=ResultState.FAILED, filters=filters, survey_name=survey.name, minimum=survey.minimum
        )


def is_kept(asked: Asked) -> bool:
    """Whether it was already made for these numbers."""
    return cache.has_key(_key(asked))


def _key(asked: Asked) -> str:
    vocabulary = asked.vocabulary
    parts = [CODE, asked.filters, asked.survey, sorted(vocabulary.scope or ()), vocabulary.mark]
    return f"report:{digest(parts)}"


def _as_of_now(report: Report, waiting: int, rate: ResponseRate | None) -> Report:
    """How many wait, and who of the invited answered, is never kept: it moves while the scores stand still."""
    state = report.state
    if state is ResultState.EMPTY and waiting:
        state = ResultState.COMPUTING
    return replace(report, state=state, waiting=waiting, response_rate=rate)


def rendering_mark(
    member: Member, query: QueryDict, surveys: tuple[SurveyChoice, ...], *parts: object
) -> str:
    """What a drawing or file of an address is kept under, from as little reading as possible.

    It moves with the cells, the scope, the day, the code and every name and place that a report can show.
    """
    slug = query.get("survey")
    asked = [survey for survey in surveys if survey.slug == slug] or surveys
    return digest([CODE, sorted(query.lists()), asked, member.sees_everywhere, names_mark(member), *parts])
