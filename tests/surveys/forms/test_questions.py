from dataclasses import replace

import pytest

from surveys.details import QuestionDetails
from surveys.enums import Dimension, Kind
from surveys.forms.questions import ClosingForm, QuestionForm, TextsForm
from tests.factories import make_draft, make_question

RATING = {"text": "How was the light?", "kind": "rating", "dimension": "quality", "weight": "1"}
CHOICE = {"text": "Where?", "kind": "single_choice", "options": "Here\nThere", "weight": "1"}


def form_of(data=None, **kwargs):
    return QuestionForm(data, action="/", submit="Save", back="/", language="en", **kwargs)


def errors_of(**data):
    return {name: [str(e) for e in errors] for name, errors in form_of(data).errors.items()}


def details_of(**data):
    form = form_of(data)
    assert form.errors == {}
    return form.details()


def test_a_rating_is_read():
    details = details_of(**RATING, is_required="on", allows_not_applicable="on", section=" In  all ")

    assert details == QuestionDetails(
        text="How was the light?",
        dimension=Dimension.QUALITY,
        is_required=True,
        allows_not_applicable=True,
        section="In all",
    )


def test_a_choice_is_read_without_what_belongs_to_ratings():
    details = details_of(
        **{**CHOICE, "weight": "7"}, dimension="speed", is_reversed="on", allows_not_applicable="on"
    )

    assert details == QuestionDetails(
        text="Where?", kind=Kind.SINGLE_CHOICE, options=("Here", "There"), allows_not_applicable=False
    )


def test_a_text_is_read_without_options():
    details = details_of(text="Why?", kind="text", options="one", weight="1")

    assert details == QuestionDetails(text="Why?", kind=Kind.TEXT, allows_not_applicable=False)


def test_options_are_the_lines_that_hold_something():
    options = details_of(**{**CHOICE, "options": "\r\n  In  the shop \r\n\r\nAt home\r\n"}).options

    assert options == ("In the shop", "At home")


def test_a_question_is_one_line():
    assert details_of(**{**RATING, "text": "How was\r\n the  light?"}).text == "How was the light?"


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({**RATING, "text": "  "}, "text"),
        ({**RATING, "text": "x" * 501}, "text"),
        ({**RATING, "text": "nul\x00"}, "text"),
        ({**RATING, "text": "half\ud800"}, "text"),
        ({**RATING, "kind": "nps"}, "kind"),
        ({**RATING, "dimension": ""}, "dimension"),
        ({**RATING, "dimension": "beauty"}, "dimension"),
        ({**RATING, "weight": "0"}, "weight"),
        ({**RATING, "weight": "11"}, "weight"),
        ({**RATING, "weight": "9" * 5000}, "weight"),
        ({**RATING, "weight": "-1"}, "weight"),
        ({**RATING, "weight": "1e3"}, "weight"),
        ({**RATING, "section": "x" * 151}, "section"),
        ({**RATING, "help_text": "x" * 501}, "help_text"),
        ({**CHOICE, "options": ""}, "options"),
        ({**CHOICE, "options": "Here"}, "options"),
        ({**CHOICE, "options": "\n".join("abcdefghijklmnopqrstu")}, "options"),
        ({**CHOICE, "options": "Here\n" + "x" * 101}, "options"),
        ({**CHOICE, "options": "Here\nThere\nhere"}, "options"),
        ({**CHOICE, "options": "Here\nThere\x00"}, "options"),
        ({**CHOICE, "kind": "several_choices", "options": "Here"}, "options"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(data, wrong):
    assert list(errors_of(**data)) == [wrong]


def test_the_limits_themselves_are_fine():
    options = "\n".join(letter * 100 for letter in "abcdefghijklmnopqrst")

    assert len(details_of(**{**CHOICE, "options": options}).options) == 20
    assert details_of(**{**RATING, "text": "x" * 500, "weight": "10"}).weight == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.RATING, {"dimension": "speed", "weight": 3, "is_reversed": True, "section": "In all"}),
        (Kind.SEVERAL_CHOICES, {"options": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]}),
        (Kind.TEXT, {"help_text": "Briefly.", "is_required": True}),
    ],
)
def test_what_a_form_shows_of_a_question_saves_as_it_was(kind, fields):
    question = make_question(make_draft(questions=()), 1, key="any", kind=kind, **fields)
    shown = form_of(initial=QuestionForm.initial_of(question))
    sent = {bound.html_name: bound.value() for bound in shown if bound.value() not in {False, None}}

    form = form_of(sent)

    assert form.is_valid()
    assert replace(form.details(), key="any") == QuestionDetails.of(question)


@pytest.mark.parametrize(
    ("initial", "is_open"),
    [
        ({"weight": 1, "section": "", "is_reversed": False}, False),
        ({"weight": 2}, True),
        ({"weight": 1, "section": "In all"}, True),
        ({"weight": 1, "is_reversed": True}, True),
    ],
)
def test_more_is_open_when_something_below_it_is_set(initial, is_open):
    assert form_of(initial=initial).more_is_open == is_open


def test_more_is_open_when_something_below_it_is_wrong():
    assert form_of({**RATING, "weight": "99"}).more_is_open


def test_advice_is_on_the_wording_as_typed():
    assert len(form_of({**RATING, "text": "Was it good and fast?"}).advice) == 1
    assert form_of(RATING).advice == []


def test_a_published_question_says_what_starts_a_new_measure():
    note = "Changing this starts a new measure: its trend begins afresh."
    fields = form_of(is_published=True).fields

    assert [name for name, field in fields.items() if note in field.help_text] == [
        "kind",
        "dimension",
        "is_reversed",
    ]


@pytest.mark.parametrize(
    ("form_class", "data", "wrong"),
    [
        (TextsForm, {"title": ""}, "title"),
        (TextsForm, {"title": "x" * 151}, "title"),
        (TextsForm, {"title": "x", "intro": "x" * 2001}, "intro"),
        (TextsForm, {"title": "x", "intro": "nul\x00"}, "intro"),
        (ClosingForm, {"thanks_title": "x" * 151}, "thanks_title"),
        (ClosingForm, {"thanks_text": "x" * 2001}, "thanks_text"),
    ],
)
def test_texts_have_their_limits(form_class, data, wrong):
    assert list(form_class(data, action="/", back="/").errors) == [wrong]
