"""Every pair of ways, held against a count by hand of what was answered."""

import random
from itertools import permutations

import pytest

from metrics.comparison import Verdict
from metrics.dimensions import DimensionSums
from organisation.enums import Role
from reports.breakdown.enums import Way
from reports.enums import ResultState
from reports.results import Computed, NotAsked
from surveys.enums import Dimension, Mode
from tests.factories import make_location, make_member, make_published, make_region, make_survey
from tests.reports.answers import administrator, answer, answer_all, count
from tests.reports.breakdown.samples import (
    MINIMUM,
    asked_breakdown,
    breakdown,
    counted_by_hand,
    make_world,
    numbers,
    told,
)

pytestmark = pytest.mark.django_db
PAIRS = [*((way, None) for way in Way), *permutations(Way, 2)]


def query(rows, columns):
    return f"rows={rows}" + (f"&columns={columns}" if columns else "")


def is_right(shown, counted):
    """What is shown is what was counted; what is not, is small or hides something; what is empty, is so."""
    wrong = {key: n for key, n in shown.items() if isinstance(n, int) and counted.get(key, 0) != n}
    wrong |= {key: n for key, n in shown.items() if n == "empty" and counted.get(key, 0)}
    wrong |= {key: n for key, n in shown.items() if n == "too_few" and not counted.get(key, 0)}
    wrong |= {key: n for key, n in shown.items() if isinstance(n, int) and n < MINIMUM}
    return wrong, sum(isinstance(n, int) for n in shown.values())


def test_every_pair_of_ways_says_what_was_answered_in_few_queries(django_assert_max_num_queries):
    survey = make_world()
    other = make_published(make_survey(slug="other"))
    answer(other, *["55555"] * 20)
    count()
    seen, member = {}, administrator()
    for rows, columns in PAIRS:
        by_hand = counted_by_hand(
            rows,
            columns,
            lets=lambda response, ways=(rows, columns): (
                Way.SURVEY in ways or response.version.survey_id == survey.pk
            ),
        )
        if "measure" in (rows, columns) and Way.SURVEY in (rows, columns):
            continue  # codes of questions are those of their survey there: told below
        with django_assert_max_num_queries(10):
            result = breakdown(f"survey={survey.slug}&{query(rows, columns)}", member)
        wrong, seen[rows, columns] = is_right(numbers(result), by_hand)
        assert wrong == {}, (rows, columns)

    assert [pair for pair, shown in seen.items() if not shown] == []


def test_questions_of_several_surveys_are_told_by_both_names():
    survey = make_world(number=20)
    answer(make_published(make_survey(slug="other")), *["55555"] * 20)
    count()

    result = breakdown(f"survey={survey.slug}&rows=survey&columns=measure")

    shown = numbers(result)
    assert shown["other", "other.speed"] == 20
    assert shown["other", f"{survey.slug}.speed"] == "empty"


@pytest.mark.parametrize(
    ("filters", "lets"),
    [
        ("mode=link", lambda one: one.mode == "link"),
        ("region=north&mode=kiosk", lambda one: one.location.code in {"p0", "p2"} and one.mode == "kiosk"),
        ("channel=phone", lambda one: one.touchpoint.code == "phone"),
        ("stage=decision", lambda one: one.touchpoint.code != "site"),
        ("location=p0&location=p1", lambda one: one.location.code in {"p0", "p1"}),
    ],
)
def test_filters_narrow_what_is_told(filters, lets):
    make_world(number=400, places=(4, 4, 4, 4, 4), touchpoints=(3, 3, 3))
    shown = 0
    for rows, columns in [
        ("location", None),
        ("location", "touchpoint"),
        ("measure", "mode"),
        ("weekday", "region"),
        ("version", "time"),
    ]:
        result = breakdown(f"{filters}&{query(rows, columns)}")
        wrong, some = is_right(numbers(result), counted_by_hand(rows, columns, lets=lets))
        assert wrong == {}, (rows, columns)
        shown += some

    assert shown > 10


def test_a_manager_sees_the_own_places_only():
    make_world()
    place = make_location(code="mine", region=make_region(code="west"))
    answer_all(make_published(), [{"ratings": "55555", "location": place}] * 9)
    count()

    result = breakdown("rows=location&columns=mode", make_member(Role.MANAGER, locations=[place]))

    assert numbers(result) == {("mine", "link"): 9}
    assert [row.head.code for row in result.rows] == ["mine"]


def test_the_total_is_that_of_all_and_each_row_adds_up():
    make_world()

    result = breakdown("rows=mode&columns=stage")

    assert told(result.total) == result.responses == sum(counted_by_hand("mode").values())
    for row in result.rows:
        assert told(row.head.score) == sum(told(cell.score) for cell in row.cells)


def test_a_dimension_that_is_not_asked_says_so():
    answer(make_published(questions=(("speed", Dimension.SPEED),)), *["5"] * 9)
    count()

    assert breakdown("").dimension == "speed"
    result = breakdown("dimension=quality")
    assert (result.state, result.total) == (ResultState.EMPTY, NotAsked())


def test_who_stands_out_is_said_against_all_the_others_at_once():
    version = make_published(questions=(("whole", Dimension.OVERALL),))
    places = [make_location(code=f"l{at}", name=f"L{at}") for at in range(3)]
    for place, ratings in zip(places, ("45" * 20, "54" * 20, "12" * 20), strict=True):
        answer(version, *ratings, location=place)
    count()

    result = breakdown("rows=location")

    verdicts = {row.code: cell.verdict for row, _column, cell in result.cells()}
    assert verdicts == {"l0": Verdict.HIGHER, "l1": Verdict.HIGHER, "l2": Verdict.LOWER, "main": None}
    assert result.compared == 3
    low = next(cell for row, _column, cell in result.cells() if row.code == "l2")
    assert low.against.difference == pytest.approx(1.5 - 4.5)


def test_chance_alone_raises_hardly_any_alarm_in_a_large_grid():
    version = make_published(questions=(("whole", Dimension.OVERALL),))
    chance = random.Random(8)
    rows = [
        {"ratings": chance.choice("12345"), "location": place, "mode": one}
        for place in [make_location(code=f"l{at}") for at in range(20)]
        for one in (Mode.LINK, Mode.KIOSK, Mode.PAPER)
        for _number in range(12)
    ]
    answer_all(version, rows)
    count()

    cells = [cell for _row, _column, cell in breakdown("rows=location&columns=mode").cells() if cell.against]

    in_order = sorted(cell.against.p_value for cell in cells)
    assert len(in_order) == 60
    held = [p for at, p in enumerate(in_order, start=1) if p <= 0.05 * at / 60]
    assert sum(cell.stands_out for cell in cells) == len(held) < sum(p < 0.05 for p in in_order)


def test_rows_stand_best_first_or_by_name():
    version = make_published(questions=(("whole", Dimension.OVERALL),))
    for code, name, rating in (("a", "Anchor", "2"), ("b", "Bridge", "5"), ("c", "Castle", "3")):
        answer(version, *[rating] * 9, location=make_location(code=code, name=name))
    answer(version, "5", "5", location=make_location(code="d", name="Dock"))
    answer(version, "5", "5", "5", location=make_location(code="e", name="Empty"))
    count()

    def codes(order):
        return [row.head.code for row in breakdown(f"rows=location&order={order}").rows]

    assert codes("score") == ["b", "c", "a", "d", "e", "main"]
    assert codes("name") == ["a", "b", "c", "d", "e", "main"]


def test_each_rest_is_the_whole_without_the_cell():
    survey = make_world()

    result = breakdown(f"survey={survey.slug}&rows=mode")

    whole = result.total.scores
    assert isinstance(whole, DimensionSums)
    for _row, _column, cell in result.cells():
        others = [other.score.scores for _r, _c, other in result.cells() if other is not cell]
        rest = sum(others[1:], others[0])
        assert cell.score.mean - rest.mean == pytest.approx(cell.against.difference)


def test_nothing_is_told_where_the_choice_would_give_away_a_small_group():
    version = make_published(questions=(("whole", Dimension.OVERALL),))
    for code, number in (("big", 20), ("middle", 8), ("small", 3)):
        answer(version, *["5"] * number, location=make_location(code=code))
    count()

    alone, all_of_them = breakdown("location=middle&rows=mode"), breakdown("rows=location")

    assert alone.state is ResultState.TOO_FEW
    assert numbers(alone) == {("link", None): "too_few"}
    shown = numbers(all_of_them)
    assert shown == {
        ("big", None): 20,
        ("middle", None): "too_few",
        ("small", None): "too_few",
        ("main", None): "empty",
    }


def test_what_is_asked_stands_in_the_result():
    make_world(number=20)
    asked = asked_breakdown("rows=region&columns=mode&order=name")

    assert (asked.filters.rows, asked.filters.columns) == (Way.REGION, Way.MODE)
    assert [isinstance(row.head.score, Computed) for row in breakdown("rows=mode").rows][:1] == [True]
