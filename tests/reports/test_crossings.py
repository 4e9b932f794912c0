from datetime import date, timedelta

import pytest

from reports.crossings import (
    MOST_RATED,
    Among,
    Apart,
    breadth,
    cross_selections,
    margin_selections,
    merged,
    sampled,
)
from reports.pieces import Pieces
from reports.selections import Pick, Selection, Source
from tests.reports.test_choice import chosen

COAST = 1  # harbour (1) and pier (2); station (3) is in no region


def picks(choice, apart):
    return {among: selection.location for among, selection in cross_selections(choice, apart).items()}


def test_everything_is_told_apart_unless_something_is_named():
    assert picks(chosen(mode=("link",)), Apart()) == {
        Among.EVERYWHERE: Pick(),
        Among.TOLD: Pick(None, is_told=True),
    }


def test_of_all_locations_only_what_is_named_is_told():
    found = picks(chosen(mode=("link",)), Apart(frozenset({1}), frozenset({COAST})))

    assert found == {
        Among.EVERYWHERE: Pick(),
        Among.TOLD: Pick({1}, is_told=True),
        Among.INSIDE: Pick({2}, is_told=True, by_region=True),
    }


def test_locations_of_a_chosen_region_are_told_together():
    found = picks(chosen(region=("coast",), mode=("link",)), Apart(frozenset()))

    assert found == {Among.EVERYWHERE: Pick(), Among.INSIDE: Pick({1, 2}, is_told=True, by_region=True)}


def test_the_rest_of_the_region_of_a_location_is_told():
    found = picks(chosen(location=("harbour",)), Apart())

    assert found[Among.TOLD] == Pick({1}, is_told=True)
    assert found[Among.OUTSIDE] == Pick({2}, is_told=True, by_region=True)


@pytest.mark.parametrize(
    ("apart", "expected"),
    [(Apart(), set()), (Apart(frozenset()), set()), (Apart(frozenset({2}), frozenset({COAST})), {1})],
)
def test_merged_are_those_of_the_regions_that_are_named(apart, expected):
    assert merged(chosen(mode=("link",)), apart) == expected


@pytest.mark.parametrize(
    ("facets", "apart", "expected"),
    [
        ({"mode": ("link",)}, Apart(), (True, True)),
        ({"mode": ("link",)}, Apart(touchpoints=False), (False, True)),
        # Reports by touchpoints come before those by modes, and are not held against them.
        ({"touchpoint": ("till",)}, Apart(), (True, False)),
    ],
)
def test_other_facets_are_told_where_it_matters(facets, apart, expected):
    for selection in cross_selections(chosen(**facets), apart).values():
        assert (selection.touchpoint.is_told, selection.mode.is_told) == expected


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"touchpoint": ("till",)}, {0}),
        ({"mode": ("link",)}, {0, 1}),
        ({"mode": ("link",), "touchpoint": ("till",)}, {0}),
        ({"location": ("harbour",), "mode": ("link",)}, {1}),
        # Two locations that are no group are told apart anyway.
        ({"location": ("harbour", "station"), "mode": ("link",)}, {1}),
        # Reports of a region come before those of touchpoints and modes.
        ({"region": ("coast",)}, {0}),
        ({"location": ("harbour",)}, set()),
    ],
)
def test_margins_are_of_the_facets_that_are_not_told_apart_anyway(facets, expected):
    assert set(margin_selections(chosen(**facets))) == expected


def test_locations_have_their_margin_by_region():
    selection = margin_selections(chosen(region=("coast",), mode=("link",)))[0]

    assert selection.location == Pick({1, 2}, is_told=True, by_region=True)
    assert selection.mode.chosen == {"link"}


def test_rows_of_a_piece_are_as_many_as_there_are_parts_together():
    choice = chosen(location=("harbour",), touchpoint=("till",))

    places = [(Pick({1, 2}), Pick(is_told=True)), (Pick(None, is_told=True),), ()]
    assert [breadth(Selection(*picks), choice) for picks in places] == [4, 3, 1]


def test_more_rows_than_are_worth_the_time_are_read_of_some_pieces():
    choice, days = chosen(mode=("link",)), {key: date(2026, 1, 1) + timedelta(days=key) for key in range(300)}
    source = Source(Pieces(days=days), 0)
    told = [Selection(Pick(is_told=True), Pick(is_told=True))]  # 6 rows a day

    few, all_of_it = (sampled(source, told, choice, responses) for responses in (5000, MOST_RATED))

    assert len(few.pieces.days) == 250
    assert all_of_it == source
