"""What of a breakdown may be shown. `reports.suppression` decides about each number alone, as of a report of its own;
`metrics.cross_tables` about all of them together.

So a row, a column or a cell is shown at most where the report of that choice shows it, and besides none of them can
be worked out from the others. It does not hold what `reports.suppression` does not: days of the week against single
days, and a breakdown against those one click below it, which hold themselves alone.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from metrics.cross_tables import Hidden, hide_more
from metrics.disclosure import is_apart
from reports.breakdown.enums import Way
from reports.breakdown.lines import FACETS
from reports.breakdown.nearness import find_near, pick_of
from reports.choice import Margins
from reports.dimensions import WITHIN
from reports.suppression import (
    Counts,
    cuts_through,
    hidden_blocks,
    hidden_buckets,
    hidden_groups,
    hidden_locations,
    near_and_another,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reports.breakdown.cubes import Array, Cube
    from reports.breakdown.lines import Lines
    from reports.enums import TrendStep
    from reports.neighbours import Chosen

# Ways that no filter chooses from: their lines are groups of what the filters let through, and of what they leave out.
OF_GROUPS = {"version", "weekday", "time"}


class Guard:
    """Decides about the rows, columns and cells of one cube by their numbers; None: over all of them."""

    def __init__(self, cube: Cube, minimum: int, by: TrendStep) -> None:
        self.cube, self.minimum, self.by = cube, minimum, by
        self.inside = cube.counts(cube.inside)
        self.everything = cube.counts(np.ones(len(cube.n), bool))
        self._margins = [Margin(cube, facet) for facet in range(len(FACETS))]
        self._blocks = cache(self._find_blocks)

    def hidden(self) -> Hidden:
        """Of a table with the totals of its rows and columns; its own hidden means that nothing may be shown."""
        if not self.shown[-1, -1]:
            return Hidden(total=True)
        hidden = self._hidden_alone()
        # What is withheld though it is large is not to be worked out either: alone it hides nothing.
        most = self.minimum - 1
        cells = {
            place: min(n, most) if place in hidden.cells else n for place, n in sizes_of(self.inside).items()
        }
        found = hide_more(cells, hidden, self.minimum)
        return found if self.cube.columns else as_rows(found)

    @cached_property
    def near(self) -> Array:
        """By row and column, the last of each for all: whether it is too near to a report of the same days."""
        return find_near(self.cube, self.minimum)

    @cached_property
    def shown(self) -> Array:
        """Likewise, whether it may be shown as the report of that choice shows it: it is no small group, cuts through
        none that hides one, and differs from none that comes before it by one.
        """
        shown: Array = (with_totals(self.inside) >= self.minimum) & ~self.near
        has_blocks = np.logical_or.reduce([margin.has_small(self.minimum) for margin in self._margins])
        for row, column in np.argwhere(shown & has_blocks).tolist():
            shown[row, column] = not self._cuts_through(*self._numbers(row, column))
        self.hold_versions(shown)
        return shown

    def hold_versions(self, shown: Array) -> None:
        """Of what may be shown leave those versions out that do not stand apart from the others there, or that have none
        beside them where all versions together may not be shown.
        """
        ways = [lines and lines.way for lines in (self.cube.rows, self.cube.columns)]
        if Way.VERSION not in ways:
            return
        axis, n = ways.index(Way.VERSION), with_totals(self.inside)
        for place in np.argwhere(shown).tolist():
            if place[axis] < self.cube.shape[axis]:
                whole = [*place]
                whole[axis] = self.cube.shape[axis]
                others = int(n[*whole] - n[*place])
                is_one = others or shown[*whole]
                shown[*place] = is_one and is_apart(others, self._sides(place, whole), self.minimum)

    def _sides(self, place: Sequence[int], whole: Sequence[int]) -> Iterator[Iterable[tuple[int, int]]]:
        """By facet, of its parts: responses at a place, and the others of the whole that it is a part of."""
        for facet, chosen in enumerate(pick_of(self.cube, *self._numbers(*place))):
            if chosen is None or len(chosen) > 1:
                margin = self._margins[facet]
                own, every = (
                    margin.at(*self._within(facet, *self._numbers(*one)), chosen) for one in (place, whole)
                )
                yield zip(own.tolist(), (every - own).tolist(), strict=True)

    def _numbers(self, row: int, column: int) -> tuple[int | None, int | None]:
        """None for the last of each, which stands for all."""
        rows, columns = self.cube.shape
        return None if row == rows else row, None if column == columns else column

    def _cuts_through(self, row: int | None, column: int | None) -> bool:
        return any(
            chosen is not None
            and cuts_through(chosen, self._blocks(facet, *self._within(facet, row, column)))
            for facet, chosen in enumerate(pick_of(self.cube, row, column))
        )

    def hidden_rows(self, column: int | None) -> set[int]:
        """Of versions, days of the week and steps of time in one column: those that must not be beside its total."""
        return self._hidden_groups(self.cube.rows, _line(self.inside, column), _line(self.everything, None))

    def hidden_columns(self, row: int | None) -> set[int]:
        inside, everything = _line(self.inside.T, row), _line(self.everything.T, None)
        return self._hidden_groups(self.cube.columns, inside, everything)

    def _hidden_alone(self) -> Hidden:
        rows, columns = (range(length) for length in self.cube.shape)
        hidden_rows = self._hidden_lines(self.cube.rows, self.shown[:-1, -1])
        hidden_rows |= self.hidden_rows(None)
        if self.cube.columns is None:
            return Hidden(cells={(i, 0) for i in hidden_rows}, rows=set(rows))
        cells = places(self.inside.astype(bool) & ~self.shown[:-1, :-1])
        cells |= {(i, j) for j in columns for i in self.hidden_rows(j)}
        cells |= {(i, j) for i in rows for j in self.hidden_columns(i)}
        hidden_columns = self._hidden_lines(self.cube.columns, self.shown[-1, :-1])
        hidden_columns |= self.hidden_columns(None)
        return Hidden(cells, hidden_rows, hidden_columns)

    def _hidden_lines(self, lines: Lines, shown: Array) -> set[int]:
        """Those that may not be shown beside the total; of locations those that a report's ranking does not show."""
        table = self.inside if lines is self.cube.rows else self.inside.T
        sizes = dict(enumerate(_line(table, None).tolist()))
        small = {at for at, n in sizes.items() if 0 < n < self.minimum}
        apart = {at for at, n in sizes.items() if n >= self.minimum and not shown[at]}
        if lines.way is not Way.LOCATION:
            return small | near_and_another(apart, small, sizes)
        places = {at: next(iter(line.parts)) for at, line in enumerate(lines.lines)}
        margins = Margins(self._margins[0].counts(None, None), {}, {})
        near = {places[at] for at in apart}
        hidden = hidden_locations(margins, self.cube.choice.facets, self.minimum, near)
        return {at for at, place in places.items() if place in hidden}

    def _hidden_groups(self, lines: Lines | None, inside: Array, everything: Array) -> set[int]:
        if lines is None or lines.axis not in OF_GROUPS:
            return set()
        counts = Counts(dict(enumerate(inside.tolist())), dict(enumerate((everything - inside).tolist())))
        if lines.axis == "time":
            return self._hidden_buckets(lines, counts)
        return hidden_groups(counts, self.minimum)

    def _hidden_buckets(self, lines: Lines, counts: Counts[int]) -> set[int]:
        """As those of a trend: also against the longer ones that they are parts of."""
        starts: dict[int, date] = {at: next(iter(line.parts)) for at, line in enumerate(lines.lines)}  # type: ignore[misc]
        by_start = Counts(*({starts[at]: n for at, n in side.items()} for side in counts))
        hidden = hidden_buckets(by_start, WITHIN.get(self.by, [()]), self.minimum)
        return {at for at, start in starts.items() if start in hidden}

    def _within(self, facet: int, row: int | None, column: int | None) -> tuple[int | None, int | None]:
        """In which row and column the parts of the facet are to be looked at: not in one of its own."""
        rows, columns = self.cube.rows, self.cube.columns
        return (
            None if rows.axis == FACETS[facet] else row,
            None if columns is None or columns.axis == FACETS[facet] else column,
        )

    def _find_blocks(self, facet: int, row: int | None, column: int | None) -> list[frozenset[Hashable]]:
        counts = self._margins[facet].counts(row, column)
        return hidden_blocks(counts, self.cube.choice.facets[facet], self.minimum)


def as_rows(found: Hidden) -> Hidden:
    """Of a table without columns: its cells are its rows."""
    return Hidden(rows={row for row, _column in found.cells}, total=found.total)


class Margin:
    """Responses by the parts of one facet, chosen or not, as the other facets let them through; by row and column,
    as far as these are of other facets, the last of each for all.
    """

    def __init__(self, cube: Cube, facet: int) -> None:
        parts = cube.axes[FACETS[facet]]
        self.parts = list(dict.fromkeys(parts))
        number_of = {part: at for at, part in enumerate(self.parts)}
        number = np.array([number_of[part] for part in parts], np.int64)
        mask = np.logical_and.reduce([one for at, one in enumerate(cube.passes) if at != facet])
        is_apart = [lines is not None and lines.axis != FACETS[facet] for lines in (cube.rows, cube.columns)]
        row, column = (at[mask] * apart for at, apart in zip((cube.row, cube.column), is_apart, strict=True))
        shape = [length if apart else 1 for length, apart in zip(cube.shape, is_apart, strict=True)]
        n = np.zeros((len(self.parts), *shape), np.int64)
        np.add.at(n, (number[mask], row, column), cube.n[mask])
        self._n = with_totals(n)
        # Where lines are not told apart, the single one is that of each of them.
        self._lines = [
            np.arange(length + 1) if apart else np.zeros(length + 1, np.int64)
            for length, apart in zip(cube.shape, is_apart, strict=True)
        ]

    def counts(self, row: int | None, column: int | None) -> Mapping[Hashable, int]:
        return dict(zip(self.parts, self.at(row, column).tolist(), strict=True))

    def at(self, row: int | None, column: int | None, chosen: Chosen = None) -> Array:
        """Of all parts, or those that are chosen."""
        found: Array = self._n[:, -1 if row is None else row, -1 if column is None else column]
        return found if chosen is None else found[[part in chosen for part in self.parts]]

    def has_small(self, minimum: int) -> Array:
        """By row and column, whether any part is a small group."""
        small: Array = ((self._n > 0) & (self._n < minimum)).any(axis=0)
        return small[np.ix_(*self._lines)]


def with_totals(table: Array) -> Array:
    """The last two axes with their sums behind them."""
    wide = np.concatenate([table, table.sum(axis=-2, keepdims=True)], axis=-2)
    return np.concatenate([wide, wide.sum(axis=-1, keepdims=True)], axis=-1)


def places(table: Array) -> set[tuple[int, int]]:
    """Where it is true."""
    return {(row, column) for row, column in np.argwhere(table).tolist()}


def sizes_of(table: Array) -> dict[tuple[int, int], int]:
    """Of the cells that have any."""
    at = np.argwhere(table)
    n: list[int] = table[tuple(at.T)].tolist()
    return {(row, column): one for (row, column), one in zip(at.tolist(), n, strict=True)}


def _line(table: Array, column: int | None) -> Array:
    return table.sum(axis=1) if column is None else table[:, column]
