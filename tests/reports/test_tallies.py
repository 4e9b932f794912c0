from datetime import date

from metrics.dimensions import DimensionSums, response_score
from metrics.ratings import Distribution
from organisation.models import Location
from reports.choice import choose
from reports.enums import TrendStep
from reports.filters import Filters
from reports.periods import Period
from reports.queries import DayRow, MeasureRow, PlaceRow
from reports.tallies import MeasureTally, tally_dimensions, tally_measures
from reports.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    surveys=(),
    locations={"a": Location(pk=1, code="a"), "b": Location(pk=2, code="b")},
    touchpoints={},
    sees_everywhere=True,
)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def sums(*ratings):
    return DimensionSums.of(response_score([rating], [1]) for rating in ratings)


def test_dimensions_are_added_up_by_place_bucket_and_version():
    choice = choose(Filters(survey="s", period=MARCH, location=("a",)), VOCABULARY)
    places = [
        PlaceRow("speed", True, 1, None, None, sums(5, 4)),
        PlaceRow("speed", True, 2, None, None, sums(1)),
        PlaceRow("speed", False, 1, None, None, sums(3)),
    ]
    days = [
        DayRow("speed", date(2026, 3, 3), 1, True, sums(5)),
        DayRow("speed", date(2026, 3, 5), 2, True, sums(4)),
        DayRow("speed", date(2026, 3, 5), 2, False, sums(1)),
    ]

    tally = tally_dimensions(places, days, choice, TrendStep.WEEK)["speed"]

    monday = date(2026, 3, 2)
    assert tally.places == {(1, None, None): 2, (2, None, None): 1}
    assert tally.places_before == {(1, None, None): 1}
    assert (tally.total, tally.before) == (sums(5, 4), sums(3))
    assert tally.by_location == {1: sums(5, 4)}
    assert tally.by_bucket == {monday: sums(5, 4)}
    assert tally.outside_by_bucket == {monday: 1}
    assert tally.by_version == {1: 1, 2: 1}
    assert tally.version_starts == {1: monday, 2: monday}


def test_measures_keep_what_is_left_out_beside_what_is_let_through():
    rows = [
        MeasureRow(1, 1, True, Distribution(n5=3), 2, 1, 0),
        MeasureRow(1, 1, False, Distribution(n1=4), 9, 9, 9),
        MeasureRow(2, 1, False, Distribution(n1=2), 0, 0, 0),
    ]

    assert tally_measures(rows) == {
        1: {1: MeasureTally(Distribution(n5=3), 2, 1, responses=6, outside=4)},
        2: {1: MeasureTally(outside=2)},
    }
