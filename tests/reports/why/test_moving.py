import random
from dataclasses import replace

import pytest

from metrics.association import rank_correlation
from reports.reading import report_for
from reports.results import Withheld
from reports.why.moving import is_moving_kept, moving_with_overall
from surveys.models import Response
from tests.factories import make_location, make_published
from tests.reports.answers import answer, asked, count, counted

pytestmark = pytest.mark.django_db


def ratings_of(chance):
    """Speed goes with overall, quality does not."""
    overall = chance.randint(1, 5)
    speed = min(max(overall + chance.choice([-1, 0, 0, 0, 1]), 1), 5)
    return f"{chance.randint(1, 5)}{speed}{chance.randint(1, 5)}4{overall}"


@pytest.fixture
def version():
    chance, version = random.Random(5), make_published()
    answer(version, *[ratings_of(chance) for _response in range(80)], location=make_location(code="big"))
    answer(version, *["11111"] * 6, location=make_location(code="other"))
    count()
    return version


def moving(query="period=all"):
    one = asked(query)
    return moving_with_overall(one, report_for(one))


def test_what_moves_with_overall_comes_first(version):
    questions = moving().questions

    assert [(one.key, one.is_clear) for one in questions[:1]] == [("speed", True)]
    assert {one.key: one.is_clear for one in questions}["quality"] is False
    assert "overall" not in [one.key for one in questions]


def test_it_is_the_correlation_of_the_responses(version):
    ratings = list(Response.objects.values_list("ratings", flat=True))

    found = {one.key: one.found for one in moving().questions}

    assert found["speed"] == rank_correlation(
        [int(signs[1]) for signs in ratings], [int(signs[4]) for signs in ratings]
    )


def test_what_the_report_withholds_is_withheld(version):
    counted(version, *["5x555"] * 4, *["54555"] * 2, location=make_location(code="few"))

    questions = {one.key: one.found for one in moving("period=all&location=few").questions}

    assert questions["speed"] == Withheld(5)


def test_without_an_overall_that_is_shown_nothing_is_told(version):
    counted(version, "11111", "22222", location=make_location(code="small"))

    assert moving("period=all&location=small") is None


def test_without_overall_nothing_moves_with_it():
    version = make_published(questions=(("speed", "speed"),))
    counted(version, *"54321" * 4)

    assert moving() is None


def test_it_is_kept_until_a_cell_moves(version, django_assert_max_num_queries):
    one = asked("period=all")
    report = report_for(one)
    first = moving_with_overall(one, report)

    with django_assert_max_num_queries(0):
        assert moving_with_overall(one, report) == first
    counted(version, "15551")

    assert moving().responses == first.responses + 1


def test_two_scopes_are_not_mixed_up(version):
    other = replace(asked("period=all&location=big"))

    assert (moving().responses, moving_with_overall(other, report_for(other)).responses) == (86, 80)


def test_how_many_were_read_is_told_where_the_report_tells_it(version):
    assert moving().responses == 86
    counted(version, *["5555-"] * 3, location=make_location(code="few"))

    there = moving("period=all&location=big&location=other")

    assert there.questions
    assert there.responses is None


def test_it_is_kept_until_a_cell_has_moved(version):
    def is_kept():
        one = asked("period=all")
        return is_moving_kept(one, report_for(one))

    before = is_kept()
    moving()
    told = is_kept()
    counted(version, "55555")

    assert (before, told, is_kept()) == (False, True, False)
