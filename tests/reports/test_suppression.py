from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.choice import Facet, Margins
from reports.suppression import (
    Counts,
    QuestionCount,
    hidden_blocks,
    hidden_buckets,
    hidden_groups,
    hidden_locations,
    hidden_questions,
    hidden_versions,
    may_show_total,
)

MINIMUM = 5
steady = settings(derandomize=True, deadline=None, max_examples=150)
sizes = st.integers(0, 9)


def facets(locations=None, modes=None, region_of=None):
    return (
        Facet("location_id", locations and frozenset(locations), region_of or {}),
        Facet("touchpoint_id", None, {}),
        Facet("mode", modes and frozenset(modes), {}),
    )


def at(**counts):
    """Responses by location only."""
    return Margins(counts, {}, {})


def margins(responses, facets):
    """Of responses by location, touchpoint and mode: by the parts of each facet, as the others let them through."""
    counts = [Counter(), Counter(), Counter()]
    for parts, n in responses.items():
        passes = [facet.lets(part) for facet, part in zip(facets, parts, strict=True)]
        for facet, count in enumerate(counts):
            if all(passes[:facet] + passes[facet + 1 :]):
                count[parts[facet]] += n
    return Margins(*counts)


def may_show(responses, facets):
    return may_show_total(margins(responses, facets), facets, MINIMUM)


def subsets(values):
    return [set(some) for size in range(1, len(values) + 1) for some in combinations(values, size)]


def derivable_small_groups(atoms, known, minimum):
    """Sets of atoms below the minimum whose sum is a linear combination of the sums that are known."""
    names = [name for name, n in atoms.items() if n]
    if not names:
        return []
    rows = np.array([[name in group for name in names] for group in known], float).reshape(-1, len(names))
    rank = np.linalg.matrix_rank(rows) if len(rows) else 0
    small = [group for group in subsets(names) if sum(atoms[name] for name in group) < minimum]
    return [
        group
        for group in small
        if np.linalg.matrix_rank(np.vstack([rows, [[name in group for name in names]]])) == rank
    ]


def test_a_total_needs_the_minimum():
    assert may_show_total(at(a=5), facets(), MINIMUM) is True
    assert may_show_total(at(a=4), facets(), MINIMUM) is False


def test_a_choice_that_leaves_out_too_few_is_withheld():
    responses = at(a=20, b=2)

    assert may_show_total(responses, facets(), MINIMUM) is True
    assert may_show_total(responses, facets(["a"]), MINIMUM) is False
    assert may_show_total(responses, facets(["a", "b"]), MINIMUM) is True


def test_the_location_that_hides_a_small_one_is_withheld_wherever_it_is_chosen():
    responses = at(a=20, b=2, c=8)

    assert hidden_locations(responses, facets(), MINIMUM) == {"b", "c"}
    assert hidden_locations(responses, facets(["a"]), MINIMUM) == {"b", "c"}
    assert may_show_total(responses, facets(["c"]), MINIMUM) is False
    assert may_show_total(responses, facets(["a"]), MINIMUM) is True
    assert may_show_total(responses, facets(["b", "c"]), MINIMUM) is True


def test_a_small_location_is_hidden_by_one_of_its_own_region():
    region_of = {"a": "coast", "b": "coast", "c": "hills", "d": "hills"}
    blocks = hidden_blocks({"a": 9, "b": 2, "c": 6, "d": 30}, facets(region_of=region_of)[0], MINIMUM)

    assert blocks == [{"a", "b"}]


def test_the_facets_are_judged_each_within_the_others():
    responses = {
        ("a", None, "link"): 20,
        ("a", None, "kiosk"): 3,
        ("b", None, "link"): 20,
        ("b", None, "kiosk"): 30,
    }

    assert may_show(responses, facets(modes=["link"])) is True
    assert may_show(responses, facets(["a"], ["link"])) is False
    assert may_show(responses, facets(["b"], ["link"])) is True


def test_a_location_that_is_near_to_another_report_is_never_the_only_one_hidden():
    """The total less the others would be it."""
    assert hidden_locations(at(a=20, b=30, c=40), facets(), MINIMUM, frozenset("a")) == {"a", "b"}
    assert hidden_locations(at(a=20, b=30, c=40), facets(), MINIMUM, frozenset("ab")) == {"a", "b"}


def test_a_near_location_is_hidden_with_another_of_the_chosen_ones():
    """Two more of its region are hidden, but they are not chosen: of the chosen ones it would be the only one."""
    region_of = {"a": "coast", "x": "coast", "y": "coast", "b": "hills", "c": "hills"}
    responses = at(a=20, x=2, y=9, b=30, c=30)

    hidden = hidden_locations(responses, facets("ab", region_of=region_of), MINIMUM, frozenset("a"))

    assert hidden == {"a", "b", "x", "y"}


@steady
@given(
    counts=st.lists(sizes, min_size=1, max_size=5),
    regions=st.lists(st.sampled_from(["coast", "hills", None]), min_size=5, max_size=5),
)
def test_no_choices_of_locations_played_against_each_other_give_a_small_group(counts, regions):
    atoms = {f"L{number}": n for number, n in enumerate(counts)}
    region_of = dict(zip(atoms, regions, strict=False))
    responses = at(**atoms)
    known = [
        chosen
        for chosen in subsets(list(atoms))
        if may_show_total(responses, facets(chosen, region_of=region_of), MINIMUM)
    ]
    hidden = hidden_locations(responses, facets(region_of=region_of), MINIMUM)
    if may_show_total(responses, facets(region_of=region_of), MINIMUM):
        known += [set(atoms), *({name} for name, n in atoms.items() if n and name not in hidden)]

    assert derivable_small_groups(atoms, known, MINIMUM) == []


@steady
@given(counts=st.lists(sizes, min_size=6, max_size=6))
def test_no_two_reports_that_differ_in_one_facet_give_a_small_group(counts):
    places, modes = ["a", "b", "c"], ["link", "kiosk"]
    responses = {
        (place, None, mode): n for (place, mode), n in zip(product(places, modes), counts, strict=True)
    }
    shown = {}
    for some_places, some_modes in product(subsets(places), subsets(modes)):
        if may_show(responses, facets(some_places, some_modes)):
            shown[frozenset(some_places), frozenset(some_modes)] = sum(
                n
                for (place, _none, mode), n in responses.items()
                if place in some_places and mode in some_modes
            )

    differences = [
        abs(shown[one] - shown[other])
        for one, other in combinations(shown, 2)
        if (one[0] == other[0] and (one[1] < other[1] or other[1] < one[1]))
        or (one[1] == other[1] and (one[0] < other[0] or other[0] < one[0]))
    ]

    assert [n for n in [*shown.values(), *differences] if 0 < n < MINIMUM] == []


def test_groups_stay_covered_inside_and_outside_the_filters():
    assert hidden_groups(Counts({1: 9, 2: 9, 3: 2}, {}), MINIMUM) == {1, 3}
    assert hidden_groups(Counts({1: 9, 2: 9, 3: 9}, {1: 9, 2: 1, 3: 9}), MINIMUM) == {1, 2}
    assert hidden_groups(Counts({1: 9, 2: 9}, {1: 9}), MINIMUM) == set()


@steady
@given(inside=st.lists(sizes, max_size=6), outside=st.lists(sizes, min_size=6, max_size=6))
def test_no_hidden_group_comes_out_of_total_minus_shown_on_either_side(inside, outside):
    counts = Counts(dict(enumerate(inside)), dict(enumerate(outside[: len(inside)])))

    hidden = hidden_groups(counts, MINIMUM)

    for side in counts:
        left_over = sum(side[key] for key in hidden)
        assert left_over == 0 or left_over >= min(MINIMUM, sum(side.values()))
        assert all(not 0 < n < MINIMUM for key, n in side.items() if key not in hidden)


def test_buckets_stay_covered_outside_the_filters():
    """The week of everything less that of the filters would be 1."""
    counts = Counts({1: 9, 2: 9, 3: 9}, {1: 9, 2: 1, 3: 9})

    assert hidden_buckets(counts, [()], MINIMUM) == {1, 2}


def test_versions_are_not_told_where_the_choice_cuts_through_what_is_hidden_in_one_of_them():
    """Of version 1 there are 31, 20 of them at a: with the 9 at c, the 2 at b would be known."""
    versions = {1: at(a=20, b=2, c=9), 2: at(a=40, b=9, c=30)}

    assert hidden_versions(versions, {1: 31, 2: 79}, facets("c"), MINIMUM) == {1, 2}
    assert hidden_versions(versions, {1: 31, 2: 79}, facets("a"), MINIMUM) == set()


def half(day):
    return day // 2


def quarter(day):
    return day // 4


def shown_sums(groups, hidden):
    return [set(days) for key, days in groups.items() if key not in hidden]


@steady
@given(counts=st.lists(sizes, min_size=1, max_size=8))
def test_no_days_months_and_quarters_played_against_each_other_give_a_small_group(counts):
    """Days are numbers here, months pairs of them and quarters pairs of months."""
    days = dict(enumerate(counts))
    known = [set(days)]
    for level, nesting in ((quarter, ()), (half, (quarter,)), (lambda day: day, (quarter, half))):
        groups = {}
        for day in days:
            groups.setdefault(level(day), set()).add(day)
        totals = {min(inside): sum(days[day] for day in inside) for inside in groups.values()}
        hidden = {level(day) for day in hidden_buckets(Counts(totals, {}), [nesting], MINIMUM)}
        known += shown_sums(groups, hidden)
    if sum(counts) < MINIMUM:
        return

    assert derivable_small_groups(days, known, MINIMUM) == []


def question(inside, outside=0, not_asked=0):
    return QuestionCount(inside, outside, not_asked)


@pytest.mark.parametrize(
    ("questions", "hidden"),
    [
        ({"a": question(20), "b": question(18)}, set()),
        ({"a": question(20), "b": question(3)}, {"a", "b"}),
        ({"a": question(20), "b": question(3), "c": question(9)}, {"b", "c"}),
        ({"a": question(20), "b": question(4), "c": question(4), "d": question(9)}, {"b", "c", "d"}),
        ({"a": question(20), "b": question(18, not_asked=2), "c": question(19)}, {"b", "c"}),
        ({"a": question(20), "b": question(18, outside=2), "c": question(19)}, {"b", "c"}),
        ({"a": question(4)}, {"a"}),
        ({"a": question(20), "b": question(0)}, set()),
    ],
)
def test_a_question_is_hidden_with_a_large_one_beside_it(questions, hidden):
    assert hidden_questions(questions, MINIMUM) == hidden
