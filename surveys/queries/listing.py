"""Surveys as a list shows them: what state each is in, and when somebody last changed it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef

from organisation.models import AuditEntry
from surveys.models import Survey, Version
from surveys.queries.held import held_counts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from organisation.models import Member
    from surveys.models.surveys import SurveyQuerySet


class State(StrEnum):
    """Where a survey stands with its customers."""

    ARCHIVED = "archived"
    UNPUBLISHED = "unpublished"
    SCHEDULED = "scheduled"
    CLOSED = "closed"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class SurveyRow:
    survey: Survey
    state: State
    has_draft: bool
    changed_at: datetime
    held: int = 0


def surveys_matching(member: Member, *, words: str = "", archived: bool = False) -> SurveyQuerySet:
    """Surveys in whose name each of the words occurs, the latest made first."""
    surveys = Survey.objects.visible_to(member)
    for word in words.split():
        surveys = surveys.filter(name__icontains=word)
    found = surveys.exclude(archived_at=None) if archived else surveys.active()
    drafts = Version.objects.drafts().filter(survey=OuterRef("pk"))
    ordered = found.select_related("live_version").order_by("-created_at", "-pk")
    return ordered.annotate(has_draft=Exists(drafts))


def rows_of(surveys: Iterable[Survey], *, now: datetime) -> list[SurveyRow]:
    """Rows of annotated surveys, with two queries for all of them."""
    listed = list(surveys)
    changed, held = _last_changes(listed), held_counts(listed)
    return [
        SurveyRow(
            survey=survey,
            state=state_of(survey, now=now),
            has_draft=survey.has_draft,  # type: ignore[attr-defined]
            changed_at=changed.get(str(survey.pk), survey.created_at),
            held=held.get(survey.pk, 0),
        )
        for survey in listed
    ]


def state_of(survey: Survey, *, now: datetime) -> State:
    if survey.archived_at:
        return State.ARCHIVED
    if survey.live_version_id is None:
        return State.UNPUBLISHED
    if survey.closes_at and survey.closes_at <= now:
        return State.CLOSED
    if survey.opens_at and survey.opens_at > now:
        return State.SCHEDULED
    return State.LIVE


def _last_changes(surveys: list[Survey]) -> dict[str, datetime]:
    """The time of the last entry in the audit trail, by the survey's key as text."""
    entries = AuditEntry.objects.filter(kind="survey", object_id__in=[str(survey.pk) for survey in surveys])
    last = entries.order_by().values_list("object_id").annotate(last=Max("at"))
    return dict(last)
