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
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from typing import Any

    from reports.choice import Facet

    type Array = np.ndarray[Any, Any]
    type Chosen = frozenset[Hashable] | None  # None: everything
    type Pick = tuple[Chosen, Chosen, Chosen]

FACETS = range(3)
LAST = 2 ** len(FACETS)  # the rank of choices of parts that are no group


class Component(NamedTuple):
    """What near reports have in one facet, by report and table: numbers of sets, alone and within the report's own; and
    where it may be that (None: anywhere), as the report has nearly all of its responses within them.
    """

    sets: Array
    within: Array
    is_chosen: Array
    is_natural: Array
    possible: Array | None = None


class Sets:
    """Sets of parts of one facet. Each has a number, the same for all that let the same through: everything has 0."""

    def __init__(self, parts: Sequence[Hashable]) -> None:
        self._at = {part: number for number, part in enumerate(parts)}
        self._numbers = {b"\1" * len(parts): 0}

    def masks(self, sets: Sequence[Chosen]) -> Array:
        """By set and part, whether it is in."""
        masks = np.zeros((len(sets), len(self._at)), bool)
        for mask, chosen in zip(masks, sets, strict=True):
            mask[slice(None) if chosen is None else [self._at[one] for one in chosen if one in self._at]] = (
                True
            )
        return masks

    def numbered(self, masks: Array) -> Array:
        """The numbers of sets, new ones among them; the parts are the last axis."""
        width, everything = len(self._at), masks.tobytes()
        keys = (everything[start : start + width] for start in range(0, len(everything), width))
        numbers = [self._numbers.setdefault(key, len(self._numbers)) for key in keys]
        return np.array(numbers, np.int64).reshape(masks.shape[:-1])

    def all(self) -> Array:
        """The masks of all that have a number."""
        return np.frombuffer(b"".join(self._numbers), bool).reshape(-1, len(self._at))


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
        is_sample: bool = False,
    ) -> Array:
        """For each choice and table, whether a report that comes before it differs from it by a small group.

        Without `in_one_facet` (of all tables, or table by table) not those that differ in one facet: of these
        `suppression.may_show_total` takes care. `rests`: for each table the number of the one that has all others (those
        that are not flagged). A report with nothing there is shown whatever this table says, so that it gives way to
        nobody. Where the counts are a sample, whether it may be so: what is not in it is left open.
        """
        asked = Asked(self, picks, minimum, is_sample=is_sample)
        facets = np.where(np.broadcast_to(in_one_facet, self.n.shape[-1:]), 1, 2)
        found = asked.has_small_parts()
        for components in product(*(asked.components(facet) for facet in FACETS)):
            found |= asked.differ(components, facets, rests)
        return found

    def sums(self, masks: Sequence[Array]) -> Array:
        """Responses of every combination of sets of parts, by table."""
        sums: Array = self.n
        for facet in reversed(FACETS):
            sums = np.moveaxis(np.tensordot(masks[facet].astype(float), sums, (1, facet)), 0, facet)
        return sums

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


class Asked:
    """Choices whose neighbours are looked for, with the sums of all reports that may be near."""

    def __init__(self, cube: Cube, picks: Sequence[Pick], minimum: int, *, is_sample: bool = False) -> None:
        self.cube, self.picks, self.minimum, self.is_sample = cube, picks, minimum, is_sample
        self.sets = [Sets(parts) for parts in cube.parts]
        self.masks = [self.sets[facet].masks([pick[facet] for pick in picks]) for facet in FACETS]
        self.own = [self.sets[facet].numbered(self.masks[facet]) for facet in FACETS]
        self.is_chosen = [np.array([pick[facet] is not None for pick in picks], bool) for facet in FACETS]
        self.is_natural = [self._is_natural(facet) for facet in FACETS]
        self.ranks = ranks(self.is_chosen, self.is_natural)
        self.groups = [self._groups(facet) for facet in FACETS]
        self.answered = [self._answered(facet) for facet in FACETS]
        self.sums = cube.sums([sets.all() for sets in self.sets])
        self.n = self.sums[self.own[0], self.own[1], self.own[2]]
        self.some = (self.n > 0) | is_sample

    def components(self, facet: int) -> list[Component]:
        own = np.broadcast_to(self.own[facet][:, None], self.n.shape)
        yes, no = np.ones(len(self.picks), bool), np.zeros(len(self.picks), bool)
        found = [Component(np.zeros_like(own), own, no, yes)]
        if self.is_chosen[facet].any():
            found.append(Component(own, own, self.is_chosen[facet], self.is_natural[facet]))
        found += self.answered[facet]
        for groups, within in self.groups[facet]:
            largest, n = self._largest(facet, within)
            sets = groups[largest]
            # A group that is everything comes after everything itself, which is looked at anyway.
            possible = (n > self.n - self.minimum) & (sets > 0)
            if possible.any():
                found.append(Component(sets, np.take_along_axis(within, largest, 1), yes, yes, possible))
        return found

    def differ(self, near: tuple[Component, ...], facets: Array, rests: Sequence[int] | None = None) -> Array:
        """Whether these reports, of which one component each is given, give a small group away; by table, in how many
        facets they differ at least.
        """
        found: Array = np.logical_and.reduce(
            [self.some, *(one.possible for one in near if one.possible is not None)]
        )
        reports, tables = at = np.nonzero(found)
        if not reports.size:
            return found
        sets = [one.sets[at] for one in near]
        n, own = self.sums[*sets, tables], self.n[at]
        both = self.sums[*(one.within[at] for one in near), tables]
        rank = ranks([one.is_chosen for one in near], [one.is_natural for one in near])[reports]
        loses = (both == own) & (rank <= self.ranks[reports]) | (both == n) & (rank < self.ranks[reports])
        loses &= sum(one != own[reports] for one, own in zip(sets, self.own, strict=True)) >= facets[tables]
        if rests is not None:
            stays = self.sums[*sets, np.array(rests)[tables]] == 0
            loses |= stays & ((both == own) | (both == n))
        difference = np.abs(n - own)
        is_shown = (n >= self.minimum) & (difference > 0) | self.is_sample
        found[at] = loses & is_shown & (difference < self.minimum)
        return found

    def has_small_parts(self) -> Array:
        """Of several parts that are no group, beside another choice: whether one of them is a small group."""
        found = np.zeros(self.n.shape, bool)
        for number in () if self.is_sample else np.flatnonzero(self.ranks == LAST).tolist():
            pick = self.picks[number]
            if sum(chosen is not None for chosen in pick) > 1:
                parts = [
                    self.masks[facet][[number]]
                    if self.is_natural[facet][number]
                    else self.sets[facet].masks([frozenset([part]) for part in pick[facet] or ()])
                    for facet in FACETS
                ]
                n = self.cube.sums(parts)
                found[number] = ((n > 0) & (n < self.minimum)).any(axis=(0, 1, 2))
        return found

    def _largest(self, facet: int, within: Array) -> tuple[Array, Array]:
        """By choice and table, which of these sets has most of what the choice lets through, and how many responses."""
        at: list[Array] = [*self.own]
        at[facet] = within[:, 0]
        largest, n = np.zeros(self.n.shape, np.int64), self.sums[at[0], at[1], at[2]]
        some = np.flatnonzero((within != within[:, :1]).any(axis=1))  # else they all have the same
        several: list[Array] = [own[some, None] for own in self.own]
        several[facet] = within[some]
        counts = self.sums[several[0], several[1], several[2]]
        largest[some], n[some] = counts.argmax(axis=1), counts.max(axis=1)
        return largest, n

    def _groups(self, facet: int) -> list[tuple[Array, Array]]:
        """For each kind of set: the sets' numbers, and for each choice those within it. Without what `own` says."""
        if len(self.cube.parts[facet]) == 1:
            return []
        sets, (singles, *kinds) = self.sets[facet], self.cube.groupings(facet)
        several = np.array([_is_several(pick[facet]) for pick in self.picks], bool)
        apart = 2 * self.own[facet] + several
        _apart, first, where = np.unique(apart, return_index=True, return_inverse=True)
        nothing, found = sets.numbered(np.zeros((1, len(self.cube.parts[facet])), bool)), []
        for kind in [singles, *kinds] if several.any() else kinds:
            masks = sets.masks(kind)
            own = self.masks[facet][first, None]
            asked = several[first] if kind is singles else slice(None)  # of a single part it is `own`
            within = np.repeat(nothing, len(first) * len(kind)).reshape(-1, len(kind))
            within[asked] = sets.numbered(masks & own[asked])
            found.append((sets.numbered(masks), within[where]))
        return found

    def _answered(self, facet: int) -> list[Component]:
        """Of choices of parts that are no group: the parts that have responses, table by table."""
        last = np.flatnonzero(self.ranks == LAST).tolist()
        sets = np.repeat(self.own[facet][:, None], self.cube.n.shape[-1], axis=1)
        others = tuple(at for at in FACETS if at != facet)
        for number in last:
            chosen = [self.masks[at][number] for at in FACETS]
            there = np.zeros((self.cube.n.shape[-1], len(self.cube.parts[facet])), bool)
            there[:, chosen[facet]] = self.cube.n[np.ix_(*chosen)].any(axis=others).T
            sets[number] = self.sets[facet].numbered(there)
        yes = np.ones(len(self.picks), bool)
        return [Component(sets, sets, yes, ~yes)] if last else []

    def _is_natural(self, facet: int) -> Array:
        is_natural = self.cube.facets[facet].holds_together
        known = {chosen: is_natural(chosen) for chosen in {pick[facet] for pick in self.picks}}
        return np.array([known[pick[facet]] for pick in self.picks], bool)


def ranks(is_chosen: Sequence[Array], is_natural: Sequence[Array]) -> Array:
    """Of reports with these choices: who comes later gives way. Each facet weighs more than all before it."""
    rank: Array = 2 ** np.arange(len(FACETS)) @ np.array(is_chosen)
    return np.where(np.logical_and.reduce(is_natural), rank, LAST)


def _is_several(chosen: Chosen) -> bool:
    return chosen is None or len(chosen) > 1
