from itertools import accumulate, chain, combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.disclosure import (
    is_apart,
    is_too_small,
    joined_buckets,
    most_left_out,
    withheld,
    withheld_buckets,
    withheld_levels,
)

steady = settings(derandomize=True, deadline=None, max_examples=200)
minima = st.integers(3, 8)
sizes = st.integers(0, 12)
tables = st.lists(sizes, max_size=8).map(lambda counts: {f"L{key}": n for key, n in enumerate(counts)})
regions = st.lists(st.lists(sizes, min_size=1, max_size=4), min_size=1, max_size=3).map(
    lambda lists: {
        f"R{group}": {f"R{group}L{part}": n for part, n in enumerate(parts)}
        for group, parts in enumerate(lists)
    }
)


def derivable_small_groups(leaves, known, minimum):
    """Every set of leaves with 0 < sum < minimum whose sum is a linear combination of the known sums.

    `leaves` name -> n; `known` is a list of sets of names whose totals are shown. Empty leaves are known anyway.
    """
    names = [name for name, n in leaves.items() if n]
    if not names:
        return []
    rows = np.array([[name in shown for name in names] for shown in known], float).reshape(
        len(known), len(names)
    )
    subsets = np.array(list(np.ndindex(*(2,) * len(names))), float).reshape(-1, len(names))
    totals = subsets @ np.array([leaves[name] for name in names], float)
    small = subsets[(totals > 0) & (totals < minimum)]
    projected = small @ np.linalg.pinv(rows) @ rows if len(known) else np.zeros_like(small)
    return [set(np.array(names)[row > 0]) for row in small[np.isclose(small, projected, atol=1e-6).all(1)]]


def test_the_check_itself_sees_a_subtraction():
    leaves = {"a": 3, "b": 10, "c": 0}

    assert derivable_small_groups(leaves, [{"a", "b", "c"}, {"b"}], 5) == [{"a"}]
    assert derivable_small_groups(leaves, [{"a", "b", "c"}], 5) == []


@pytest.mark.parametrize(("n", "small"), [(0, False), (1, True), (4, True), (5, False), (50, False)])
def test_a_group_is_too_small_below_the_minimum_but_not_when_empty(n, small):
    assert is_too_small(n, 5) is small


@pytest.mark.parametrize(("n", "minimum"), [(-1, 5), (3, 0)])
def test_impossible_sizes_are_refused(n, minimum):
    with pytest.raises(ValueError, match="no minimum"):
        is_too_small(n, minimum)


def test_nothing_is_withheld_when_all_are_large_enough():
    assert withheld({"north": 5, "south": 30, "east": 0}, 5) == set()


def test_one_small_group_takes_the_smallest_other_with_it():
    assert withheld({"north": 40, "south": 4, "east": 12, "west": 0}, 5) == {"south", "east"}


def test_small_groups_that_hide_each_other_take_no_other_with_them():
    assert withheld({"north": 40, "south": 4, "east": 1}, 5) == {"south", "east"}


def test_without_a_total_only_small_groups_are_withheld():
    assert withheld({"north": 40, "south": 4}, 5, total_shown=False) == {"south"}


def test_an_empty_group_hides_nobody():
    assert withheld({"north": 40, "south": 4, "east": 0}, 5) == {"south", "north"}


def test_all_small_together_are_all_withheld():
    assert withheld({"north": 2, "south": 2, "east": 0}, 5) == {"north", "south"}


def test_order_of_the_rows_does_not_change_what_is_withheld():
    assert withheld({"b": 7, "a": 7, "c": 2}, 5) == withheld({"c": 2, "a": 7, "b": 7}, 5) == {"a", "c"}


@given(tables, minima)
@steady
def test_no_small_group_can_be_seen_or_derived(table, minimum):
    hidden = withheld(table, minimum)

    total_shown = [] if is_too_small(sum(table.values()), minimum) else [set(table)]
    known = [*total_shown, *({key} for key in table if key not in hidden)]
    assert derivable_small_groups(table, known, minimum) == []


@given(tables, minima)
@steady
def test_what_is_withheld_is_at_least_two_groups_with_the_minimum_or_everything(table, minimum):
    hidden = withheld(table, minimum)

    total = sum(table[key] for key in hidden)
    everyone = total == sum(table.values())
    assert not hidden or everyone or (len(hidden) >= 2 and total >= minimum)
    assert all(table[key] for key in hidden)


@given(tables, minima)
@steady
def test_no_more_than_one_large_group_is_withheld(table, minimum):
    assert sum(table[key] >= minimum for key in withheld(table, minimum)) <= 1


def test_levels_hide_a_small_region_and_one_location_elsewhere():
    table = {"north": {"n1": 3}, "south": {"s1": 6, "s2": 9}, "east": {"e1": 40, "e2": 50}}

    hidden = withheld_levels(table, 5)

    assert (hidden.groups, hidden.parts) == ({"north", "south"}, {"n1", "s1"})


def test_levels_hide_within_a_shown_region():
    hidden = withheld_levels({"north": {"n1": 3, "n2": 8, "n3": 20}, "south": {"s1": 6}}, 5)

    assert (hidden.groups, hidden.parts) == (set(), {"n1", "n2"})


def test_levels_refuse_a_location_in_two_regions():
    with pytest.raises(ValueError, match="one group only"):
        withheld_levels({"north": {"x": 3}, "south": {"x": 6}}, 5)


@given(regions, minima)
@steady
def test_no_small_group_can_be_derived_across_levels(table, minimum):
    hidden = withheld_levels(table, minimum)

    leaves = dict(chain.from_iterable(parts.items() for parts in table.values()))
    total_shown = [] if is_too_small(sum(leaves.values()), minimum) else [set(leaves)]
    groups = [set(parts) for group, parts in table.items() if group not in hidden.groups]
    parts = [{part} for part in leaves if part not in hidden.parts]
    assert derivable_small_groups(leaves, [*total_shown, *groups, *parts], minimum) == []


def test_withheld_buckets_follow_the_same_rule():
    assert withheld_buckets([9, 3, 0, 7], 5) == {1, 3}


@pytest.mark.parametrize(
    ("counts", "joined"),
    [
        ([9, 3, 4, 7], [range(1), range(1, 3), range(3, 4)]),
        ([9, 0, 7], [range(1), range(1, 2), range(2, 3)]),
        ([9, 7, 2], [range(1), range(1, 3)]),
        ([9, 0, 2], [range(3)]),
        ([0, 2, 2], []),
        ([0, 0], [range(1), range(1, 2)]),
        ([], []),
    ],
)
def test_joined_buckets_have_the_minimum_or_nobody(counts, joined):
    assert joined_buckets(counts, 5) == joined


@given(st.lists(sizes, max_size=12), minima)
@steady
def test_joined_buckets_cover_everything_once_in_order(counts, minimum):
    joined = joined_buckets(counts, minimum)

    assert list(chain.from_iterable(joined)) == (list(range(len(counts))) if joined else [])
    assert joined or is_too_small(sum(counts), minimum) or not counts


@given(st.lists(sizes, max_size=10), minima)
@steady
def test_periods_on_joined_edges_never_differ_by_a_small_group(counts, minimum):
    before = [
        0,
        *accumulate(sum(counts[place] for place in bucket) for bucket in joined_buckets(counts, minimum)),
    ]

    periods = [later - earlier for i, earlier in enumerate(before) for later in before[i:]]
    assert not any(is_too_small(n, minimum) for n in periods)


@pytest.mark.parametrize(("room", "left_out"), [(4, 19), (3, 17), (2, 9), (0, 7)])
def test_most_of_the_others_are_left_out_where_fewest_of_ones_own_are(room, left_out):
    assert most_left_out([(0, 7), (3, 10), (1, 2), (9, 50)], room) == left_out


def test_the_last_part_left_out_counts_by_its_share():
    assert most_left_out([(3, 9), (3, 9)], 4) == 12


def some_of(parts):
    return [set(some) for size in range(1, len(parts) + 1) for some in combinations(parts, size)]


@given(
    counts=st.lists(st.tuples(*[st.sampled_from([0, 0, 1, 2, 4, 9, 20])] * 2), min_size=12, max_size=12),
    minimum=st.integers(2, 5),
)
@settings(derandomize=True, deadline=None, max_examples=150)
def test_a_group_that_is_apart_differs_from_no_choice_by_a_few(counts, minimum):
    """Three parts by two ways and two by another, every choice of some of them."""
    ways = (range(3), range(2), range(2))
    table = dict(zip(product(*ways), counts, strict=True))
    own, others = (sum(one) for one in zip(*counts, strict=True))
    by_part = [
        [
            tuple(map(sum, zip(*(n for at, n in table.items() if at[way] == part), strict=True)))
            for part in parts
        ]
        for way, parts in enumerate(ways)
    ]

    if not is_apart(others, by_part, minimum):
        return
    for choice in product(*map(some_of, ways)):
        chosen = [
            n for at, n in table.items() if all(one in some for one, some in zip(at, choice, strict=True))
        ]
        inside, besides = (sum(one) for one in zip(*chosen, strict=True))
        assert others == 0 or own - inside >= minimum or besides >= minimum


def test_without_others_a_group_is_apart():
    assert is_apart(0, [[(3, 0), (20, 0)]], 5)


def test_who_is_not_in_the_group_may_hide_that_a_choice_has_nearly_all_of_it():
    """Of 9 at the second part 6 did not answer, so that a choice without it may have all but 3 of the group."""
    parts = [(20, 3), (9, 20)]

    assert is_apart(23, [parts], 5)
    assert not is_apart(23, [parts], 5, unrated=6)
