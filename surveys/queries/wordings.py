"""How a measure was worded when it was last published, whether a draft words it otherwise, and what is asked in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surveys.enums import Kind
from surveys.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = ("text", "help_text", "options")


def last_wordings(questions: Iterable[Question]) -> dict[int, Question]:
    """The latest published question of each measure of these questions, by measure; none for a measure that no
    published version asks.
    """
    asked = (
        Question.objects.filter(measure__in={question.measure_id for question in questions})
        .exclude(version__published_at=None)
        .select_related("measure")
        .order_by("version__number")
    )
    return {question.measure_id: question for question in asked}


def is_reworded(question: Question, before: Question) -> bool:
    """Whether a customer reads something else than before: text, help, options, or a translation of these.

    A language that is offered for the first time, or no longer, rewords nothing. Sections, weights and marks
    belong to the version and may change freely.
    """
    if any(getattr(question, name) != getattr(before, name) for name in WORDS):
        return True
    both = question.translations.keys() & before.translations.keys()
    return any(
        _words(question.translations[language]) != _words(before.translations[language]) for language in both
    )


def unanswered(questions: Iterable[Question], wordings: dict[int, Question]) -> list[Question]:
    """The reworded questions of which nobody has said yet what they are to the ones before."""
    return [
        question
        for question in questions
        if not question.continuity
        and question.measure_id in wordings
        and is_reworded(question, wordings[question.measure_id])
    ]


def _words(texts: dict[str, Any]) -> dict[str, Any]:
    return {name: texts.get(name) for name in WORDS if texts.get(name)}


def text_keys(version_id: int) -> set[str]:
    """The questions of a version that are answered in words."""
    rows = Question.objects.filter(version=version_id, measure__kind=Kind.TEXT)
    return set(rows.values_list("measure__key", flat=True))
