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
    from collections.abc import Hashable

    from reports.breakdown.cubes import Array, Cube
    from reports.breakdown.lines import Lines
    from reports.neighbours import Pick

    type Place = tuple[int | None, int | None]  # numbers of a row and a column; None: over all of them


def find_near(cube: Cube, minimum: int, *, in_one_facet: bool = False) -> Array:
    """By row and column, the last of each standing for all of them, whether a report that comes before the one of that
    choice differs from it by a small group; without `in_one_facet` in at least two of them. In single points of time,
    versions and days of the week in one, too: there a report holds its own by the same rule.
    """
    found = np.zeros((cube.shape[0] + 1, cube.shape[1] + 1), bool)
    places = _places(cube, minimum)
    if not places or (cube.choice.is_everything and not _of_a_facet(cube)):
        return found
    parts = [list(dict.fromkeys(cube.axes[axis])) for axis in FACETS]
    n = _tables(cube, parts)
    *shape, rows, columns = n.shape
    tables = n.reshape(*shape, rows * columns)
    picks = [pick_of(cube, *place) for place in places]
    near = np.concatenate(
        [
            Neighbours(cube.choice.facets, parts, some).near(picks, minimum, in_one_facet=is_in_one)
            for some, is_in_one in ((tables[..., :1], in_one_facet), (tables[..., 1:], True))
            if some.shape[-1]
        ],
        axis=1,
    ).reshape(len(picks), rows, columns)
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
