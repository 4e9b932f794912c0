import pytest

from surveys.models import Question
from surveys.queries.wordings import is_reworded, last_wordings, unanswered
from tests.factories import make_draft, make_published, make_survey

OPTIONS = [{"key": "a", "label": "Here"}, {"key": "b", "label": "There"}]
DANISH = {"text": "Hvor?", "help_text": "", "options": {"a": "Her"}}


def question(**fields):
    return Question(**{"text": "Where?", "options": OPTIONS, "translations": {"da": DANISH}, **fields})


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Where to?"},
        {"text": "where?"},
        {"help_text": "In all."},
        {"options": OPTIONS[::-1]},
        {"options": OPTIONS[:1]},
        {"translations": {"da": {**DANISH, "text": "Hvorhen?"}}},
        {"translations": {"da": {**DANISH, "options": {"a": "Dér"}}}},
    ],
)
def test_a_question_is_reworded_when_a_customer_reads_something_else(changes):
    assert is_reworded(question(**changes), question())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"section": "Place"},
        {"weight": 3},
        {"is_required": True},
        {"allows_not_applicable": False},
        {"continuity": "same"},
        {"translations": {}},
        {"translations": {"da": DANISH, "cs": {"text": "Kde?"}}},
        {"translations": {"da": {"text": "Hvor?", "options": {"a": "Her"}}}},
        {"translations": {"da": {**DANISH, "section": "Sted"}}},
    ],
)
def test_a_question_is_not_reworded_by_what_belongs_to_the_version(changes):
    assert not is_reworded(question(**changes), question())


@pytest.mark.django_db
def test_last_wordings_are_the_latest_published_ones():
    survey = make_survey()
    make_published(survey, [("speed", "speed")])
    second = make_draft(survey, [("speed", "speed")])
    second.questions.update(text="How quick?")
    make_published(draft=second)
    draft = make_draft(survey, [("speed", "speed"), ("quality", "quality")])

    found = last_wordings(draft.questions.all())

    assert [(question.text, question.version_id) for question in found.values()] == [
        ("How quick?", second.pk)
    ]


@pytest.mark.django_db
def test_unanswered_are_those_of_which_nobody_has_said_anything():
    survey = make_published().survey
    draft = make_draft(survey)
    draft.questions.filter(measure__key="speed").update(text="How quick?")
    draft.questions.filter(measure__key="overall").update(text="In all?", continuity="same")
    questions = list(draft.questions.select_related("measure"))

    found = unanswered(questions, last_wordings(questions))

    assert [question.measure.key for question in found] == ["speed"]
