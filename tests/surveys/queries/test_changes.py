from dataclasses import replace
from datetime import UTC, datetime

import pytest

from surveys.actions.building import add_question, change_question, move_question, remove_question
from surveys.actions.drafts import change_texts, start_draft
from surveys.details import QuestionDetails
from surveys.enums import Kind
from surveys.queries.changes import changes_since, fingerprint, in_order
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


def test_changes_tell_added_removed_reworded_and_moved_apart():
    draft = redrafted()
    remove_question(survey=draft.survey, key="quality", **BY_NOBODY)
    add_question(survey=draft.survey, details=QuestionDetails(text="Why?", kind=Kind.TEXT), **BY_NOBODY)
    reword(draft, "speed", text="How quick?")
    move_question(survey=draft.survey, key="overall", to=1, **BY_NOBODY)
    change_texts(survey=draft.survey, texts={"thanks_title": "Bye"}, **BY_NOBODY)

    draft.refresh_from_db()
    changes = changes_since(draft.survey.live_version, draft, in_order(draft))

    assert [question.text for question in changes.added] == ["Why?"]
    assert [question.measure.key for question in changes.removed] == ["quality"]
    assert [(c.question.measure.key, c.is_reworded, c.is_moved) for c in changes.changed] == [
        ("overall", False, True),
        ("speed", True, False),
    ]
    assert changes.texts == [("thanks_title", "", "Bye")]


def test_there_are_no_changes_in_a_fresh_draft():
    draft = redrafted()

    assert not changes_since(draft.survey.live_version, draft, in_order(draft))


def test_a_first_draft_is_all_added():
    draft = make_draft()

    changes = changes_since(None, draft, in_order(draft))

    assert (len(changes.added), changes.removed, changes.changed, changes.texts) == (5, [], [], [])


def test_changes_name_the_marks_that_changed():
    draft = redrafted()
    reword(draft, "speed", weight=3, is_required=True)

    [change] = changes_since(draft.survey.live_version, draft, in_order(draft)).changed

    assert change.marks == ["weight", "is_required"]


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Other?"},
        {"help_text": "Other"},
        {"section": "Other"},
        {"weight": 7},
        {"is_required": True},
        {"options": [{"key": "a", "label": "Other"}]},
        {"translations": {"da": {"text": "Andet?"}}},
        {"allows_not_applicable": False},
    ],
)
def test_a_fingerprint_moves_with_every_change(changes):
    draft = make_draft()
    before = fingerprint(draft, in_order(draft))

    draft.questions.filter(position=1).update(**changes)

    assert fingerprint(draft, in_order(draft)) != before


def test_a_fingerprint_stays_when_nothing_changes():
    draft = make_draft(translations={"da": {"title": "a", "intro": "b"}})

    draft.questions.update(continuity="same")

    assert fingerprint(draft, in_order(draft)) == fingerprint(draft, in_order(draft))
