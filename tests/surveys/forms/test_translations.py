import pytest

from surveys.enums import Kind
from surveys.forms.translations import TranslationForm
from surveys.queries.changes import in_order
from tests.factories import make_draft, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    draft = make_draft(questions=[("speed", "speed")], translations={"da": {"title": "Hvordan?"}})
    make_question(
        draft,
        2,
        key="where",
        kind=Kind.SINGLE_CHOICE,
        section="Place",
        options=[{"key": "a", "label": "Here"}, {"key": "b", "label": "There"}],
        translations={"da": {"text": "Hvor?", "options": {"b": "Dér"}}},
    )
    return draft


def form_of(draft, data=None, language="da"):
    return TranslationForm(data, version=draft, questions=in_order(draft), language=language)


def test_there_is_a_field_for_each_text_that_says_something(draft):
    assert list(form_of(draft).fields) == [
        "version.title",
        "question.speed.text",
        "question.where.section",
        "question.where.text",
        "option.where.a",
        "option.where.b",
    ]


def test_fields_hold_what_is_translated_already(draft):
    initial = {name: field.initial for name, field in form_of(draft).fields.items()}

    assert {name: words for name, words in initial.items() if words} == {
        "version.title": "Hvordan?",
        "question.where.text": "Hvor?",
        "option.where.b": "Dér",
    }


def test_fields_stand_beside_the_original_under_the_number_of_their_question(draft):
    found = [(heading, original, field.html_name) for heading, original, field in form_of(draft).pairs()]

    assert found == [
        ("", "How did we do?", "version.title"),
        ("1", "How was the speed?", "question.speed.text"),
        ("2", "Place", "question.where.section"),
        ("", "How was the where?", "question.where.text"),
        ("", "Here", "option.where.a"),
        ("", "There", "option.where.b"),
    ]


def test_words_come_out_as_the_models_hold_them(draft):
    form = form_of(
        draft,
        {
            "version.title": "Hvordan går det?",
            "question.speed.text": "Farten?",
            "option.where.a": "Her",
            "option.where.z": "Nowhere",
            "question.gone.text": "Væk",
        },
    )

    assert form.is_valid()
    assert form.texts == {"title": "Hvordan går det?"}
    assert form.words == {
        "speed": {"text": "Farten?", "options": {}},
        "where": {"section": "", "text": "", "options": {"a": "Her", "b": ""}},
    }


@pytest.mark.parametrize(
    "data",
    [
        {"version.title": "x" * 151},
        {"question.speed.text": "x" * 501},
        {"question.where.section": "x" * 151},
        {"option.where.a": "x" * 101},
        {"question.speed.text": "nul\x00"},
        {"option.where.a": "half\ud800"},
    ],
)
def test_a_translation_has_the_limits_of_the_original(draft, data):
    assert list(form_of(draft, data).errors) == list(data)
