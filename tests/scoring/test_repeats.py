from datetime import date

import pytest

from scoring.repeats import flag_repeated
from scoring.rows import plans_of, row_of, rows_of
from surveys.enums import Flag, Mode
from surveys.models import Response
from tests.factories import make_location, make_published, make_response

pytestmark = pytest.mark.django_db

VARIED = "5454545454"


@pytest.fixture
def version():
    return make_published(questions=[(f"q{at}", "speed") for at in range(10)])


def flag(responses=None):
    rows = list(rows_of(Response.objects.all())) if responses is None else [row_of(one) for one in responses]
    flag_repeated(rows, plans_of(row.version for row in rows))


def flagged():
    return set(Response.objects.filter(flags=Flag.REPEATED))


def test_flag_repeated_flags_all_that_are_alike(version):
    twins = {make_response(version, VARIED, mode=mode) for mode in (Mode.LINK, Mode.KIOSK, Mode.LINK)}
    make_response(version, "4545454545")

    flag()

    assert flagged() == twins


def test_flag_repeated_flags_an_earlier_one_of_the_day(version):
    earlier = make_response(version, VARIED, is_scored=True)
    later = make_response(version, VARIED)

    flag([later])

    assert flagged() == {earlier, later}


def test_flag_repeated_leaves_other_flags_and_counts_once(version):
    first = make_response(version, VARIED, flags=Flag.TOO_FAST)
    second = make_response(version, VARIED, flags=Flag.REPEATED)

    flag()
    flag()

    assert [*Response.objects.filter(pk__in=[first.pk, second.pk]).order_by("-flags")] == [first, second]
    first.refresh_from_db()
    assert first.flags == Flag.TOO_FAST | Flag.REPEATED


@pytest.mark.parametrize(
    ("ratings", "other"),
    [
        pytest.param(VARIED, {"answers": {"why": "b"}}, id="other answers"),
        pytest.param(VARIED, {"received_on": date(2026, 3, 3)}, id="another day"),
        pytest.param("5555555555", {}, id="straight line"),
        pytest.param("545454xx-?", {}, id="fewer than eight ratings"),
        pytest.param(VARIED, {"mode": Mode.IMPORT}, id="from a file"),
    ],
)
def test_flag_repeated_passes_over(version, ratings, other):
    make_response(version, ratings, answers={"why": "a"})
    make_response(version, ratings, **{"answers": {"why": "a"}, **other})

    flag()

    assert flagged() == set()


def test_flag_repeated_passes_over_the_rows_of_one_file(version):
    for _row in range(2):
        make_response(version, VARIED, mode=Mode.IMPORT)

    flag()

    assert flagged() == set()


def test_flag_repeated_passes_over_another_location(version):
    make_response(version, VARIED)
    make_response(version, VARIED, location=make_location())

    flag()

    assert flagged() == set()


def test_flag_repeated_asks_nothing_about_short_surveys(django_assert_num_queries):
    short = make_published()
    responses = [make_response(short, "54321") for _ in range(2)]
    rows, plans = [row_of(one) for one in responses], plans_of([short.pk])

    with django_assert_num_queries(0):
        flag_repeated(rows, plans)


def test_flag_repeated_asks_once_for_each_version_when_nothing_repeats(version, django_assert_num_queries):
    rows = [row_of(make_response(version, ratings)) for ratings in (VARIED, "1212121212", "5555555555")]
    plans = plans_of([version.pk])

    with django_assert_num_queries(1):
        flag_repeated(rows, plans)


def test_flag_repeated_takes_no_notice_of_the_order_of_answers(version):
    twins = {
        make_response(version, VARIED, answers=answers)
        for answers in ({"why": "a", "where": ["x", "y"]}, {"why": "a", "where": ["x", "y"]})
    }
    make_response(version, VARIED, answers={"why": "a", "where": ["y", "x"]})

    flag()

    assert flagged() == twins


def test_flag_repeated_looks_at_the_new_ones_of_many(version, django_assert_num_queries):
    for _ in range(20):
        make_response(version, VARIED)
    flag()
    late = make_response(version, VARIED)
    rows, plans = [row_of(late)], plans_of([version.pk])

    with django_assert_num_queries(4) as queries:
        flag_repeated(rows, plans)

    assert len(flagged()) == 21
    assert queries[3]["sql"].count(str(late.pk).replace("-", "")) + queries[3]["sql"].count(str(late.pk)) == 1


def test_flag_repeated_compares_in_chunks(version, monkeypatch):
    monkeypatch.setattr("scoring.repeats.CHUNK", 1)
    twins = {
        make_response(version, ratings) for ratings in (VARIED, "1212121212", "3434343434") for _ in "ab"
    }

    flag()

    assert flagged() == twins
