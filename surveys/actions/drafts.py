"""A survey's one draft: begun, worded, thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions import record_change
from surveys.models import Measure, Question, Survey, Version
from surveys.rules import may_be_changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from organisation.models import Member

TEXTS = ("title", "intro", "thanks_title", "thanks_text")


class SurveyArchived(Exception):
    """The survey is archived: it can be restored, not changed."""


class NoDraft(Exception):
    """The survey has no draft: it was published or discarded meanwhile."""


class NothingToReturnTo(Exception):
    """The survey was never published, so there is nothing to return to without its draft."""


def locked_survey(survey: Survey) -> Survey:
    """The survey as it is now, held until the transaction ends (rows that refer to it may still be written).

    Raises SurveyArchived.
    """
    held = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if not may_be_changed(held):
        raise SurveyArchived
    return held


def locked_draft(survey: Survey) -> Version:
    """The survey's draft, held until the transaction ends, so that two editors take turns.

    Raises NoDraft, SurveyArchived.
    """
    drafts = Version.objects.drafts().select_for_update(no_key=True, of=("self",)).select_related("survey")
    draft = drafts.filter(survey=survey).first()
    if draft is None:
        raise NoDraft
    if not may_be_changed(draft.survey):
        raise SurveyArchived
    return draft


@transaction.atomic
def start_draft(*, survey: Survey, by: Member | None, now: datetime) -> Version:
    """Copy the live version into a draft that can be changed; its questions keep their measures.

    A draft that is there already is returned as it is. Raises SurveyArchived.
    """
    survey = locked_survey(survey)
    draft = survey.versions.drafts().first()
    if draft:
        return draft
    live = survey.live_version
    draft = copied_version(live, survey, live.questions.in_order() if live else ())
    record_change(action="started a draft of", subject=survey, by=by, now=now)
    return draft


@transaction.atomic
def discard_draft(*, survey: Survey, by: Member | None, now: datetime) -> None:
    """Throw the draft away: the live version is all there is. Raises NoDraft, NothingToReturnTo, SurveyArchived."""
    draft = locked_draft(survey)
    if draft.survey.live_version_id is None:
        raise NothingToReturnTo
    draft.delete()
    drop_unasked_measures(survey)
    record_change(action="discarded the draft of", subject=survey, by=by, now=now)


@transaction.atomic
def change_texts(*, survey: Survey, texts: Mapping[str, str], by: Member | None, now: datetime) -> Version:
    """Change some of the draft's own texts (TEXTS). Raises NoDraft, SurveyArchived."""
    draft = locked_draft(survey)
    changes = {name: [getattr(draft, name), text] for name, text in texts.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    for name, (_before, text) in changes.items():
        setattr(draft, name, text)
    if changes:
        draft.save(update_fields=list(changes))
        record_change(action="changed texts of", subject=draft.survey, by=by, now=now, changes=changes)
    return draft


def copied_version(version: Version | None, survey: Survey, questions: Iterable[Question]) -> Version:
    """A new draft of `survey` with the texts of `version` and copies of these questions; empty without a version."""
    if version is None:
        return Version.objects.create(survey=survey, title=survey.name)
    texts = {name: getattr(version, name) for name in (*TEXTS, "translations")}
    draft = Version.objects.create(survey=survey, **texts)
    copies = list(questions)
    for question in copies:
        question.continuity = ""
    write_questions(draft, copies)
    return draft


def write_questions(draft: Version, questions: Iterable[Question]) -> None:
    """Make these the draft's questions, in this order. What stood there before is replaced as a whole, because
    no two questions may hold a position even for a moment.
    """
    ordered = list(questions)
    draft.questions.all().delete()
    for position, question in enumerate(ordered, start=1):
        question.pk, question.version, question.position = None, draft, position
        question._state.adding = True  # noqa: SLF001 (Django's documented way to copy a row)
    Question.objects.bulk_create(ordered)


def drop_unasked_measures(survey: Survey) -> None:
    """Remove the measures that no version asks: left over from questions that were removed."""
    Measure.objects.filter(survey=survey, questions=None).delete()
