"""What an editor does to the questions of a draft. Questions are named by their measure's key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from surveys.actions.drafts import locked_draft, write_questions
from surveys.details import CHOICES, QuestionDetails, shape_of
from surveys.enums import MAX_QUESTIONS, Continuity, Kind
from surveys.keys import free_key, keyed_options, measure_key
from surveys.models import Measure, Question
from surveys.queries.wordings import is_reworded, last_wordings
from surveys.rules import may_grow

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Survey, Version

# What is remembered of a removed question, so that it can be put back as it was.
REMEMBERED = (
    *("section", "text", "help_text", "is_required", "allows_not_applicable", "weight", "options"),
    *("continuity", "translations"),
)
FREE_OF_MEASURE = ("section", "text", "help_text", "is_required", "allows_not_applicable", "weight")


class TooManyQuestions(Exception):
    """The draft holds as many questions as a survey can have."""


class NoSuchQuestion(Exception):
    """The draft has no question with that key (any more)."""


@transaction.atomic
def add_question(*, survey: Survey, details: QuestionDetails, by: Member | None, now: datetime) -> Question:
    """Add a question at the end. Raises TooManyQuestions, NoDraft, SurveyArchived."""
    draft, questions = _opened(survey)
    _refuse_a_21st(questions)
    question = Question(
        version=draft,
        position=len(questions) + 1,
        measure=_measure_for(draft, questions, details),
        options=_options(details),
    )
    _apply(question, details)
    question.save()
    _record(draft, question, action="added a question to", by=by, now=now)
    return question


@transaction.atomic
def change_question(
    *, survey: Survey, key: str, details: QuestionDetails, by: Member | None, now: datetime
) -> Question:
    """Change a question's wording and marks. Another kind, dimension or direction than a published version asked
    makes another measure; so `question.measure.key` may be a new one. Raises NoSuchQuestion, NoDraft, SurveyArchived.
    """
    draft, questions = _opened(survey)
    question = _named(questions, key)
    before = Question.objects.select_related("measure").get(pk=question.pk)
    question.measure = _measure_for(draft, questions, details, question)
    question.options = _options(details, before, used=_option_keys(question.measure))
    question.translations = _translations_of_these_options(question)
    _apply(question, details)
    question.continuity = continuity_after(question, before)
    question.save(update_fields=[*FREE_OF_MEASURE, "measure", "options", "translations", "continuity"])
    changes = _differences(QuestionDetails.of(before), QuestionDetails.of(question))
    _record(draft, question, action="changed a question of", by=by, now=now, **changes)
    return question


@transaction.atomic
def move_question(*, survey: Survey, key: str, to: int, by: Member | None, now: datetime) -> Question:
    """Move a question to a position; before the first is the first, beyond the last is the last.

    Raises NoSuchQuestion, NoDraft, SurveyArchived.
    """
    draft, questions = _opened(survey)
    question = _named(questions, key)
    before, after = question.position, min(max(to, 1), len(questions))
    if before != after:
        questions.remove(question)
        questions.insert(after - 1, question)
        write_questions(draft, questions)
        _record(draft, question, action="moved a question of", by=by, now=now, position=[before, after])
    return question


@transaction.atomic
def copy_question(*, survey: Survey, key: str, by: Member | None, now: datetime) -> Question:
    """Put a copy right after the question: the same words, a measure of its own.

    Raises TooManyQuestions, NoSuchQuestion, NoDraft, SurveyArchived.
    """
    draft, questions = _opened(survey)
    _refuse_a_21st(questions)
    original = _named(questions, key)
    copy = Question(version=draft, **_remembered(original))
    copy.measure = _new_measure(draft, replace(QuestionDetails.of(original), key=""))
    copy.section, copy.continuity = "", ""
    questions.insert(original.position, copy)
    write_questions(draft, questions)
    _record(draft, copy, action="copied a question of", by=by, now=now, original=original.measure.key)
    return copy


@transaction.atomic
def remove_question(*, survey: Survey, key: str, by: Member | None, now: datetime) -> dict[str, Any]:
    """Take a question out and close the gap. Returns what `put_back_question` needs, as JSON takes it.

    Raises NoSuchQuestion, NoDraft, SurveyArchived.
    """
    draft, questions = _opened(survey)
    question = _named(questions, key)
    removed = {"key": key, "position": question.position, **_remembered(question)}
    _record(draft, question, action="removed a question of", by=by, now=now)
    questions.remove(question)
    write_questions(draft, questions)
    return removed


@transaction.atomic
def put_back_question(
    *, survey: Survey, removed: dict[str, Any], by: Member | None, now: datetime
) -> Question:
    """Undo `remove_question`. Raises TooManyQuestions, NoDraft, SurveyArchived, and NoSuchQuestion where the
    question is back already or its measure went with a publication.
    """
    draft, questions = _opened(survey)
    _refuse_a_21st(questions)
    measure = Measure.objects.filter(survey=survey, key=removed["key"]).first()
    if measure is None or any(question.measure_id == measure.pk for question in questions):
        raise NoSuchQuestion
    question = Question(version=draft, measure=measure, **{name: removed[name] for name in REMEMBERED})
    questions.insert(removed["position"] - 1, question)
    write_questions(draft, questions)
    _record(draft, question, action="put back a question of", by=by, now=now)
    return question


def _opened(survey: Survey) -> tuple[Version, list[Question]]:
    draft = locked_draft(survey)
    return draft, list(draft.questions.select_related("measure").in_order())


def _named(questions: list[Question], key: str) -> Question:
    for question in questions:
        if question.measure.key == key:
            return question
    raise NoSuchQuestion


def _refuse_a_21st(questions: list[Question]) -> None:
    """Said before the database has to: its CHECK would refuse position MAX_QUESTIONS + 1."""
    if not may_grow(len(questions)):
        raise TooManyQuestions(MAX_QUESTIONS)


def _measure_for(
    draft: Version, questions: list[Question], details: QuestionDetails, current: Question | None = None
) -> Measure:
    """The measure that a question with these details belongs to: its own as long as its shape is the same; the one
    that the live version asks in just these words, if the draft no longer asks it; else a changed or new one.
    """
    is_asked = current is not None and current.measure_id in last_wordings([current])
    if current and is_asked and shape_of(current.measure) == details.shape:
        return current.measure
    former = _former_measure(draft, questions, details)
    if former:
        return former
    if current and not is_asked:
        return _reshaped(current.measure, details)
    return _new_measure(draft, details)


def _former_measure(draft: Version, questions: list[Question], details: QuestionDetails) -> Measure | None:
    """So that what is changed back, or removed and typed anew, goes on with its trend."""
    kind, dimension, is_reversed = details.shape
    found = (
        Question.objects.filter(version=draft.survey.live_version_id, text=details.text)
        .filter(measure__kind=kind, measure__dimension=dimension, measure__is_reversed=is_reversed)
        .exclude(measure__in=[question.measure_id for question in questions])
        .select_related("measure")
    )
    former = found.first()
    return former.measure if former else None


def _reshaped(measure: Measure, details: QuestionDetails) -> Measure:
    if shape_of(measure) != details.shape:
        measure.kind, measure.dimension, measure.is_reversed = details.shape
        measure.save(update_fields=["kind", "dimension", "is_reversed"])
    return measure


def _new_measure(draft: Version, details: QuestionDetails) -> Measure:
    taken = set(draft.survey.measures.values_list("key", flat=True))
    kind, dimension, is_reversed = details.shape
    return Measure.objects.create(
        survey=draft.survey,
        key=free_key(details.key, taken=taken) if details.key else measure_key(details.text, taken=taken),
        kind=kind,
        dimension=dimension,
        is_reversed=is_reversed,
    )


def _apply(question: Question, details: QuestionDetails) -> None:
    for name in FREE_OF_MEASURE:
        setattr(question, name, getattr(details, name))
    question.allows_not_applicable = details.allows_not_applicable and details.kind == Kind.RATING


def _options(
    details: QuestionDetails, before: Question | None = None, used: set[str] | None = None
) -> list[dict[str, str]]:
    if details.kind not in CHOICES:
        return []
    return keyed_options(details.options, before=before.options if before else [], used=used or ())


def _option_keys(measure: Measure) -> set[str]:
    """Every option key that an answer to this measure may hold."""
    published = Question.objects.filter(measure=measure, version__published_at__isnull=False)
    return {option["key"] for options in published.values_list("options", flat=True) for option in options}


def _translations_of_these_options(question: Question) -> dict[str, Any]:
    """A label that went takes its translations along."""
    keys = {option["key"] for option in question.options}
    return {
        language: {
            **words,
            **(
                {"options": {key: label for key, label in words["options"].items() if key in keys}}
                if words.get("options")
                else {}
            ),
        }
        for language, words in question.translations.items()
    }


def continuity_after(question: Question, before: Question) -> str:
    """An answer holds as long as the words do that it was given for. Another shape has answered for itself, and
    words that were changed back leave nothing to ask.
    """
    wordings = last_wordings([question, before])
    last = wordings.get(question.measure_id)
    if last is None:
        is_successor = before.measure_id in wordings or before.continuity == Continuity.NEW_MEASURE
        return Continuity.NEW_MEASURE if is_successor else ""
    answer_holds = question.measure_id == before.measure_id and not is_reworded(question, before)
    return before.continuity if answer_holds and is_reworded(question, last) else ""


def _remembered(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in REMEMBERED}


def _differences(before: QuestionDetails, after: QuestionDetails) -> dict[str, Any]:
    pairs = {
        name: [getattr(before, name), getattr(after, name)]
        for name in QuestionDetails.__slots__
        if getattr(before, name) != getattr(after, name)
    }
    return {"was" if name == "key" else name: pair for name, pair in pairs.items()}


def _record(
    draft: Version, question: Question, *, action: str, by: Member | None, now: datetime, **changes: Any
) -> None:
    changes = {"question": question.measure.key, "text": question.text, **changes}
    record_change(action=action, subject=draft.survey, by=by, now=now, changes=changes)
