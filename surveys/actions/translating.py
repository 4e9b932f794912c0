"""A draft's words in a further language."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from surveys.actions.building import continuity_after
from surveys.actions.drafts import locked_draft
from surveys.models import Question
from surveys.queries.changes import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Survey, Version

type Words = Mapping[str, Any]


@transaction.atomic
def change_translations(
    *,
    survey: Survey,
    language: str,
    texts: Words,
    questions: Mapping[str, Words],
    by: Member | None,
    now: datetime,
) -> Version:
    """Store all words of one language: the draft's own `texts`, and those of its `questions` by measure key, as the
    models describe them. Empty words are left out, and a language without any word is dropped. A question that is
    not named keeps its words; one that is not there any more is passed over. Raises NoDraft, SurveyArchived.
    """
    draft = locked_draft(survey)
    draft.translations = _with(draft.translations, language, texts)
    draft.save(update_fields=["translations"])
    named = [question for question in in_order(draft) if question.measure.key in questions]
    for question in named:
        _translate(question, language, questions[question.measure.key])
    Question.objects.bulk_update(named, ["translations", "continuity"])
    changes = {"language": language}
    record_change(action="translated", subject=draft.survey, by=by, now=now, changes=changes)
    return draft


def _translate(question: Question, language: str, words: Words) -> None:
    before = deepcopy(question)
    question.translations = _with(question.translations, language, words)
    question.continuity = continuity_after(question, before)


def _with(translations: dict[str, Any], language: str, words: Words) -> dict[str, Any]:
    others = {code: texts for code, texts in translations.items() if code != language}
    written = _written(words)
    return {**others, language: written} if written else others


def _written(words: Words) -> dict[str, Any]:
    """Without what is empty, at any depth."""
    pairs = ((name, _written(word) if isinstance(word, dict) else word) for name, word in words.items())
    return {name: word for name, word in pairs if word}
