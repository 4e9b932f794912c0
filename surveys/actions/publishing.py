"""Publishing: a draft becomes a numbered version that never changes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from organisation.actions import record_change
from surveys.actions.drafts import drop_unasked_measures, locked_draft, locked_survey
from surveys.enums import Continuity
from surveys.keys import measure_key
from surveys.models import Measure, Version
from surveys.queries.changes import fingerprint, in_order, problems_of
from surveys.queries.wordings import is_reworded, last_wordings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Question, Survey
    from surveys.queries.changes import Problem


class NotReady(Exception):
    """The draft cannot be published before its `problems` are settled."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__([problem.message for problem in problems])
        self.problems = problems


class NothingToPublish(Exception):
    """The draft reads exactly as the live version does."""


class ChangedMeanwhile(Exception):
    """Somebody changed the draft after it was looked at for publishing."""


@transaction.atomic
def publish_draft(
    *,
    survey: Survey,
    by: Member | None,
    now: datetime,
    answers: Mapping[str, str] | None = None,
    seen: str = "",
) -> Version:
    """Freeze the draft under the next number and make it the live version.

    `answers` says by measure key what a reworded question is to the one before (Continuity); `seen` is the
    fingerprint of the draft that was looked at. Raises NotReady, NothingToPublish, ChangedMeanwhile, NoDraft,
    SurveyArchived; nothing has changed then.
    """
    survey = locked_survey(survey)
    draft = locked_draft(survey)
    questions = in_order(draft)
    if seen and seen != fingerprint(draft, questions):
        raise ChangedMeanwhile
    _settle(questions, answers or {})
    problems = problems_of(draft, questions)
    if problems:
        raise NotReady(problems)
    live = survey.live_version
    if live and fingerprint(live, in_order(live)) == fingerprint(draft, questions):
        raise NothingToPublish
    _begin_new_measures(questions)
    drop_unasked_measures(survey)
    return _freeze(draft, survey, by=by, now=now)


def _settle(questions: list[Question], answers: Mapping[str, str]) -> None:
    """Store what was said about the questions that are worded otherwise than before; there is no other to ask."""
    wordings = last_wordings(questions)
    for question in questions:
        answer = answers.get(question.measure.key, "")
        before = wordings.get(question.measure_id)
        if answer and before and is_reworded(question, before):
            question.continuity = Continuity(answer)
            question.save(update_fields=["continuity"])


def _begin_new_measures(questions: list[Question]) -> None:
    """A question that was declared a new measure gets one, as it leaves the trend of the old."""
    wordings = last_wordings(questions)
    for question in questions:
        if question.continuity == Continuity.NEW_MEASURE and question.measure_id in wordings:
            question.measure = _successor(question)
            question.save(update_fields=["measure"])


def _successor(question: Question) -> Measure:
    old = question.measure
    taken = set(Measure.objects.filter(survey=old.survey_id).values_list("key", flat=True))
    return Measure.objects.create(
        survey_id=old.survey_id,
        key=measure_key(question.text, taken=taken),
        kind=old.kind,
        dimension=old.dimension,
        is_reversed=old.is_reversed,
    )


def _freeze(draft: Version, survey: Survey, *, by: Member | None, now: datetime) -> Version:
    last = survey.versions.aggregate(last=Max("number"))["last"] or 0
    draft.number, draft.published_at, draft.published_by = last + 1, now, by
    draft.save(update_fields=["number", "published_at", "published_by"])
    survey.live_version = draft
    survey.save(update_fields=["live_version"])
    record_change(action="published", subject=survey, by=by, now=now, changes={"version": draft.number})
    return draft
