"""An attacker who reads every report of the same days, whatever its filters, and takes each from each other."""

import random
from itertools import combinations, product

import numpy as np
import pytest

from reports.choice import Facet
from reports.neighbours import Cube
from reports.suppression import may_show_total
from tests.reports.test_suppression import MINIMUM, margins

LOCATIONS, TOUCHPOINTS, MODES = "abcd", "xyz", "kl"
PARTS = (LOCATIONS, TOUCHPOINTS, MODES)
GROUPS = (
    {"a": "coast", "b": "coast", "c": "hills", "d": "hills"},
    {"x": "before", "y": "before", "z": "after"},
    {},
)
NATURAL = ((None, "ab", "cd", *LOCATIONS), (None, "xy", *TOUCHPOINTS), (None, *MODES))
DENSITIES = ([0, 0, 1, 2, 3], [0, 2, 4, 6, 9], [0, 1, 5, 20], [0, 0, 0, 0, 8, 30], [3, 9, 20, 40])
TRIED = 60


def facets(pick=(None, None, None)):
    columns = ("location_id", "touchpoint_id", "mode")
    return tuple(Facet(*one) for one in zip(columns, map(chosen, pick), GROUPS, strict=True))


def chosen(parts):
    return None if parts is None else frozenset(parts)


def subsets(parts):
    return (None, *("".join(some) for size in range(1, len(parts) + 1) for some in combinations(parts, size)))


def responses_of(seed):
    chance = random.Random(seed)
    density = chance.choice(DENSITIES)
    return {place: chance.choice(density) for place in product(*PARTS)}


def shown_of(responses, picks):
    """The choices that may be shown, and which responses each lets through: as a report decides."""
    n = np.array(list(responses.values()), float).reshape(*map(len, PARTS), 1)
    near = Cube(facets(), PARTS, n).near(
        [tuple(map(chosen, pick)) for pick in picks], MINIMUM, in_one_facet=False
    )[:, 0]
    return [
        pick
        for pick, is_near in zip(picks, near, strict=True)
        if not is_near and may_show_total(margins(responses, facets(pick)), facets(pick), MINIMUM)
    ]


def leaks(responses, picks):
    """Pairs of which one has all responses of the other, and a few more."""
    there = {place: n for place, n in responses.items() if n}
    has = np.array(
        [
            [
                all(one is None or part in one for one, part in zip(pick, place, strict=True))
                for place in there
            ]
            for pick in picks
        ],
        float,
    ).reshape(len(picks), len(there))
    n = has * np.array(list(there.values()), float)
    both, total = n @ has.T, n.sum(axis=1)
    more = total[None, :] - total[:, None]
    found = np.argwhere((both == total[:, None]) & (more > 0) & (more < MINIMUM))
    return [(picks[one], picks[other]) for one, other in found.tolist()]


def test_no_pair_of_filters_gives_a_small_group():
    """300 random organisations, sparse and dense; every location, region, touchpoint, stage and mode."""
    picks = list(product(*NATURAL))
    found = {}
    for seed in range(300):
        responses = responses_of(seed)
        found[seed] = leaks(responses, shown_of(responses, picks))

    assert {seed: pairs for seed, pairs in found.items() if pairs} == {}


def test_no_pair_of_choices_of_several_parts_gives_a_small_group():
    """Any locations with any touchpoints and modes: some of them, together with all that are whole groups."""
    found = {}
    for seed in range(TRIED):
        responses = responses_of(seed)
        every = list(product(*map(subsets, PARTS)))
        picks = list({*random.Random(seed).sample(every, 150), *product(*NATURAL)})
        found[seed] = leaks(responses, shown_of(responses, picks))

    assert {seed: pairs for seed, pairs in found.items() if pairs} == {}


def test_most_of_what_may_be_shown_alone_is_shown():
    """The price, in organisations with few responses: less than a tenth of the reports that hide no part of a facet."""
    picks = list(product(*NATURAL))
    alone = shown = 0
    for seed in range(TRIED):
        responses = responses_of(seed)
        alone += sum(
            may_show_total(margins(responses, facets(pick)), facets(pick), MINIMUM) for pick in picks
        )
        shown += len(shown_of(responses, picks))

    assert shown > 0.9 * alone


def near(responses, *picks):
    n = np.zeros((*map(len, PARTS), 1))
    for place, many in responses.items():
        n[tuple(parts.index(part) for parts, part in zip(PARTS, place, strict=True))] = many
    return Cube(facets(), PARTS, n).near([tuple(map(chosen, pick)) for pick in picks], MINIMUM)[:, 0].tolist()


@pytest.mark.parametrize(
    ("responses", "withheld", "kept"),
    [
        # One facet more gives way, be it the smaller one or the larger.
        ({"axk": 20, "ayl": 2, "bzl": 30}, ("a", "x", None), ("a", None, None)),
        ({"axk": 20, "bxk": 3, "bzl": 30}, (None, "x", "k"), ("a", None, None)),
        # Of single facets touchpoints give way to locations, and modes to both, also where both are chosen.
        ({"axk": 20, "bxl": 3, "bzl": 30}, (None, "x", None), ("a", None, None)),
        ({"axk": 20, "bzk": 3, "bzl": 30}, (None, None, "k"), ("a", None, None)),
        ({"axk": 20, "ayk": 3, "bxl": 30, "azl": 30}, (None, None, "k"), ("a", "xy", None)),
        ({"axk": 20, "bxk": 3, "axl": 30, "bzk": 30}, (None, "x", "k"), ("a", None, "k")),
        # Of two with the same facets the smaller gives way.
        ({"axk": 20, "ayk": 3, "azl": 30, "byl": 30, "cxl": 30}, ("ab", "x", None), ("a", "xy", None)),
        # Parts that are no group give way to any other.
        ({"axk": 20, "czl": 3, "bzl": 30}, ("ac", None, None), ("a", "x", "k")),
        # One of several parts alone is a small group.
        ({"axk": 20, "cxk": 3, "dxl": 30, "bzl": 30}, ("acd", "x", None), (None, "z", None)),
    ],
)
def test_the_later_of_two_near_reports_gives_way(responses, withheld, kept):
    assert near(responses, withheld, kept) == [True, False]


def test_each_table_is_judged_by_itself():
    n = np.zeros((*map(len, PARTS), 2))
    n[0, 0, 0] = 20
    n[1, 1, 1] = 30
    n[0, 1, 1, 1] = 2

    assert Cube(facets(), PARTS, n).near(
        [(frozenset("a"), frozenset("x"), frozenset("k"))], MINIMUM
    ).tolist() == [[False, True]]


def test_a_sample_speaks_against_a_report_where_either_has_what_the_other_lacks_or_more_than_a_few():
    """Location a against touchpoint x, which comes later."""
    for counts, may_be in (
        ({"axk": 9}, True),
        ({"axk": 2, "ayk": 4}, True),
        ({"axk": 9, "ayk": 5}, False),
        ({"axk": 9, "azk": 1, "cxk": 1}, False),
    ):
        n = np.zeros((*map(len, PARTS), 1))
        for place, many in {"byl": 9, "bzl": 9, "czl": 9, **counts}.items():
            n[tuple(parts.index(part) for parts, part in zip(PARTS, place, strict=True))] = many
        cube = Cube(facets(), PARTS, n)
        found = cube.near([(None, frozenset("x"), None)], MINIMUM, is_sample=True)

        assert found[0, 0] == may_be, counts
