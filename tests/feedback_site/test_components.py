"""Parts that hold a rule of their own; how they look is the styleguide's."""

import re

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from feedback_site.templatetags.components import LITTLE, SHOWN, beginning, of, remainder

LABELS = [(1, "Very poor"), (2, "Poor"), (3, "Fair"), (4, "Good"), (5, "Excellent")]
RATING = {
    "key": "speed",
    "position": 3,
    "kind": "rating",
    "text": "How quickly?",
    "allows_not_applicable": True,
}


def question(item=RATING, **context):
    return render_to_string("components/public/question.html", {"item": item, "labels": LABELS, **context})


def inputs(html):
    """(id, value, whether it is chosen) of each radio and checkbox."""
    found = re.findall(
        r'<input type="(?:radio|checkbox)" name="(\w+)" id="([\w-]+)" value="(\w+)"( checked)?>', html
    )
    return [(name, id_, value, bool(checked)) for name, id_, value, checked in found]


def test_of_finds_the_entry_under_a_variable_key():
    assert of({"speed": ["4"]}, "speed") == ["4"]


@pytest.mark.parametrize("mapping", [{}, None, "", {"quality": ["4"]}])
def test_of_is_empty_without_an_entry(mapping):
    assert of(mapping, "speed") == ""


def test_rating_offers_five_steps_and_one_set_apart():
    assert inputs(question()) == [
        *(("speed", f"q-speed-{value}", str(value), False) for value in range(1, 6)),
        ("speed", "q-speed-x", "x", False),
    ]


def test_rating_keeps_what_was_chosen():
    html = question(values={"speed": ["4"], "quality": ["2"]})

    assert [value for _name, _id, value, chosen in inputs(html) if chosen] == ["4"]


def test_rating_without_a_way_out_has_five_answers():
    assert len(inputs(question(RATING | {"allows_not_applicable": False}))) == 5


def test_several_choices_keep_all_that_were_chosen():
    options = [{"key": key, "label": key.upper()} for key in "abc"]
    item = RATING | {"kind": "several_choices", "options": options}

    html = question(item, values={"speed": ["a", "c"]})

    assert inputs(html) == [
        ("speed", "q-speed-a", "a", True),
        ("speed", "q-speed-b", "b", False),
        ("speed", "q-speed-c", "c", True),
    ]


@pytest.mark.parametrize("kind", ["rating", "text"])
def test_question_names_its_error_and_its_help(kind):
    item = RATING | {"kind": kind, "help_text": "From when you came in."}

    html = question(item, errors={"speed": "Please choose one."})

    assert '<p class="error" id="q-speed-error">Please choose one.</p>' in html
    assert 'aria-describedby="q-speed-help q-speed-error"' in html


def test_text_is_given_back_as_it_was_written():
    html = question(RATING | {"kind": "text"}, values={"speed": ["</textarea><b>fast"]})

    assert "&lt;/textarea&gt;&lt;b&gt;fast</textarea>" in html


def test_axis_writes_places_for_machines_whatever_the_language(settings):
    settings.LANGUAGE_CODE = "cs"

    html = render_to_string("components/axis.html", {"at": 61.5, "low": 57.25, "high": 65.0, "before": None})

    assert 'x1="57.25%" x2="65.0%"' in html
    assert "axis-before" not in html


def test_axis_shows_an_earlier_value_of_nought():
    assert 'cx="0%"' in render_to_string("components/axis.html", {"at": 1, "low": 0, "high": 2, "before": 0})


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("higher", "3 points higher"),
        ("lower", "3 points lower"),
        ("unclear", "No clear change"),
        ("too_few", "Too few to compare"),
    ],
)
def test_verdict_is_in_words(verdict, words):
    html = render_to_string("components/verdict.html", {"verdict": verdict, "change": "3 points"})

    assert html.strip() == f'<span class="verdict verdict-{verdict}">{words}</span>'


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("too_few", "Too few answers"),
        ("not_asked", "Not asked"),
        ("computing", "Still counting"),
        ("failed", "Could not be computed"),
    ],
)
def test_tile_without_a_score_says_why(state, words):
    tile = {"label": "Speed", "state": state, "minimum": 5, "value": "61", "n": 3}

    html = render_to_string("components/stat_tile.html", {"tile": tile})

    assert f"<strong>{words}</strong>" in html
    assert "61" not in html


@pytest.mark.django_db
def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/list/", {"region": "coast", "page": "2"})
    page = Paginator(range(101), 50).page(2)

    html = render_to_string("components/pagination.html", {"page": page}, request=request)

    assert re.findall(r'<a [^>]*href="([^"]+)"', html) == [
        "?region=coast&amp;page=1",
        "?region=coast&amp;page=3",
    ]


def test_one_page_needs_no_pages():
    html = render_to_string("components/pagination.html", {"page": Paginator(range(3), 50).page(1)})

    assert html.strip() == ""


def test_progress_asks_again_only_while_there_is_an_address():
    work = {"id": "import", "label": "Importing", "value": 1200, "maximum": 6000}

    going, done = (
        render_to_string("components/progress.html", {**work, "poll_url": url}) for url in ("/imports/1/", "")
    )

    assert 'hx-get="/imports/1/"' in going
    assert "hx-get" not in done
    assert 'max="6000" value="1200"' in done


def test_meter_fills_a_cell_for_each_question():
    html = render_to_string("components/length_meter.html", {"count": 17, "limit": 20, "minutes": 4})

    assert (html.count('<span class="full">'), html.count("<span></span>")) == (17, 3)


@given(st.text(alphabet="ab \n", max_size=2000))
def test_a_long_text_is_cut_between_words_and_loses_nothing(text):
    start, rest = beginning(text), remainder(text)

    assert start + rest == text
    assert len(start) <= SHOWN + LITTLE
    assert not rest or len(start) <= SHOWN


def test_a_long_word_is_cut_where_it_must_be():
    assert len(beginning("x" * 5000)) == SHOWN


def test_what_is_little_longer_is_shown_whole():
    assert remainder("x" * (SHOWN + LITTLE)) == ""
