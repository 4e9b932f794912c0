"""What is not told apart would have changed nothing: the same verdicts as with everything told apart."""

from datetime import timedelta
from itertools import product

import pytest

from reports.choice import choose
from reports.crossings import Apart, Telling
from reports.dominance import what_to_tell
from reports.nearness import find_near, near_told_by
from reports.queries import Reader
from tests.factories import make_location, make_published, make_region, make_touchpoint
from tests.reports.answers import administrator, answer_all, asked, count
from tests.reports.test_nearness import FIRST, MINIMUM, PERIOD, PLACES, STAGES, WAYS, WEEKS, make_world

pytestmark = pytest.mark.django_db
ENOUGH = 40
EVERYTHING = Telling(Apart(), Apart())


def reader(query, member):
    one = asked(query, member)
    return Reader(one.survey, one.filters, choose(one.filters, one.vocabulary), one.vocabulary.scope)


def told(near, sizes):
    """What matters of it: of groups that may be shown at all."""
    one = near.get("overall")
    if one is None:
        return None
    weeks, places = sizes
    return (
        one.total and sum(weeks.values()) >= MINIMUM,
        {day for day in one.buckets if weeks.get(day, 0) >= MINIMUM},
        {place for place in one.locations if places.get(place, 0) >= MINIMUM},
    )


def sizes_of(one):
    """Responses that the filters let through, by week and by location."""
    places = one.place_rows()
    weeks = {row.day: 0 for row in one.piece_rows()}
    for row in one.piece_rows():
        weeks[row.day] += row.responses * row.is_chosen
    by_week = {day - timedelta(days=day.weekday()): 0 for day in weeks}
    for day, n in weeks.items():
        by_week[day - timedelta(days=day.weekday())] += n
    return by_week, {row.part: row.responses for row in places if row.facet == 0 and row.is_current}


def check_verdicts():
    """Reports by all filters; how many were spared something in one of their weeks only."""
    member = administrator()
    differing, spared = [], 0
    for filters in product(PLACES, STAGES, WAYS):
        one = reader("&".join((PERIOD, *filters)), member)
        places = one.place_rows()
        versions = {row.version for row in places}
        if one.choice.is_everything or not places:
            continue
        telling = what_to_tell(one, places, versions)
        spared += telling.usual != telling.closer
        found, full = find_near(one, places, versions, {}), near_told_by(EVERYTHING, one, versions, {})
        if told(found, sizes_of(one)) != told(full, sizes_of(one)):
            differing.append(filters)

    assert differing == []
    return spared


@pytest.mark.parametrize("seed", range(6))
def test_verdicts_are_those_of_everything_told_apart(seed):
    make_world(seed)

    assert check_verdicts()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "is_answered",
    [
        lambda _place, touchpoint, _mode: touchpoint != "z",
        lambda place, touchpoint, _mode: touchpoint != "z" or place == "c",
        lambda _place, touchpoint, mode: touchpoint != "z" or mode == "kiosk",
    ],
    ids=["one stage alone", "another stage in one place", "another stage by one mode"],
)
def test_verdicts_hold_where_a_group_of_touchpoints_is_all_there_are(seed, is_answered):
    make_world(seed, is_answered)

    check_verdicts()


def world_of(n):
    """So many responses for each of two locations (two regions), touchpoints of one channel and one of another, and
    modes, in each of the weeks.
    """
    places = {code: make_location(code=code, region=make_region(code=f"of-{code}")) for code in "ab"}
    touchpoints = {code: make_touchpoint(code=code) for code in "xy"}
    touchpoints["other"] = make_touchpoint(code="other", channel="phone", stage="decision")
    rows = [
        {
            "ratings": "4",
            "location": places[place],
            "touchpoint": touchpoints[touchpoint],
            "mode": mode,
            "on": FIRST + timedelta(days=7 * week),
        }
        for place, touchpoint, mode, week in product(places, touchpoints, ("link", "kiosk"), WEEKS)
        for _ in range(n(place, touchpoint, mode, week))
    ]
    answer_all(make_published(questions=(("whole", "overall"),)), rows)
    count()
    return {code: place.pk for code, place in places.items()}


def apart_for(query):
    one = reader(f"{PERIOD}&{query}", administrator())
    places = one.place_rows()
    return what_to_tell(one, places, {row.version for row in places}).usual


def test_in_a_large_report_nothing_is_told_apart_but_what_was_chosen():
    world_of(lambda *_key: ENOUGH)

    apart = apart_for("mode=link")

    assert (apart.locations, apart.touchpoints, apart.modes) == (frozenset(), False, True)


def test_a_group_that_is_all_touchpoints_with_responses_is_not_told_apart():
    world_of(lambda _place, touchpoint, *_others: ENOUGH * (touchpoint != "other"))

    assert apart_for("mode=link").touchpoints is False


def test_a_group_is_told_apart_where_another_touchpoint_has_responses_outside_the_filters():
    world_of(lambda _place, touchpoint, mode, _week: ENOUGH * (touchpoint != "other" or mode == "kiosk"))

    assert apart_for("mode=link").touchpoints is True


def test_a_touchpoint_that_has_nearly_all_is_told_apart():
    world_of(lambda _place, touchpoint, *_others: ENOUGH if touchpoint == "x" else 1)

    assert apart_for("mode=link").touchpoints is True


def test_a_location_that_has_nearly_all_is_told_apart():
    places = world_of(lambda place, *_others: ENOUGH if place == "a" else 1)

    assert apart_for("touchpoint=x").locations == {places["a"]}


def test_locations_that_are_no_group_are_told_apart():
    world_of(lambda *_key: ENOUGH)
    make_location(code="c")

    assert apart_for("location=a&location=c&mode=link").locations is None


def test_only_the_bucket_that_one_touchpoint_dominates_is_told_closer():
    def n(_place, touchpoint, _mode, week):
        return ENOUGH if touchpoint == "x" or week == 0 else 1

    world_of(n)
    one = reader(f"{PERIOD}&mode=link", administrator())
    places = one.place_rows()

    telling = what_to_tell(one, places, {row.version for row in places})

    assert (telling.usual.touchpoints, telling.closer.touchpoints) == (False, True)
    assert telling.buckets == {FIRST + timedelta(days=7)}
