"""What of a breakdown may be shown: no more than the report of each choice shows, and nothing that the rest gives away."""

from collections import Counter
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.cross_tables import Hidden
from reports.breakdown.cubes import Cube
from reports.breakdown.enums import Way
from reports.breakdown.lines import Line, Lines
from reports.breakdown.protection import Guard
from reports.choice import Choice, Facet, Margins
from reports.enums import TrendStep
from reports.suppression import may_show_total
from tests.metrics.test_cross_tables import derived_by_bounds, derived_small_groups

MINIMUM = 5
steady = settings(derandomize=True, deadline=None, max_examples=120)
sizes = st.sampled_from([0, 0, 1, 2, 3, 6, 9, 30])
LOCATIONS, TOUCHPOINTS, MODES, VERSIONS = (1, 2, 3), (7, 8, 9), ("kiosk", "link"), (21, 22)
REGION_OF, STAGE_OF = {1: "coast", 2: "coast", 3: "hills"}, {7: "before", 8: "after", 9: "after"}


def each(way, parts):
    return Lines(way, tuple(Line(str(part), str(part), frozenset({part}), {}) for part in parts))


WAYS = {
    Way.LOCATION: each(Way.LOCATION, LOCATIONS),
    Way.TOUCHPOINT: each(Way.TOUCHPOINT, TOUCHPOINTS),
    Way.MODE: each(Way.MODE, MODES),
    Way.VERSION: each(Way.VERSION, VERSIONS),
    Way.REGION: Lines(
        Way.REGION, (Line("coast", "", frozenset({1, 2}), {}), Line("hills", "", frozenset({3}), {}))
    ),
    Way.CHANNEL: Lines(
        Way.CHANNEL, (Line("phone", "", frozenset({7, 8}), {}), Line("post", "", frozenset({9}), {}))
    ),
}


@st.composite
def choices(draw):
    def some(parts):
        return draw(st.none() | st.sets(st.sampled_from(parts), min_size=1).map(frozenset))

    return Choice(
        Facet("location_id", some(LOCATIONS), REGION_OF),
        Facet("touchpoint_id", some(TOUCHPOINTS), STAGE_OF),
        Facet("mode", some(MODES), {}),
    )


@st.composite
def cubes(draw, ways=tuple(WAYS)):
    answered = {place: n for place in product(LOCATIONS, TOUCHPOINTS, MODES, VERSIONS) if (n := draw(sizes))}
    rows, columns = draw(st.permutations(ways))[:2]
    return cube_of(answered, draw(choices()), WAYS[rows], draw(st.sampled_from([None, WAYS[columns]])))


def cube_of(answered, choice, rows, columns=None, **axes):
    places = list(answered)
    found = {
        "location": [place[0] for place in places],
        "touchpoint": [place[1] for place in places],
        "mode": [place[2] for place in places],
        "version": [place[3] for place in places],
        **axes,
    }
    n = np.array(list(answered.values()), np.int64)
    return Cube(found, n.reshape(-1, 1), n, choice, rows, columns)


def grid(cube):
    """n by row and column of what the filters let through."""
    inside = cube.counts(cube.inside)
    return {place: int(n) for place, n in np.ndenumerate(inside)}


def as_a_table(cube, hidden):
    """Without columns the rows are the cells of one column, whose total is that of all."""
    if cube.columns is not None:
        return hidden
    rows = set(range(cube.shape[0]))
    return Hidden({(row, 0) for row in hidden.rows}, rows, set(), hidden.total)


def chosen_with(cube, row, column):
    """The facets of the report of one row, one column or one cell."""
    facets = []
    for facet, axis in zip(cube.choice.facets, ("location", "touchpoint", "mode"), strict=True):
        chosen = facet.chosen
        for lines, number in ((cube.rows, row), (cube.columns, column)):
            if lines and number is not None and lines.axis == axis:
                parts = lines.lines[number].parts
                chosen = parts if chosen is None else chosen & parts
        facets.append(Facet(facet.column, chosen, facet.group_of))
    return facets


def report_shows(cube, row, column):
    """As `may_show_total` decides from the margins of that report alone; of a version from its own answers."""
    facets, counts = chosen_with(cube, row, column), [Counter(), Counter(), Counter()]
    for at, n in enumerate(cube.n.tolist()):
        versions = [
            cube.axes["version"][at] in lines.lines[number].parts
            for lines, number in ((cube.rows, row), (cube.columns, column))
            if lines and number is not None and lines.axis == "version"
        ]
        parts = [cube.axes[axis][at] for axis in ("location", "touchpoint", "mode")]
        passes = [facet.lets(part) for facet, part in zip(facets, parts, strict=True)]
        for facet, count in enumerate(counts):
            if all(versions) and all(passes[:facet] + passes[facet + 1 :]):
                count[parts[facet]] += n
    return may_show_total(Margins(*counts), facets, MINIMUM)


@steady
@given(cubes())
def test_nothing_is_shown_that_the_report_of_that_choice_withholds(cube):
    hidden = Guard(cube, MINIMUM, TrendStep.WEEK).hidden()

    if hidden.total:
        return
    assert report_shows(cube, None, None)
    for row in set(range(cube.shape[0])) - hidden.rows:
        assert report_shows(cube, row, None) or not sum(
            n for place, n in grid(cube).items() if place[0] == row
        )
    if cube.columns is not None:
        for (row, column), n in grid(cube).items():
            assert not n or (row, column) in hidden.cells or report_shows(cube, row, column)


@steady
@given(cubes())
def test_no_attacker_works_out_a_small_group_of_a_breakdown(cube):
    hidden = as_a_table(cube, Guard(cube, MINIMUM, TrendStep.WEEK).hidden())

    cells = grid(cube)
    shown = {place: n for place, n in cells.items() if n and place not in hidden.cells}
    if hidden.total:
        return
    assert [place for place, n in shown.items() if n < MINIMUM] == []
    assert derived_by_bounds(cells, hidden) == []
    assert derived_small_groups(cells, hidden) == []


def test_rows_are_those_of_the_one_way_report():
    answered = {(1, 7, "link", 21): 3, (2, 7, "link", 21): 20, (3, 7, "link", 21): 30}
    everything = Choice(
        Facet("location_id", None, REGION_OF), Facet("touchpoint_id", None, {}), Facet("mode", None, {})
    )

    alone = Guard(cube_of(answered, everything, WAYS[Way.LOCATION]), MINIMUM, TrendStep.WEEK).hidden()
    beside = Guard(
        cube_of(answered, everything, WAYS[Way.LOCATION], WAYS[Way.MODE]), MINIMUM, TrendStep.WEEK
    ).hidden()

    assert alone.rows == beside.rows == {0, 1}
    assert beside.cells == {(0, 1), (1, 1)}


def test_a_mode_that_hides_a_small_one_is_withheld_in_its_cells():
    answered = {(1, 7, "link", 21): 20, (1, 7, "kiosk", 21): 3, (2, 7, "link", 21): 20}
    only_links = Choice(
        Facet("location_id", None, {}),
        Facet("touchpoint_id", None, {}),
        Facet("mode", frozenset({"link"}), {}),
    )

    hidden = Guard(
        cube_of(answered, only_links, WAYS[Way.LOCATION], WAYS[Way.TOUCHPOINT]), MINIMUM, TrendStep.WEEK
    ).hidden()

    assert hidden.total is True


@pytest.mark.parametrize(("by", "shown"), [(TrendStep.DAY, 1), (TrendStep.WEEK, 2)])
def test_days_are_held_against_their_weeks_too(by, shown):
    monday = date(2026, 3, 2)
    days = [monday, monday + timedelta(days=1), monday + timedelta(days=9), monday + timedelta(days=10)]
    answered = {(1, 7, "link", number): n for number, n in enumerate((3, 9, 4, 40))}
    nothing = Choice(
        Facet("location_id", None, {}), Facet("touchpoint_id", None, {}), Facet("mode", None, {})
    )

    hidden = Guard(cube_of(answered, nothing, each(Way.TIME, days), time=days), MINIMUM, by).hidden()

    assert 4 - len(hidden.rows) == {1: 0, 2: 2}[shown]


def test_versions_of_a_filtered_breakdown_leave_no_small_rest():
    answered = {(1, 7, "link", 21): 20, (2, 7, "link", 21): 3, (2, 7, "link", 22): 30, (1, 7, "link", 22): 30}
    here = Choice(
        Facet("location_id", frozenset({1}), {}), Facet("touchpoint_id", None, {}), Facet("mode", None, {})
    )

    hidden = Guard(cube_of(answered, here, WAYS[Way.VERSION]), MINIMUM, TrendStep.WEEK).hidden()

    assert hidden.rows == {0, 1}


def test_a_large_cell_that_is_near_to_a_report_is_not_worked_out_of_its_column():
    """All but 3 of place 1 came by link and at touchpoint 7: its 20 are withheld, and so is what stands beside them."""
    answered = {(1, 7, "link", 21): 20, (1, 8, "kiosk", 21): 3}
    answered |= {(2, 7, "link", 21): 30, (2, 9, "link", 21): 30, (2, 7, "kiosk", 21): 30}
    only_links = Choice(
        Facet("location_id", None, {}),
        Facet("touchpoint_id", None, {}),
        Facet("mode", frozenset({"link"}), {}),
    )

    hidden = Guard(
        cube_of(answered, only_links, WAYS[Way.LOCATION], WAYS[Way.TOUCHPOINT]), MINIMUM, TrendStep.WEEK
    ).hidden()

    assert hidden.total is False
    assert {(0, 0), (1, 0)} <= hidden.cells or 0 in hidden.columns


def test_a_row_that_is_near_to_a_report_is_never_the_only_one_hidden():
    """Touchpoint 7 has all of place 1 and 3 more: the columns less the other rows would be it."""
    answered = {(1, 7, "link", 21): 20, (2, 7, "link", 21): 3}
    answered |= {(2, 8, "link", 21): 30, (2, 8, "kiosk", 21): 30, (2, 9, "kiosk", 21): 40}
    nothing = Choice(
        Facet("location_id", None, {}), Facet("touchpoint_id", None, {}), Facet("mode", None, {})
    )

    hidden = Guard(
        cube_of(answered, nothing, WAYS[Way.TOUCHPOINT], WAYS[Way.MODE]), MINIMUM, TrendStep.WEEK
    ).hidden()

    assert hidden.rows == {0, 2}


@pytest.mark.parametrize(("by_kiosk", "is_told"), [(0, False), (20, True)])
def test_a_version_is_told_where_a_mode_that_has_nearly_all_of_it_has_enough_of_the_others(by_kiosk, is_told):
    """At a location, and in all."""
    answered = {
        (1, 7, "kiosk", 22): 20,
        (1, 7, "link", 22): 3,
        (1, 7, "link", 21): 20,
        (1, 7, "kiosk", 21): by_kiosk,
    }
    choice = Choice(*(Facet(column, None, {}) for column in ("location_id", "touchpoint_id", "mode")))

    shown = Guard(
        cube_of(answered, choice, WAYS[Way.LOCATION], WAYS[Way.VERSION]), MINIMUM, TrendStep.WEEK
    ).shown

    assert shown[0].tolist() == shown[-1].tolist() == [is_told, is_told, True]
