from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from metrics.cross_tables import Hidden, hide_more

MINIMUM = 5
steady = settings(derandomize=True, deadline=None, max_examples=200)
sizes = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20])


@st.composite
def tables(draw, most=5):
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    return {(f"r{i}", f"c{j}"): draw(sizes) for i in range(rows) for j in range(columns)}


def sums(cells, at):
    """The totals of the rows (0) or columns (1)."""
    totals = {}
    for cell, n in cells.items():
        totals[cell[at]] = totals.get(cell[at], 0) + n
    return totals


def small(totals):
    return {name for name, n in totals.items() if 0 < n < MINIMUM}


def protected(cells):
    """As a report asks: rows and columns that are small alone are hidden before, nothing else is."""
    before = Hidden(rows=small(sums(cells, 0)), columns=small(sums(cells, 1)))
    before.total = 0 < sum(cells.values()) < MINIMUM
    return hide_more(cells, before, MINIMUM)


def known_sums(cells, hidden):
    """What a reader adds and subtracts: one row of 0s and 1s over the answered cells for each number shown."""
    names = [cell for cell, n in cells.items() if n]
    groups = [{cell} for cell in names if cell not in hidden.cells]
    groups += [{cell for cell in names if cell[0] == row} for row in sums(cells, 0) if row not in hidden.rows]
    groups += [
        {cell for cell in names if cell[1] == column}
        for column in sums(cells, 1)
        if column not in hidden.columns
    ]
    groups += [] if hidden.total else [set(names)]
    return names, np.array([[name in group for name in names] for group in groups], float).reshape(
        len(groups), len(names)
    )


def derived_by_bounds(cells, hidden):
    """The small cells for which only one number of responses fits what is shown: an attacker's linear programme."""
    names, known = known_sums(cells, hidden)
    told = known @ np.array([cells[name] for name in names], float)
    derived = []
    for at, name in enumerate(names):
        if cells[name] < MINIMUM:
            aim = np.eye(len(names))[at]
            ends = [
                linprog(sign * aim, A_eq=known if len(known) else None, b_eq=told if len(known) else None)
                for sign in (1, -1)
            ]
            least, most = ends[0].fun, -ends[1].fun if ends[1].success else np.inf
            derived += [name] if most - least < 1e-6 else []
    return derived


def derived_small_groups(cells, hidden):
    """Sets of hidden cells below the minimum that are a linear combination of what is shown."""
    names, known = known_sums(cells, hidden)
    rank = np.linalg.matrix_rank(known) if known.size else 0
    tiny = [name for name in names if cells[name] < MINIMUM]
    groups = [
        set(some)
        for size in range(1, MINIMUM)
        for some in combinations(tiny, size)
        if sum(cells[name] for name in some) < MINIMUM
    ]
    return [
        group
        for group in groups
        if np.linalg.matrix_rank(np.vstack([known, [[name in group for name in names]]])) == rank
    ]


@steady
@given(tables())
def test_no_attacker_works_out_a_cell(cells):
    hidden = protected(cells)

    assert [cell for cell, n in cells.items() if 0 < n < MINIMUM and cell not in hidden.cells] == []
    assert derived_by_bounds(cells, hidden) == []


@steady
@given(tables(most=4))
def test_no_small_group_is_a_combination_of_what_is_shown(cells):
    assert derived_small_groups(cells, protected(cells)) == []


@steady
@given(tables(most=4), st.data())
def test_whatever_was_hidden_before_stays_so_and_is_held(cells, data):
    rows, columns = (sorted(sums(cells, at)) for at in (0, 1))
    before = Hidden(
        cells={cell for cell in sorted(cells) if cells[cell] and data.draw(st.booleans())},
        rows={row for row in rows if data.draw(st.booleans())} | small(sums(cells, 0)),
        columns={column for column in columns if data.draw(st.booleans())} | small(sums(cells, 1)),
        total=data.draw(st.booleans()),
    )

    hidden = hide_more(cells, before, MINIMUM)

    assert before.cells <= hidden.cells
    assert (before.rows <= hidden.rows, before.columns <= hidden.columns) == (True, True)
    assert derived_small_groups(cells, hidden) == []


@steady
@given(tables())
def test_large_tables_hide_nothing(cells):
    large = {cell: n and n + MINIMUM for cell, n in cells.items()}

    assert hide_more(large, Hidden(), MINIMUM) == Hidden()


def test_a_small_cell_takes_three_more_around_the_table():
    cells = {("a", "x"): 2, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40, ("c", "x"): 50, ("c", "y"): 60}

    hidden = hide_more(cells, Hidden(), MINIMUM)

    assert hidden == Hidden(cells={("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")})


def test_one_column_is_a_list_with_a_total():
    cells = {("a", None): 2, ("b", None): 20, ("c", None): 30}

    hidden = hide_more(cells, Hidden(rows={"a", "b", "c"}), MINIMUM)

    assert hidden.cells == {("a", None), ("b", None)}


def test_totals_are_hidden_where_no_cell_helps():
    cells = {("a", "x"): 3, ("b", "y"): 20, ("c", "z"): 30}

    hidden = hide_more(cells, Hidden(rows={"a"}, columns={"x"}), MINIMUM)

    assert (hidden.rows, hidden.columns, hidden.total) == ({"a", "b"}, {"x", "y"}, False)
    assert hidden.cells == {("a", "x"), ("b", "y")}


def test_a_table_that_is_small_as_a_whole_hides_its_total():
    hidden = hide_more({("a", "x"): 2, ("b", "x"): 1}, Hidden(rows={"a", "b"}, columns={"x"}), MINIMUM)

    assert hidden.total is True


@pytest.mark.parametrize("minimum", [3, 8])
def test_a_chain_is_done_in_moments(minimum):
    chance = np.random.default_rng(4)
    cells = {(i, j): int(n) for i in range(200) for j, n in enumerate(chance.poisson(minimum, 6))}

    hidden = hide_more(cells, Hidden(), minimum)

    assert len(hidden.cells) < len(cells)
