"""Reports of the same days that differ by a small group, whatever their filters: one of the two is withheld.

A cube of counts in, verdicts out; only `suppression` and who prepares its counts ask here. It needs numpy: import it
late.

Two reports give a small group away when one holds all responses of the other and a few more. Then the one with the
later rank is withheld: of the facets in which only one of them is chosen from, the last decides, so that a report
gives way to those by locations alone, then to those by locations and touchpoints, and needs no look at facets after
its own; choices of parts that are no group (two locations, say) come after all others. Of two of one rank the smaller
report is withheld. Only few reports can be so near to one: in each facet they have everything, the same choice, or its
largest part or group.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from typing import Any

    from reports.choice import Facet

    type Array = np.ndarray[Any, Any]
    type Chosen = frozenset[Hashable] | None  # None: everything
    type Pick = tuple[Chosen, Chosen, Chosen]

FACETS = range(3)
LAST = 2 ** len(FACETS)  # the rank of choices of parts that are no group


class Component(NamedTuple):
    """What near reports have in one facet, by report and table: numbers of sets, alone and within the report's own."""

    sets: Array
    within: Array
    is_chosen: Array
    is_natural: Array


class Cube:
    """Responses by location, touchpoint and mode, in several tables (of a dimension, of a bucket) at once."""

    def __init__(self, facets: Sequence[Facet], parts: Sequence[Sequence[Hashable]], n: Array) -> None:
        """`n` by the parts of each facet in their order, then by table."""
        self.facets, self.parts, self.n = facets, parts, n

    def near(
        self,
        picks: Sequence[Pick],
        minimum: int,
        *,
        in_one_facet: bool | Sequence[bool] = True,
        rests: Sequence[int] | None = None,
    ) -> Array:
        """For each choice and table, whether a report that comes before it differs from it by a small group.

        Without `in_one_facet` (of all tables, or table by table) not those that differ in one facet: of these
        `suppression.may_show_total` takes care. `rests`: for each table the number of the one that has all others (those
        that are not flagged). A report with nothing there is shown whatever this table says, so that it gives way to
        nobody.
        """
        asked = Asked(self, picks)
        found, facets = np.zeros(asked.n.shape, bool), np.where(in_one_facet, 1, 2)
        for components in product(*(asked.components(facet) for facet in FACETS)):
            found |= asked.differ(components, minimum, facets=facets, rests=rests)
        return found | asked.has_small_parts(minimum)

    def sums(self, sets: Sequence[Sequence[Chosen]]) -> Array:
        """Responses of every combination of sets of parts, by table."""
        sums = self.n
        for facet in reversed(FACETS):
            sums = np.moveaxis(np.tensordot(self._mask(facet, sets[facet]), sums, (1, facet)), 0, facet)
        return sums

    def there(self, facet: int, pick: Pick) -> list[frozenset[Hashable]]:
        """By table, the parts of a facet that have responses in this choice."""
        chosen = [np.flatnonzero(self._mask(at, [pick[at]])[0]) for at in FACETS]
        others = tuple(at for at in FACETS if at != facet)
        there: Array = self.n[np.ix_(*chosen)].any(axis=others)
        parts = [self.parts[facet][at] for at in chosen[facet].tolist()]
        return [frozenset(part for part, one in zip(parts, table, strict=True) if one) for table in there.T]

    def groupings(self, facet: int) -> list[list[frozenset[Hashable]]]:
        """The sets that can be chosen: single parts, then groups of each kind."""
        kinds: list[list[frozenset[Hashable]]] = [[frozenset([part]) for part in self.parts[facet]]]
        for group_of in self.facets[facet].groupings:
            groups: dict[Hashable, set[Hashable]] = defaultdict(set)
            for part in self.parts[facet]:
                if group_of.get(part) is not None:
                    groups[group_of[part]].add(part)
            kinds.append([frozenset(group) for group in groups.values()])
        return [kind for kind in kinds if kind]

    def _mask(self, facet: int, sets: Sequence[Chosen]) -> Array:
        at = {part: number for number, part in enumerate(self.parts[facet])}
        mask = np.zeros((len(sets), len(at)))
        for row, chosen in zip(mask, sets, strict=True):
            row[slice(None) if chosen is None else [at[part] for part in chosen if part in at]] = 1
        return mask


class Asked:
    """Choices whose neighbours are looked for, with the sums of all reports that may be near."""

    def __init__(self, cube: Cube, picks: Sequence[Pick]) -> None:
        self.cube, self.picks = cube, picks
        self.numbers: list[dict[Chosen, int]] = [{None: 0} for _facet in FACETS]
        self.own = [self._numbered(facet, (pick[facet] for pick in picks)) for facet in FACETS]
        self.groups = [self._groups(facet) for facet in FACETS]
        self.answered = [self._answered(facet) for facet in FACETS]
        self.sums = cube.sums([list(numbers) for numbers in self.numbers])
        self.n = self.sums[self.own[0], self.own[1], self.own[2]]
        self.tables = np.arange(self.n.shape[1])

    def components(self, facet: int) -> list[Component]:
        own = np.broadcast_to(self.own[facet][:, None], self.n.shape)
        yes, no = np.ones(len(self.picks), bool), np.zeros(len(self.picks), bool)
        found = [Component(np.zeros_like(own), own, no, yes)]
        if any(pick[facet] is not None for pick in self.picks):
            found.append(Component(own, own, self._is_chosen(facet), self._is_natural(facet)))
        found += self.answered[facet]
        for groups, within in self.groups[facet]:
            largest = self._largest(facet, within)
            sets = groups[largest]
            found.append(Component(sets, np.take_along_axis(within, largest, 1), yes, yes))
        return found

    def differ(
        self,
        near: tuple[Component, ...],
        minimum: int,
        *,
        facets: Array,
        rests: Sequence[int] | None = None,
    ) -> Array:
        """Whether these reports, of which one component each is given, give a small group away; in how many facets
        they differ at least, of all tables or table by table.
        """
        n = self.sums[near[0].sets, near[1].sets, near[2].sets, self.tables]
        both = self.sums[near[0].within, near[1].within, near[2].within, self.tables]
        stays = np.array(False)
        if rests is not None:
            stays = self.sums[near[0].sets, near[1].sets, near[2].sets, np.array(rests)] == 0
        difference = np.abs(n - self.n)
        rank = ranks(near)[:, None]
        loses = (both == self.n) & (stays | (rank <= self.ranks)) | (both == n) & (
            stays | (rank < self.ranks)
        )
        loses &= stays | (
            sum(one.sets != own[:, None] for one, own in zip(near, self.own, strict=True)) >= facets
        )
        found: Array = loses & (n >= minimum) & (difference > 0) & (difference < minimum)
        return found

    @cached_property
    def ranks(self) -> Array:
        mine = tuple(
            Component(self.own[facet], self.own[facet], self._is_chosen(facet), self._is_natural(facet))
            for facet in FACETS
        )
        return ranks(mine)[:, None]

    def has_small_parts(self, minimum: int) -> Array:
        """Of several parts that are no group, beside another choice: whether one of them is a small group."""
        found = np.zeros(self.n.shape, bool)
        for number in np.flatnonzero(self.ranks[:, 0] == LAST).tolist():
            pick = self.picks[number]
            if sum(chosen is not None for chosen in pick) > 1:
                natural = [self._is_natural(facet)[number] for facet in FACETS]
                sets = [
                    [chosen] if is_natural else [frozenset([part]) for part in chosen or ()]
                    for chosen, is_natural in zip(pick, natural, strict=True)
                ]
                n = self.cube.sums(sets)
                found[number] = ((n > 0) & (n < minimum)).any(axis=(0, 1, 2))
        return found

    def _largest(self, facet: int, within: Array) -> Array:
        """By choice and table, which of these sets has most of what the choice lets through."""
        largest = np.zeros(self.n.shape, np.int64)
        some = np.flatnonzero((within != within[:, :1]).any(axis=1))  # else they all have the same
        at: list[Array] = [own[some, None] for own in self.own]
        at[facet] = within[some]
        largest[some] = self.sums[at[0], at[1], at[2]].argmax(axis=1)
        return largest

    def _groups(self, facet: int) -> list[tuple[Array, Array]]:
        """For each kind of set: the sets' numbers, and for each choice those within it. Without what `own` says."""
        if len(self.cube.parts[facet]) == 1:
            return []
        singles, *kinds = self.cube.groupings(facet)
        own = dict.fromkeys(pick[facet] for pick in self.picks)
        at = {chosen: number for number, chosen in enumerate(own)}
        where = [at[pick[facet]] for pick in self.picks]
        if any(_is_several(chosen) for chosen in own):
            kinds = [singles, *kinds]
        found = []
        for kind in kinds:
            numbers = self._numbered(facet, kind)
            nothing = np.repeat(self._numbered(facet, [frozenset()]), len(kind))
            within = [
                self._numbered(facet, (_both(one, chosen) for one in kind))
                if kind is not singles or _is_several(chosen)
                else nothing  # of a single part it is `own`
                for chosen in own
            ]
            found.append((numbers, np.array(within)[where]))
        return found

    def _answered(self, facet: int) -> list[Component]:
        """Of choices of parts that are no group: the parts that have responses, table by table."""
        sets = np.array([self.own[facet]] * self.cube.n.shape[-1]).T
        last = np.flatnonzero(self.ranks[:, 0] == LAST).tolist()
        for number in last:
            there = self.cube.there(facet, self.picks[number])
            sets[number] = self._numbered(facet, there)
        yes = np.ones(len(self.picks), bool)
        return [Component(sets, sets, yes, ~yes)] if last else []

    def _numbered(self, facet: int, sets: Iterable[Chosen]) -> Array:
        """The same number for all that let the same through."""
        numbers, everything = self.numbers[facet], frozenset(self.cube.parts[facet])
        known = (None if one is None or one >= everything else one & everything for one in sets)
        return np.array([numbers.setdefault(one, len(numbers)) for one in known], np.int64)

    def _is_chosen(self, facet: int) -> Array:
        return np.array([pick[facet] is not None for pick in self.picks], bool)

    def _is_natural(self, facet: int) -> Array:
        is_natural = self.cube.facets[facet].holds_together
        known = {chosen: is_natural(chosen) for chosen in {pick[facet] for pick in self.picks}}
        return np.array([known[pick[facet]] for pick in self.picks], bool)


def ranks(components: Sequence[Component]) -> Array:
    """Of reports with these choices: who comes later gives way. Each facet weighs more than all before it."""
    natural = np.logical_and.reduce([one.is_natural for one in components])
    rank: Array = 2 ** np.arange(len(components)) @ np.array([one.is_chosen for one in components])
    return np.where(natural, rank, LAST)


def _is_several(chosen: Chosen) -> bool:
    return chosen is None or len(chosen) > 1


def _both(one: frozenset[Hashable], chosen: Chosen) -> frozenset[Hashable]:
    return one if chosen is None else one & chosen
