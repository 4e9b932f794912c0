"""Breakdowns against reports: whatever one of them shows of the same choice, the other shows too, or withholds more."""

import pytest
from django.http import QueryDict

from metrics.cross_tables import Hidden
from reports.breakdown.lines import lines_of
from reports.breakdown.queries import read
from reports.breakdown.questions import QuestionGuard
from reports.results import Computed
from surveys.enums import Dimension, Mode
from tests.factories import make_location, make_published, make_region
from tests.metrics.test_cross_tables import derived_small_groups
from tests.reports.answers import administrator, answer, count, report
from tests.reports.breakdown.samples import asked_breakdown, breakdown, make_world, numbers, told

pytestmark = pytest.mark.django_db
SKEWED = {"places": (9, 5, 2, 1, 0.5), "touchpoints": (6, 2, 0.5)}
SEEDS = range(3)


@pytest.fixture
def member(db):
    return administrator()


def shown_of_questions(query, member):
    """By key, n of the questions that a report shows."""
    found = report(f"period=all&{query}", member)
    return {
        question.key: question.score.n
        for result in found.dimensions
        for question in result.questions
        if isinstance(question.score, Computed)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_one_row_for_each_question_at_most_as_in_the_report(seed, member):
    make_world(number=90, seed=seed, **SKEWED)

    seen = told = 0
    for query in ("", "location=p1", "mode=kiosk", "touchpoint=phone&mode=link", "region=south"):
        rows = breakdown(f"{query}&rows=measure", member).rows
        shown = {row.head.code: row.head.score.n for row in rows if isinstance(row.head.score, Computed)}
        of_the_report = shown_of_questions(query, member)
        assert shown.items() <= of_the_report.items(), query
        seen += len(shown)
        told += len(of_the_report)

    assert seen > 0.8 * told


@pytest.mark.parametrize("seed", SEEDS)
def test_a_question_at_a_place_is_shown_at_most_where_the_report_of_the_place_shows_it(seed, member):
    make_world(number=90, seed=seed, **SKEWED)

    cells = numbers(breakdown("rows=measure&columns=location", member))

    shown = {key for key, n in cells.items() if isinstance(n, int)}
    for place in ("p0", "p1", "p2", "p3", "p4"):
        of_the_report = shown_of_questions(f"location={place}", member)
        assert {question for question, where in shown if where == place} <= of_the_report.keys()
        assert all(cells[key, place] == n for key, n in of_the_report.items() if (key, place) in shown)
    assert shown


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_of_locations_are_those_of_the_ranking(seed, member):
    make_world(number=60, seed=seed, **SKEWED)

    for query in (
        "",
        "location=p0&location=p1",
        "region=north",
        "mode=kiosk",
        "touchpoint=phone",
        "touchpoint=counter&mode=kiosk",
        "stage=decision",
    ):
        ranked = report(f"period=all&dimension=overall&{query}", member).dimensions[0].locations
        ranking = {place.code: told(place.score) for place in ranked}
        rows = numbers_of(breakdown(f"{query}&rows=location", member).rows)
        assert rows == ranking or not ranking, query


def numbers_of(rows):
    return {row.head.code: told(row.head.score) for row in rows}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_is_shown_at_most_where_its_own_report_shows_it(seed, member):
    make_world(number=160, seed=seed, **SKEWED)

    cells = numbers(breakdown("rows=location&columns=touchpoint", member))

    compared = 0
    for (place, touchpoint), n in cells.items():
        if isinstance(n, int):
            alone = report(f"period=all&dimension=overall&location={place}&touchpoint={touchpoint}", member)
            assert told(alone.dimensions[0].score) == n
            compared += 1
    assert compared > 1


@pytest.mark.parametrize("columns", ["location", "mode", "version", "weekday", "touchpoint"])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_group_of_a_question_is_worked_out_from_its_row(seed, columns, member):
    make_world(number=60, seed=seed, **SKEWED)
    asked = asked_breakdown(f"period=all&rows=measure&columns={columns}", member)
    material = read(asked)

    guard = QuestionGuard(material, *(lines_of(way, material) for way in asked.filters.ways))
    hidden, inside = guard.hidden(), guard.cube.counts(guard.cube.inside)

    for row in range(guard.cube.shape[0]):
        cells = {(row, column): int(n) for column, n in enumerate(inside[row])}
        shown = {place: n for place, n in cells.items() if n and place not in hidden.cells}
        assert [n for n in shown.values() if n < 5] == []
        of_row = Hidden(
            {place for place in hidden.cells if place[0] == row},
            hidden.rows & {row},
            set(range(guard.cube.shape[1])),
            total=True,
        )
        assert derived_small_groups(cells, of_row) == []


def test_a_question_hides_with_its_dimension(member):
    version = make_published()
    here, there = make_location(code="here"), make_location(code="there")
    answer(version, *["54321"] * 4, location=here)
    answer(version, *["54321"] * 30, location=there)
    answer(version, *["54321"] * 30, location=there, mode=Mode.KIOSK)
    count()

    cells = numbers(breakdown("rows=measure&columns=location", member))

    assert {where: n for (question, where), n in cells.items() if question == "speed"} == {
        "here": "too_few",
        "there": "too_few",
        "main": "empty",
    }


def test_questions_without_an_answer_are_no_error(member):
    make_published()

    found = breakdown("rows=measure&columns=location", member)

    assert (found.rows, found.is_computed) == ((), False)
    assert QueryDict(found.filters.query()).get("rows") == "measure"


def answer_by_mode(*places):
    """Of overall alone: at each location so many by kiosk and so many by link."""
    version = make_published(questions=(("whole", Dimension.OVERALL),))
    for place, kiosk, link in places:
        answer(version, *["4"] * kiosk, location=place, mode=Mode.KIOSK)
        answer(version, *["4"] * link, location=place, mode=Mode.LINK)
    count()


def test_a_mode_gives_way_to_the_location_that_has_nearly_all_of_it(member):
    places = [make_location(code=code) for code in "abc"]
    answer_by_mode((places[0], 20, 0), (places[1], 3, 40), (places[2], 0, 30))

    assert told(report_total("location=a", member)) == 20
    assert numbers(breakdown("rows=mode", member))["kiosk", None] == "too_few"


def test_locations_of_no_region_are_no_group_that_can_be_chosen_and_give_way_to_a_mode(member):
    north, south = make_region(code="north"), make_region(code="south")
    regions = {"a": None, "b": north, "c": None, "d": south}
    places = {code: make_location(code=code, region=region) for code, region in regions.items()}
    answer_by_mode((places["a"], 20, 0), (places["b"], 3, 40), (places["c"], 20, 0), (places["d"], 0, 60))

    assert told(report_total("mode=kiosk", member)) == 43
    rows = numbers(breakdown("rows=region", member))
    assert rows["", None] == "too_few"
    assert rows["south", None] == 60


def report_total(query, member):
    found = report(f"period=all&{query}", member)
    return next(one.score for one in found.dimensions if one.dimension == Dimension.OVERALL)
