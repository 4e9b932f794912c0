from datetime import UTC, datetime

import pytest

from organisation.models import AuditEntry
from surveys.actions.drafts import NoDraft, start_draft
from surveys.actions.translating import change_translations
from surveys.answering.published import languages
from surveys.queries.changes import in_order
from tests.factories import make_draft, make_published

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def translate(survey, *, texts=None, questions=None, language="da"):
    return change_translations(
        survey=survey, language=language, texts=texts or {}, questions=questions or {}, by=None, now=NOW
    )


def of(draft, key):
    return draft.questions.get(measure__key=key)


def test_words_of_a_language_are_stored_where_the_models_say():
    draft = make_draft()

    translate(
        draft.survey,
        texts={"title": "Hvordan?", "intro": ""},
        questions={"speed": {"text": "Farten?", "help_text": "", "options": {"a": "Ja", "b": ""}}},
    )

    draft.refresh_from_db()
    assert draft.translations == {"da": {"title": "Hvordan?"}}
    assert of(draft, "speed").translations == {"da": {"text": "Farten?", "options": {"a": "Ja"}}}


def test_other_languages_and_questions_stay_as_they_are():
    draft = make_draft(translations={"cs": {"title": "Jak?"}})
    draft.questions.update(translations={"cs": {"text": "Co?"}})

    translate(draft.survey, texts={"title": "Hvordan?"}, questions={"speed": {"text": "Farten?"}})

    draft.refresh_from_db()
    assert draft.translations == {"cs": {"title": "Jak?"}, "da": {"title": "Hvordan?"}}
    assert of(draft, "speed").translations == {"cs": {"text": "Co?"}, "da": {"text": "Farten?"}}
    assert of(draft, "overall").translations == {"cs": {"text": "Co?"}}


def test_a_language_without_words_is_dropped():
    draft = make_draft(translations={"da": {"title": "Hvordan?"}})
    draft.questions.update(translations={"da": {"text": "Hvad?"}})

    translate(draft.survey, texts={"title": ""}, questions={"speed": {"text": "", "options": {"a": ""}}})

    draft.refresh_from_db()
    assert (draft.translations, of(draft, "speed").translations) == ({}, {})


def test_a_language_is_offered_once_title_and_every_question_are_translated():
    draft = make_draft(questions=[("speed", "speed"), ("overall", "overall")])

    half = translate(draft.survey, texts={"title": "Hvordan?"}, questions={"speed": {"text": "Farten?"}})
    offered_half = languages(half, in_order(half))
    whole = translate(draft.survey, texts={"title": "Hvordan?"}, questions={"overall": {"text": "I alt?"}})

    assert (offered_half, languages(whole, in_order(whole))) == (("en",), ("en", "da"))


def test_another_translation_of_a_published_question_takes_its_answer_back():
    live = make_draft()
    live.questions.update(translations={"da": {"text": "Hvad?"}})
    draft = start_draft(survey=make_published(draft=live).survey, by=None, now=NOW)
    translate(draft.survey, questions={"speed": {"text": "Farten?"}})
    draft.questions.filter(measure__key="speed").update(continuity="same")

    translate(draft.survey, questions={"speed": {"text": "Farten?"}})
    kept = of(draft, "speed").continuity
    translate(draft.survey, questions={"speed": {"text": "Hastigheden?"}})

    assert (kept, of(draft, "speed").continuity) == ("same", "")


def test_a_question_that_is_not_there_any_more_is_passed_over():
    draft = make_draft()

    translate(draft.survey, texts={"title": "Hvordan?"}, questions={"gone": {"text": "Væk?"}})

    draft.refresh_from_db()
    assert draft.translations == {"da": {"title": "Hvordan?"}}


def test_translations_belong_to_a_draft():
    with pytest.raises(NoDraft):
        translate(make_published().survey, texts={"title": "Hvordan?"})


def test_translating_leaves_a_line_in_the_audit_trail():
    translate(make_draft().survey, texts={"title": "Hvordan?"})

    assert AuditEntry.objects.get().changes == {"language": "da"}
