"""Which rows, columns and cells of a breakdown are too near to reports of the same days: its cube made ready for
`reports.neighbours`. It needs numpy: import it late.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reports.breakdown.lines import FACETS
from reports.neighbours import Cube as Neighbours

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from reports.breakdown.cubes import Array, Cube
    from reports.breakdown.lines import Lines
    from reports.neighbours import Pick

    type Place = tuple[int | None, int | None]  # numbers of a row and a column; None: over all of them


def find_near(cube: Cube, minimum: int) -> Array:
    """By row and column, the last of each standing for all of them, whether a report that comes before the one of that
    choice differs from it by a small group, and in at least two facets: in one, `suppression` takes care. In single
    points of time, versions and days of the week in one, too: there a report holds its own by the same rule.
    """
    return find_near_each([(cube, False)], minimum)[0]


def find_near_each(cubes: Sequence[tuple[Cube, bool]], minimum: int) -> list[Array]:
    """`find_near` of cubes with the same choice and columns, whose rows no filter chooses or that are one alone: asked
    for all at once, as most of it is the same work. Each with whether the reports may differ in one facet.
    """
    first, _in_one_facet = cubes[0]
    places = [_places(cube, minimum) for cube, _in_one_facet in cubes]
    every = list(dict.fromkeys(place for some in places for place in some))
    if not every or (first.choice.is_everything and not _of_a_facet(first)):
        return [np.zeros((cube.shape[0] + 1, cube.shape[1] + 1), bool) for cube, _in_one_facet in cubes]
    parts = [list(dict.fromkeys(part for cube, _is in cubes for part in cube.axes[axis])) for axis in FACETS]
    counts = [_tables(cube, parts) for cube, _in_one_facet in cubes]
    tables = [n.reshape(*n.shape[:-2], -1) for n in counts]
    in_one_facet = [
        is_in_one or bool(at)
        for n, (_cube, is_in_one) in zip(tables, cubes, strict=True)
        for at in range(n.shape[-1])
    ]
    near = Neighbours(first.choice.facets, parts, np.concatenate(tables, axis=-1)).near(
        [pick_of(first, *place) for place in every], minimum, in_one_facet=in_one_facet
    )
    ends = np.cumsum([n.shape[-1] for n in tables])[:-1]
    at = {place: number for number, place in enumerate(every)}
    return [
        _placed(cube, some, found[[at[place] for place in some]].reshape(-1, *n.shape[-2:]))
        for (cube, _is), some, found, n in zip(
            cubes, places, np.split(near, ends, axis=1), counts, strict=True
        )
    ]


def _placed(cube: Cube, places: Sequence[Place], near: Array) -> Array:
    """What was found of each place and table, by row and column."""
    found = np.zeros((cube.shape[0] + 1, cube.shape[1] + 1), bool)
    if not places:
        return found
    rows, columns = near.shape[1:]
    at = [
        np.array([-1 if one is None else one for one in numbers])[:, None, None]
        for numbers in zip(*places, strict=True)
    ]
    if not _is_of_a_facet(cube.rows):
        at[0] = np.arange(rows)[None, :, None]
    if not _is_of_a_facet(cube.columns):
        at[1] = np.arange(columns)[None, None, :] if columns > 1 else np.array(-1)
    found[at[0], at[1]] = np.roll(near, (-1, -1), axis=(1, 2))
    return found


def pick_of(cube: Cube, row: int | None, column: int | None) -> Pick:
    """What the report of a row, a column or, with both, a cell chooses from each facet; None: nothing."""
    chosen: list[frozenset[Hashable] | None] = [facet.chosen for facet in cube.choice.facets]
    for lines, number in ((cube.rows, row), (cube.columns, column)):
        if number is not None and lines is not None and lines.is_of_a_facet:
            at, parts = FACETS.index(lines.axis), lines.lines[number].parts
            chosen[at] = parts if (some := chosen[at]) is None else some & parts
    location, touchpoint, mode = chosen
    return location, touchpoint, mode


def _places(cube: Cube, minimum: int) -> list[Place]:
    """Where enough answered to be shown at all, as far as filters choose it; over all lines of the other ways."""
    inside = cube.counts(cube.inside)
    table = np.zeros((inside.shape[0] + 1, inside.shape[1] + 1), np.int64)
    table[:-1, :-1], table[-1, :-1], table[:-1, -1] = inside, inside.sum(axis=0), inside.sum(axis=1)
    table[-1, -1] = inside.sum()
    numbers = [
        [*range(length), None] if _is_of_a_facet(lines) else [None]
        for length, lines in zip(inside.shape, (cube.rows, cube.columns), strict=True)
    ]
    at = {None: -1}
    return [
        (row, column)
        for row, column in product(*numbers)
        if table[at.get(row, row), at.get(column, column)] >= minimum
    ]


def _tables(cube: Cube, parts: list[list[Hashable]]) -> Array:
    """Responses by the parts of each facet; then by row and by column where no filter chooses those, the first of each
    standing for all of them.
    """
    numbers = [{part: at for at, part in enumerate(some)} for some in parts]
    at = [
        np.array([number[part] for part in cube.axes[axis]])
        for axis, number in zip(FACETS, numbers, strict=True)
    ]
    lines = [0 if _is_of_a_facet(cube.rows) else len(cube.rows.lines)]
    lines.append(0 if cube.columns is None or _is_of_a_facet(cube.columns) else len(cube.columns.lines))
    labels = [
        (label + 1) * bool(length) for label, length in zip((cube.row, cube.column), lines, strict=True)
    ]
    n = np.zeros((*map(len, parts), lines[0] + 1, lines[1] + 1))
    np.add.at(n, (*at, *labels), cube.n)
    if lines[0]:
        n[..., 0, :] = n[..., 1:, :].sum(axis=-2)
    if lines[1]:
        n[..., 0] = n[..., 1:].sum(axis=-1)
    return n


def _of_a_facet(cube: Cube) -> bool:
    return any(_is_of_a_facet(lines) for lines in (cube.rows, cube.columns))


def _is_of_a_facet(lines: Lines | None) -> bool:
    return lines is not None and lines.is_of_a_facet
