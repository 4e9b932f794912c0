"""The minimum group in a table of two ways: rows, columns and total are shown beside the cells.

`metrics.disclosure` holds one table of groups that add up to one total. Here each cell is in two of them at once, so
what hides a small cell in its row may be worked out from its column, and so on around the table.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from metrics.disclosure import is_too_small

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    type Cell = tuple[Any, Any]
    type Node = tuple[str, Any]
    type Arc = tuple[Node, Node]

ROW, COLUMN = "row", "column"
# What stands for all rows, or all columns, whose own total is not shown: only together are they known.
REST_OF_ROWS, REST_OF_COLUMNS = (ROW, None), (COLUMN, None)


@dataclass
class Hidden:
    """Of a table that is to be shown: what must not be. Of rows and columns that is their total."""

    cells: set[Cell] = field(default_factory=set)
    rows: set[Any] = field(default_factory=set)
    columns: set[Any] = field(default_factory=set)
    total: bool = False


def hide_more(cells: Mapping[Cell, int], hidden: Hidden, minimum: int) -> Hidden:
    """`hidden`, with as much more as it takes that no group below the minimum can be worked out.

    What a reader knows are the cells, the totals of rows and columns, and the grand total, as far as they are shown.
    A group of responses is worked out by adding and subtracting these. Small cells are hidden here as well; more
    cells follow, the smallest that helps each time, and where no cell helps, totals do.

    How: rows and columns are nodes, each hidden cell is an arc from its row to its column; rows whose total is
    hidden are one node, and so are such columns. What can be worked out of the hidden cells are exactly the cuts:
    for a set S of nodes, the arcs that leave S less those that enter it. That is a group where none enters. So
    nothing small can be worked out where every arc's cut, with infinite capacity backwards, is the minimum or more;
    nodes that no small cut parts are joined until one node is left or a small cut is found.
    Source: Gusfield (1988), A graph theoretic approach to statistical data security, SIAM J. Comput. 17, 552-571.
    """
    sizes = {cell: n for cell, n in cells.items() if n}
    small = {cell for cell, n in sizes.items() if is_too_small(n, minimum)}
    found = Hidden(small | (hidden.cells & sizes.keys()), set(hidden.rows), set(hidden.columns), hidden.total)
    search = _Search(sizes, found, minimum)
    while cut := search.small_cut():
        _close(cut, sizes, found, search)
    return found


def _close(cut: set[Node], sizes: Mapping[Cell, int], found: Hidden, search: _Search) -> None:
    """Hide the smallest cell that crosses the cut; where none does, a total."""
    crossing = [
        cell
        for cell in search.shown_cells()
        if (search.root(search.ends(cell)[0]) in cut) != (search.root(search.ends(cell)[1]) in cut)
    ]
    if crossing:
        cell = min(crossing, key=lambda one: (sizes[one], str(one)))
        found.cells.add(cell)
        search.join(*search.ends(cell))
    else:
        _hide_a_total(cut, sizes, found)
        search.start()


def _hide_a_total(cut: set[Node], sizes: Mapping[Cell, int], found: Hidden) -> None:
    """On the side of the totals that are hidden already, so that the small one has company; else the smallest."""
    totals: dict[Node, int] = defaultdict(int)
    for (row, column), n in sizes.items():
        totals[ROW, row] += n if row not in found.rows else 0
        totals[COLUMN, column] += n if column not in found.columns else 0
    left = {node: n for node, n in totals.items() if n}
    wanted = {ROW: bool(found.rows) and REST_OF_ROWS in cut, COLUMN: bool(found.columns)}
    sides = [side for side in (ROW, COLUMN) if wanted[side]]
    choice = next(
        (some for side in sides if (some := {node: n for node, n in left.items() if node[0] == side})), left
    )
    if not choice:
        found.total = True
        return
    side, name = min(choice, key=lambda node: (choice[node], str(node)))
    (found.rows if side == ROW else found.columns).add(name)


class _Search:
    """Looks for a cut below the minimum, and remembers which nodes none can part."""

    def __init__(self, sizes: Mapping[Cell, int], hidden: Hidden, minimum: int) -> None:
        self.sizes, self.hidden, self.minimum = sizes, hidden, minimum
        self.start()

    def start(self) -> None:
        """Anew: totals were hidden, so that nodes are one now."""
        self._parents: dict[Node, Node] = {}
        self._arcs: dict[Arc, int] = defaultdict(int)
        for cell in self.hidden.cells:
            self._arcs[self.ends(cell)] += self.sizes.get(cell, 0)

    def ends(self, cell: Cell) -> Arc:
        row, column = cell
        rest = REST_OF_ROWS if self.hidden.total else REST_OF_COLUMNS
        return (
            REST_OF_ROWS if row in self.hidden.rows else (ROW, row),
            rest if column in self.hidden.columns else (COLUMN, column),
        )

    def shown_cells(self) -> Iterable[Cell]:
        return self.sizes.keys() - self.hidden.cells

    def root(self, node: Node) -> Node:
        while (parent := self._parents.get(node, node)) != node:
            self._parents[node] = node = self._parents.get(parent, parent)
        return node

    def join(self, one: Node, other: Node) -> None:
        one, other = sorted((self.root(one), self.root(other)), key=str)
        if one != other:
            self._parents[other] = one

    def small_cut(self) -> set[Node]:
        """The roots on its first side; empty where there is none."""
        while True:
            self._gather()
            if not self._arcs:
                return set()
            start, end = min(self._arcs, key=lambda arc: (self._arcs[arc], str(arc)))
            if side := _reached(self._arcs, start, end, self.minimum):
                return side
            self.join(start, end)

    def _gather(self) -> None:
        """Join what plainly cannot be parted: by one arc of the minimum, or by arcs both ways."""
        joined = True
        while joined:
            arcs: dict[Arc, int] = defaultdict(int)
            for (start, end), n in self._arcs.items():
                if (ends := (self.root(start), self.root(end)))[0] != ends[1]:
                    arcs[ends] += n
            joined = False
            for (start, end), n in arcs.items():
                if n >= self.minimum or (end, start) in arcs:
                    self.join(start, end)
                    joined = True
            self._arcs = arcs


def _reached(arcs: Mapping[Arc, int], start: Node, end: Node, minimum: int) -> set[Node]:
    """What can be reached from the start when less than the minimum flows to the end; empty when as much does.

    An arc carries its responses forwards and any number backwards (Ford and Fulkerson 1956).
    """
    room: dict[Node, dict[Node, float]] = defaultdict(dict)
    for (one, other), n in arcs.items():
        room[one][other] = n
        room[other][one] = float("inf")
    flow = 0.0
    while flow < minimum:
        came = _path(room, start, end)
        if end not in came:
            return set(came)
        steps, node = [], end
        while node != start:
            steps.append((came[node], node))
            node = came[node]
        least = min(room[one][other] for one, other in steps)
        flow += least
        for one, other in steps:
            room[one][other] -= least
            room[other][one] += least
    return set()


def _path(room: Mapping[Node, Mapping[Node, float]], start: Node, end: Node) -> dict[Node, Node]:
    """Each node that is reached, with the one it is reached from."""
    came, waiting = {start: start}, deque([start])
    while waiting and end not in came:
        node = waiting.popleft()
        for other, left in room[node].items():
            if left > 0 and other not in came:
                came[other] = node
                waiting.append(other)
    return came
