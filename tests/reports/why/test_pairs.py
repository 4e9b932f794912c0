from datetime import date, timedelta

import pytest

from reports.why.pairs import pairs_of, read_pairs
from scoring.rows import Item, Plan
from surveys.enums import Dimension
from surveys.models import Measure
from tests.factories import make_draft, make_location, make_member, make_published, make_question
from tests.reports.answers import answer, asked, count

pytestmark = pytest.mark.django_db


def listed(pair):
    return [values.tolist() for values in pair]


def test_only_responses_that_rated_both_are_pairs():
    plan = Plan(1, (Item(0, 7, "speed", 1, False), Item(1, 8, "overall", 1, False)))

    pairs = dict(pairs_of(["54", "x4", "3-", "1?", "22"], plan))

    assert {measure: listed(pair) for measure, pair in pairs.items()} == {7: [[5, 2], [4, 2]]}


def test_reversed_questions_are_turned_and_overall_is_weighted():
    plan = Plan(
        1,
        (
            Item(0, 7, "speed", 1, True),
            Item(1, 8, "overall", 1, False),
            Item(2, 9, "overall", 3, False),
        ),
    )

    pairs = dict(pairs_of(["115", "51-"], plan))

    assert listed(pairs[7]) == [[5, 1], [4, 1]]


def test_a_version_that_does_not_ask_overall_has_no_pairs():
    pairs = dict(pairs_of(["5"], Plan(1, (Item(0, 7, "speed", 1, False),))))

    assert listed(pairs[7]) == [[], []]


def two_questions(survey=None):
    draft = make_draft(survey, questions=())
    make_question(draft, 1, key="speed", dimension=Dimension.SPEED)
    make_question(draft, 2, key="overall", dimension=Dimension.OVERALL)
    return make_published(draft=draft)


def test_the_newest_are_read_over_all_versions():
    first = two_questions()
    second = two_questions(first.survey)
    for day, version, ratings in ((1, first, "11"), (2, second, "22"), (3, first, "33"), (4, second, "44")):
        answer(version, ratings, on=date(2026, 3, day))
    count()
    measure = Measure.objects.get(key="speed").pk

    found = read_pairs(asked("period=all"), 3)

    assert sorted(found.measures[measure][0].tolist()) == [2, 3, 4]
    assert (found.responses, found.is_cut) == (3, True)
    assert read_pairs(asked("period=all"), 4).is_cut is False


def test_filters_and_scope_choose_the_responses():
    version = two_questions()
    here, there = make_location(code="here"), make_location(code="there")
    answer(version, "11", "22", location=here)
    answer(version, "33", location=there)
    answer(version, "44", location=here, on=date(2026, 3, 10) - timedelta(days=400))
    count()

    found = read_pairs(asked("", make_member(locations=[here])), 100)
    chosen = read_pairs(asked("location=there"), 100)

    assert (found.responses, chosen.responses) == (2, 1)
