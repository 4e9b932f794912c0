"""The attacker of `tests/reports/test_neighbours.py`, who reads breakdowns besides: their rows, columns and cells."""

import random
from datetime import date
from itertools import product

import numpy as np
import pytest

from reports.breakdown.cubes import Cube
from reports.breakdown.enums import Way
from reports.breakdown.lines import Line, Lines
from reports.breakdown.nearness import find_near, pick_of
from reports.breakdown.protection import Guard
from reports.choice import Choice
from reports.enums import TrendStep
from tests.reports.test_neighbours import (
    LOCATIONS,
    MODES,
    NATURAL,
    TOUCHPOINTS,
    facets,
    leaks,
    responses_of,
    shown_of,
)
from tests.reports.test_suppression import MINIMUM

DAYS = (date(2026, 3, 2), date(2026, 3, 9))


def lines(way, *parts):
    return Lines(way, tuple(Line(str(one), "", frozenset(one), {}) for one in parts))


WAYS = {
    Way.LOCATION: lines(Way.LOCATION, *LOCATIONS),
    Way.REGION: lines(Way.REGION, "ab", "cd"),
    Way.TOUCHPOINT: lines(Way.TOUCHPOINT, *TOUCHPOINTS),
    Way.STAGE: lines(Way.STAGE, "xy", "z"),
    Way.MODE: lines(Way.MODE, *MODES),
    Way.TIME: lines(Way.TIME, *([day] for day in DAYS)),
}
OF_FACETS = [way for way in WAYS if way is not Way.TIME]


def cube_of(responses, pick, rows, columns=None, **axes):
    there = {place: n for place, n in responses.items() if n}
    n = np.array(list(there.values()), np.int64)
    names = ("location", "touchpoint", "mode")
    found = {name: [place[at] for place in there] for at, name in enumerate(names)}
    choice = Choice(*facets(pick))
    return Cube({**found, **axes}, n.reshape(-1, 1), n, choice, WAYS[rows], columns and WAYS[columns])


def shown_of_breakdown(cube):
    """What each row, column and cell that is shown lets through."""
    hidden = Guard(cube, MINIMUM, TrendStep.WEEK).hidden()
    if hidden.total:
        return
    rows, columns = (range(length) for length in cube.shape)
    yield from (pick_of(cube, row, None) for row in rows if row not in hidden.rows)
    if cube.columns is not None:
        yield from (pick_of(cube, None, column) for column in columns if column not in hidden.columns)
        yield from (pick_of(cube, *cell) for cell in product(rows, columns) if cell not in hidden.cells)


def test_no_cell_and_no_report_give_a_small_group_together():
    """300 random organisations; in each two breakdowns by any two ways under any filters, and every report."""
    picks, found, seen = list(product(*NATURAL)), {}, 0
    for seed in range(300):
        responses, chance = responses_of(seed), random.Random(seed)
        known = set(shown_of(responses, picks))
        for _breakdown in range(2):
            rows, columns = chance.sample(OF_FACETS, 2)
            cube = cube_of(responses, chance.choice(picks), rows, columns if chance.random() < 0.8 else None)
            cells = set(shown_of_breakdown(cube))
            seen += len(cells)
            known |= cells
        if pairs := leaks(responses, list(known)):
            found[seed] = pairs

    assert found == {}
    assert seen > 1000


@pytest.mark.parametrize(
    ("pick", "place", "responses"),
    [
        # A row: the location has all of the touchpoint, and a few more.
        ((None, None, None), (0, None), {"axk": 20, "bxk": 3, "bzk": 30}),
        # A cell: a touchpoint at a location has all but a few of the location.
        ((None, None, None), (0, 0), {"axk": 20, "ayk": 3, "bxk": 30, "byk": 30}),
    ],
)
def test_what_is_near_is_told(pick, place, responses):
    rows, columns = (Way.TOUCHPOINT, None) if place[1] is None else (Way.LOCATION, Way.TOUCHPOINT)
    cube = cube_of({tuple(key): n for key, n in responses.items()}, pick, rows, columns)

    # Those that differ in one facet are for `may_show` to see.
    at = tuple(-1 if number is None else number for number in place)
    is_near = find_near(cube, MINIMUM)[at]

    assert bool(is_near) is (place[1] is None)
    assert not Guard(cube, MINIMUM, TrendStep.WEEK).shown[at]


@pytest.mark.parametrize("across", [False, True])
def test_each_point_of_time_is_held_by_itself(across):
    """In the first week touchpoint x has all of location a and a few more; in the second they are far apart."""
    responses = {("a", "x", "k"): 20, ("b", "x", "k"): 3, ("a", "y", "k"): 20, ("b", "x", "l"): 40}
    weeks = [DAYS[0], DAYS[0], DAYS[1], DAYS[1]]
    ways = (Way.TIME, Way.TOUCHPOINT) if across else (Way.TOUCHPOINT, Way.TIME)

    near = find_near(cube_of(responses, (None, None, None), *ways, time=weeks), MINIMUM)

    assert np.argwhere(near.T if across else near).tolist() == [[0, 0]]


def test_without_a_choice_nothing_is_near():
    cube = cube_of(
        {("a", "x", "k"): 20, ("b", "x", "k"): 3}, (None, None, None), Way.TIME, time=[DAYS[0]] * 2
    )

    assert not find_near(cube, MINIMUM).any()


def hidden_of(responses, rows, columns):
    cube = cube_of({tuple(key): n for key, n in responses.items()}, (None, None, None), rows, columns)
    return Guard(cube, MINIMUM, TrendStep.WEEK).hidden()


def test_what_is_near_is_not_what_its_row_or_column_leaves():
    """Touchpoint x in the region has all of location a and a few more; every cell is large."""
    hidden = hidden_of({"axk": 20, "bxk": 3, "byk": 30, "cxk": 30, "dyk": 30}, Way.REGION, Way.TOUCHPOINT)

    assert (0, 0) in hidden.cells
    assert {cell for cell in hidden.cells if cell[0] == 0} > {(0, 0)}
    assert {cell for cell in hidden.cells if cell[1] == 0} > {(0, 0)}


@pytest.mark.parametrize("columns", [None, Way.REGION])
def test_a_row_that_is_near_is_not_what_the_others_leave_of_all(columns):
    hidden = hidden_of({"axk": 20, "cxk": 3, "bzk": 30, "dzk": 30}, Way.TOUCHPOINT, columns)

    assert {0, 2} <= hidden.rows
