import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.text import LONGEST_TEXT
from surveys.answering.answers import count_answered, is_seen, is_storable, read_answers
from surveys.answering.published import Item, Option, Published
from surveys.enums import Kind


def item(key, kind=Kind.RATING, *, required=False, not_applicable=True, options=()):
    return Item(1, key, kind, "?", "", "", required, not_applicable, False, options)


CHOICES = (Option("a", "Shop"), Option("b", "Phone"))
ITEMS = (
    item("speed"),
    item("knowledge", required=True, not_applicable=False),
    item("where", Kind.SINGLE_CHOICE, options=CHOICES),
    item("why", Kind.SEVERAL_CHOICES, options=CHOICES),
    item("more", Kind.TEXT),
)


def version(items=ITEMS):
    return Published(1, 1, "s", 1, True, "en", ("en",), "t", "", "", "", tuple(items))


def test_read_answers_keeps_ratings_in_order_and_the_rest_by_key():
    given = {"more": ["Thank you"], "why": ["b", "a"], "where": ["a"], "knowledge": ["4"], "speed": ["x"]}

    read = read_answers(version(), given)

    assert read.errors == {}
    assert read.ratings == "x4..."
    assert read.answers == {"where": "a", "why": ["a", "b"], "more": "Thank you"}
    assert count_answered(read) == 4


def test_read_answers_stores_blank_for_what_was_left_out():
    read = read_answers(version(), {"knowledge": ["5"]})

    assert (read.ratings, read.answers, read.errors) == ("-5...", {}, {})


@pytest.mark.parametrize(
    "value", ["0", "6", "-1", "1.5", "10", "99999999999999999999", "five", "?", ".", "-", "\0"]
)
def test_read_answers_refuses_a_rating_outside_the_scale(value):
    read = read_answers(version(), {"knowledge": ["5"], "speed": [value]})

    assert list(read.errors) == ["speed"]


def test_read_answers_refuses_two_ratings_for_one_question():
    assert list(read_answers(version(), {"knowledge": ["4", "5"]}).errors) == ["knowledge"]


def test_read_answers_refuses_not_applicable_where_it_is_not_offered():
    assert list(read_answers(version(), {"knowledge": ["x"]}).errors) == ["knowledge"]


def test_read_answers_asks_for_a_required_answer():
    assert read_answers(version(), {"speed": ["5"]}).errors == {"knowledge": "Please answer this question."}


@pytest.mark.parametrize("given", [{"where": ["c"]}, {"where": ["a", "b"]}, {"why": ["a", "z"]}])
def test_read_answers_refuses_a_choice_that_was_not_offered(given):
    read = read_answers(version(), {"knowledge": ["4"], **given})

    assert list(read.errors) == list(given)


def test_read_answers_names_a_question_it_does_not_know():
    read = read_answers(version(), {"knowledge": ["4"], "price": ["1"]})

    assert read.errors == {"": "This form has no question named “price”."}


def test_read_answers_wants_at_least_one_answer():
    read = read_answers(version([item("speed")]), {})

    assert read.errors == {"": "Please answer at least one question."}


def test_read_answers_counts_a_line_break_once():
    text = "a\r\n" * (LONGEST_TEXT // 2 - 1) + "b"

    read = read_answers(version(), {"knowledge": ["4"], "more": [text]})

    assert read.errors == {}
    assert read.answers["more"] == text.replace("\r\n", "\n")


def test_read_answers_says_how_long_a_text_may_be():
    read = read_answers(version(), {"knowledge": ["4"], "more": ["a" * (LONGEST_TEXT + 1)]})

    assert read.errors == {"more": "Please use at most 10000 characters; this text has 10001."}


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfffy"])
def test_is_storable_refuses_what_a_database_cannot_hold(text):
    assert not is_storable(text)
    assert list(read_answers(version(), {"knowledge": ["4"], "more": [text]}).errors) == ["more"]


KEYS = st.sampled_from(["speed", "knowledge", "where", "why", "more", "other", ""])


@given(st.dictionaries(KEYS, st.lists(st.text(max_size=5) | st.sampled_from("12345xab"), max_size=3)))
def test_read_answers_either_explains_or_gives_what_the_row_can_hold(given):
    read = read_answers(version(), given)

    assert len(read.ratings) == 5
    assert set(read.ratings) <= set("12345x-.")
    if not read.errors:
        assert read.ratings[1] in "12345"
        assert all(is_storable(value) for value in read.answers.values() if isinstance(value, str))


NOTHING = ["   ", "\n\n", "\u200b", "\u202e \u2060\ufeff", "\u3164", "\u2800\ufe0f", "\u00ad\x0b"]


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_of_which_nothing_is_seen_is_none(text):
    must = version([item("more", Kind.TEXT, required=True)])

    read = read_answers(must, {"more": [text]})

    assert (read.answers, list(read.errors)) == ({}, ["more"])
    assert read_answers(must, {"more": [text]}, on_paper=True, may_be_empty=True).errors == {}
    assert read_answers(version(), {"knowledge": ["4"], "more": [text]}).answers == {}


@pytest.mark.parametrize("text", ["a", "👍", "❤️", "نعم", "می‌خواهم", "?", "5", "¨", "\u202eabc"])
def test_what_is_seen_is_kept_with_every_sign(text):
    assert is_seen(text)
    assert read_answers(version(), {"knowledge": ["4"], "more": [text]}).answers == {"more": text}
