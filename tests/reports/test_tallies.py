from dataclasses import astuple
from datetime import date

from metrics.dimensions import DimensionSums, response_score
from metrics.ratings import Distribution
from organisation.models import Location
from reports.choice import Margins, choose
from reports.enums import TrendStep
from reports.filters import Filters
from reports.periods import Period
from reports.queries import CHOSEN, EVERYWHERE, PART, WIDER, MeasureRow, PieceRow, PlaceRow
from reports.tallies import MeasureTally, VersionTally, tally_dimensions, tally_measures, tally_versions
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


def raw(*ratings):
    return astuple(sums(*ratings))


def test_dimensions_are_added_up_by_part_bucket_and_version():
    choice = choose(Filters(survey="s", period=MARCH, location=("a",), mode=("link",)), VOCABULARY)
    places = [
        PlaceRow(0, 1, True, 1, 2, {"speed": raw(5, 4)}),
        PlaceRow(0, 2, True, 1, 1, {"speed": raw(1)}),
        PlaceRow(0, 1, False, 1, 1, {"speed": raw(3)}),
        PlaceRow(2, "link", True, 1, 2, {"speed": raw(5, 4)}),
        PlaceRow(2, "kiosk", True, 1, 1, {"speed": raw(2)}),
    ]
    pieces = [
        PieceRow(date(2026, 3, 3), 1, True, 1, {"speed": raw(5)}),
        PieceRow(date(2026, 3, 5), 2, True, 1, {"speed": raw(4)}),
        PieceRow(date(2026, 3, 3), 1, False, 1, {"speed": raw(5)}),
        PieceRow(date(2026, 3, 5), 2, False, 2, {"speed": raw(4, 1)}),
    ]

    tally = tally_dimensions(places, pieces, choice, TrendStep.WEEK, [{"speed": raw(3)}, {}])["speed"]

    monday = date(2026, 3, 2)
    assert tally.places == Margins({1: 2, 2: 1}, {}, {"link": 2, "kiosk": 1})
    assert tally.places_before == Margins({1: 1}, {}, {})
    assert (tally.total, tally.before) == (sums(5, 4), sums(3))
    assert tally.by_location == {1: raw(5, 4)}
    assert tally.by_bucket == {monday: sums(5, 4)}
    assert tally.outside_by_bucket == {monday: 1}
    assert tally.by_version == {1: 1, 2: 1}
    assert tally.version_starts == {1: monday, 2: monday}


def test_versions_are_counted_with_those_who_rated_nothing_and_with_those_left_out():
    places = [
        PlaceRow(0, 1, True, 1, 3, {"speed": raw(5)}),
        PlaceRow(0, 1, True, 2, 2, {}),
        PlaceRow(0, 2, True, 3, 4, {}),
        PlaceRow(0, 1, False, 1, 9, {}),
    ]
    pieces = [
        PieceRow(MARCH.start, 1, True, 3, {"speed": raw(5)}),
        PieceRow(MARCH.start, 2, True, 2, {}),
        PieceRow(MARCH.start, 2, False, 6, {}),
        PieceRow(MARCH.start, 3, False, 4, {}),
    ]

    assert tally_versions(places, pieces) == {
        1: VersionTally(Margins({1: 3}, {}, {}), everything=3),
        2: VersionTally(Margins({1: 2}, {}, {}), everything=6),
        3: VersionTally(Margins({2: 4}, {}, {}), everything=4),
    }


def test_measures_keep_what_is_left_out_beside_what_is_let_through():
    rows = [
        MeasureRow(1, 1, (CHOSEN, 0), Distribution(n5=3), 2, 1, 0),
        MeasureRow(1, 1, (EVERYWHERE, 0), Distribution(n1=4, n5=3), 9, 9, 9),
        MeasureRow(2, 1, (EVERYWHERE, 0), Distribution(n1=2), 0, 0, 0),
        MeasureRow(3, 1, (CHOSEN, 0), Distribution(n1=2), 0, 0, 0),
        MeasureRow(3, 1, (WIDER, 0), Distribution(n1=2, n2=3), 0, 0, 0),
        MeasureRow(3, 1, (PART, 1), Distribution(n1=1), 0, 0, 0),
    ]

    assert tally_measures(rows) == {
        1: {1: MeasureTally(Distribution(n5=3), 2, 1, responses=6, outside=4)},
        2: {1: MeasureTally(outside=2)},
        3: {1: MeasureTally(Distribution(n1=2), responses=2, besides={(WIDER, 0): 3, (PART, 1): 1})},
    }
