from dataclasses import replace
from datetime import UTC, datetime

import pytest

from organisation.models import AuditEntry
from surveys.actions.building import add_question, change_question
from surveys.actions.drafts import NoDraft, NothingToReturnTo, change_texts, discard_draft, start_draft
from surveys.actions.publishing import publish_draft
from surveys.details import QuestionDetails
from surveys.enums import Continuity, Kind
from surveys.models import Measure, Version
from surveys.queries.changes import fingerprint, in_order
from tests.factories import make_draft, make_published

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BY_NOBODY = {"by": None, "now": NOW}


def redrafted(**fields):
    return start_draft(survey=make_published(**fields).survey, **BY_NOBODY)


def reword(draft, key, **changes):
    question = draft.questions.select_related("measure").get(measure__key=key)
    details = replace(QuestionDetails.of(question), **changes)
    return change_question(survey=draft.survey, key=key, details=details, **BY_NOBODY)


def publish(draft, **fields):
    return publish_draft(survey=draft.survey, **BY_NOBODY, **fields)


def measures(version):
    return dict(version.questions.values_list("measure__key", "measure"))


def test_start_draft_copies_words_and_measures_and_no_answers():
    live = make_published(intro="Hello", translations={"da": {"title": "Hvordan?"}})

    draft = start_draft(survey=live.survey, **BY_NOBODY)

    assert fingerprint(draft, in_order(draft)) == fingerprint(live, in_order(live))
    assert measures(draft) == measures(live)
    assert draft.pk != live.pk


def test_start_draft_asks_anew_in_each_draft():
    draft = redrafted()
    reword(draft, "speed", text="How quick?")
    publish(draft, answers={"speed": Continuity.NEW_WORDING})

    draft = start_draft(survey=draft.survey, **BY_NOBODY)

    assert set(draft.questions.values_list("continuity", flat=True)) == {""}


def test_start_draft_returns_the_one_that_is_there():
    draft = redrafted()

    assert start_draft(survey=draft.survey, **BY_NOBODY) == draft


def test_discard_draft_leaves_the_live_version_alone():
    draft = redrafted()
    add_question(survey=draft.survey, details=QuestionDetails(text="Why?", kind=Kind.TEXT), **BY_NOBODY)

    discard_draft(survey=draft.survey, **BY_NOBODY)

    assert Version.objects.get().number == 1
    assert Measure.objects.filter(key="question").count() == 0


def test_discard_draft_keeps_the_only_thing_there_is():
    draft = make_draft()

    with pytest.raises(NothingToReturnTo):
        discard_draft(survey=draft.survey, **BY_NOBODY)


def test_change_texts_stores_and_records_what_changed():
    draft = make_draft(title="Before", intro="Hello")

    change_texts(survey=draft.survey, texts={"title": "After", "intro": "Hello"}, **BY_NOBODY)

    draft.refresh_from_db()
    assert (draft.title, draft.intro) == ("After", "Hello")
    assert AuditEntry.objects.get().changes == {"title": ["Before", "After"]}


def test_discard_draft_finds_none_in_a_survey_that_is_only_live():
    with pytest.raises(NoDraft):
        discard_draft(survey=make_published().survey, **BY_NOBODY)
