import pytest

from cards.answers import compared_items, differences, given_of, settled
from surveys.answering.answers import read_answers
from surveys.answering.published import published
from surveys.enums import Kind
from tests.factories import make_draft, make_published, make_question

pytestmark = pytest.mark.django_db
OPTIONS = [{"key": "a", "label": "Tea"}, {"key": "b", "label": "Cake"}, {"key": "c", "label": "Jam"}]


@pytest.fixture
def version():
    draft = make_draft(questions=[("speed", "speed"), ("calm", "quality")])
    make_question(draft, 3, key="one", kind=Kind.SINGLE_CHOICE, options=OPTIONS)
    make_question(draft, 4, key="some", kind=Kind.SEVERAL_CHOICES, options=OPTIONS)
    make_question(draft, 5, key="words", kind=Kind.TEXT)
    return published(make_published(draft=draft).pk, "en")


GIVEN = {"speed": ["5"], "calm": ["?"], "one": ["a"], "some": ["a", "c"], "words": ["Fine."]}


def read(version, **changes):
    answers = read_answers(version, {**GIVEN, **changes}, on_paper=True)
    assert not answers.errors
    return answers


def test_what_was_stored_is_given_back_as_a_form_would(version):
    answers = read(version)

    given = given_of(version, answers.ratings, answers.answers)

    assert given == GIVEN
    assert read_answers(version, given, on_paper=True) == answers


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        ("speed", ["5"], ["4"]),
        ("speed", ["5"], []),
        ("calm", ["?"], ["3"]),
        ("one", ["a"], ["?"]),
        ("one", ["a"], []),
        ("some", ["a", "c"], ["a"]),
        ("some", ["?"], ["a"]),
    ],
)
def test_each_kind_of_field_can_differ(version, key, first, second):
    (found,) = differences(version, read(version, **{key: first}), read(version, **{key: second}))

    assert (found.item.key, found.first, found.second) == (key, first, second)


@pytest.mark.parametrize("other", [{"some": ["c", "a"]}, {"words": ["FINE"]}], ids=["order", "words"])
def test_what_means_the_same_does_not_differ(version, other):
    assert differences(version, read(version), read(version, **other)) == []


def test_words_are_no_compared_field(version):
    assert [item.key for item in compared_items(version)] == ["speed", "calm", "one", "some"]


def test_settling_takes_what_was_chosen_for_what_differs_and_nothing_else(version):
    first, second = read(version), read(version, speed=["1"], one=["b"])

    given = settled(version, first, {"speed": ["2"], "calm": ["1"]}, differences(version, first, second))

    assert given == {**GIVEN, "speed": ["2"], "one": []}
