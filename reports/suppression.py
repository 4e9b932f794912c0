"""The one place that decides what of a report may be shown. Page, chart, CSV and JSON pass it alike.

A breakdown asks here about each of its numbers alone and about all of them together in `breakdown.protection`.

Numbers in, keys out: how many responses each group has, and which groups may be shown with their n and their sums.
Held against subtraction: inside a report (total and buckets, total and locations, question and versions, dimension and
questions); between the days and the weeks, months or quarters, and the months and the quarters, of one period; between
reports of the same days, whatever their filters: their totals, locations, buckets and versions (`hidden_blocks` where
the filters differ in one facet, else `neighbours`); and the questions of a filtered report against those of every
choice that contains it. What is not held, and why, is said in docs/decisions/0010.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from metrics.disclosure import is_apart, is_too_small, withheld, withheld_levels, withheld_nested
from reports.choice import Margins

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from reports.choice import Facet
    from reports.crossings import Line


RESPONSES = ""  # in place of a dimension: all of them, rated or not


class Counts[Key: Hashable](NamedTuple):
    """Responses by group, of what the filters let through and of what they leave out."""

    inside: Mapping[Key, int]
    outside: Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """How many rated one question, and how many answered its dimension where it was not asked; `besides`: how many rated
    it in choices that contain this one and not in it, and in the parts of a choice of parts that are no group.
    """

    inside: int
    outside: int
    not_asked: int
    besides: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """What reports of the same days forbid to show, as they differ from it by a small group: see `neighbours`."""

    total: bool = False
    before: bool = False
    locations: frozenset[Hashable] = frozenset()
    buckets: frozenset[date] = frozenset()
    versions: frozenset[int] = frozenset()
    questions: frozenset[Line] = frozenset()


NONE_NEAR = Near()


def may_show_total(responses: Margins, facets: Sequence[Facet], minimum: int) -> bool:
    """Whether the responses that all facets let through may be shown as one group.

    They have to be enough, and in each facet, the other facets as they are, the choice must not cut through
    parts that are withheld together: else the difference to another choice would be one of them.
    """
    return let_through(responses, facets) >= minimum and not any(
        cuts_through(facet.chosen, hidden_blocks(parts, facet, minimum))
        for facet, parts in zip(facets, responses, strict=True)
        if facet.chosen is not None
    )


def cuts_through(chosen: AbstractSet[Hashable], blocks: Iterable[frozenset[Hashable]]) -> bool:
    """Whether what is chosen has some parts of a block and not all."""
    return any(block & chosen and not block <= chosen for block in blocks)


def hidden_locations(
    responses: Margins, facets: Sequence[Facet], minimum: int, near: AbstractSet[Hashable] = frozenset()
) -> frozenset[Hashable]:
    """The locations that may not be shown by themselves, whichever of them are chosen; nor those in `near`."""
    facet = facets[0]
    blocked: set[Hashable] = set().union(*hidden_blocks(responses.locations, facet, minimum))
    tables: dict[Hashable, dict[Hashable, int]] = defaultdict(dict)
    for part, n in responses.locations.items():
        tables[facet.group_of.get(part)][part] = n
        if facet.lets(part):
            tables["chosen"][part] = n
    apart = (near_and_another((near - blocked) & table.keys(), blocked, table) for table in tables.values())
    return frozenset(blocked.union(*apart))


def near_and_another[Key: Hashable](
    near: AbstractSet[Key], hidden: AbstractSet[Key], table: Mapping[Key, int]
) -> set[Key]:
    """What is near; with the smallest of the others if it alone were hidden: the total less the others would be it."""
    shown = [key for key, n in table.items() if n and key not in near and key not in hidden]
    if shown and len(near) == 1 and not hidden & table.keys():
        return {*near, min(shown, key=lambda key: (table[key], str(key)))}
    return set(near)


def hidden_blocks(responses: Mapping[Hashable, int], facet: Facet, minimum: int) -> list[frozenset[Hashable]]:
    """The parts of a facet that may only be shown together: small ones, and those that hide them.

    A part in none of the blocks may be shown; so may every sum of such parts and of whole blocks.
    """
    if not any(is_too_small(n, minimum) for n in responses.values()):
        return []  # then no group of parts is small either
    groups: dict[Hashable, dict[Hashable, int]] = defaultdict(dict)
    for part, n in responses.items():
        if n:
            groups[facet.group_of.get(part)][part] = n
    levels = withheld_levels(groups, minimum)
    blocks: dict[Hashable, set[Hashable]] = defaultdict(set)
    for group, parts in groups.items():
        # The parts of all withheld groups are one table: the reader knows only their total.
        table = "withheld" if group in levels.groups else ("shown", group)
        blocks[table].update(levels.parts & parts.keys())
    return [frozenset(block) for block in blocks.values() if block]


def hidden_groups[Key: Hashable](
    counts: Counts[Key], minimum: int, near: AbstractSet[Key] = frozenset()
) -> set[Key]:
    """Of groups that add up to a shown total (buckets, versions): those that must not be shown beside it.

    Both what the filters let through and what they leave out stay covered: the sum of the hidden groups is
    no small group on either side.
    """
    return {
        *withheld(counts.inside, minimum, unsafe=near),
        *withheld(counts.outside, minimum),
    }


def hidden_buckets(
    counts: Counts[date],
    nestings: Iterable[Sequence[Callable[[date], date]]],
    minimum: int,
    near: AbstractSet[date] = frozenset(),
) -> set[date]:
    """`hidden_groups` for buckets of time, held also against the longer ones of the same period that they are parts of.

    Each nesting names such longer ones from the longest on: days are parts of months, months of quarters. In every
    week, month or quarter that may be shown, the days hidden are none or no small group together.
    """
    return {
        bucket
        for nesting in nestings
        for side, unsafe in zip(counts, (near, frozenset()), strict=True)
        for bucket in withheld_nested(side, nesting, minimum, unsafe=unsafe)
    }


def hidden_versions(
    versions: Mapping[int, Margins],
    totals: Mapping[int, int],
    facets: Sequence[Facet],
    minimum: int,
    near: AbstractSet[int] = frozenset(),
) -> set[int]:
    """The versions whose number of responses may not be told beside the number of all; `totals` without filters.

    Each that is told, and those hidden taken together, are a choice of their own: where a facet cuts through what
    is withheld in one of them, or these together do not stand apart, none is told.
    """
    inside = {version: let_through(places, facets) for version, places in versions.items()}
    outside = {version: totals[version] - n for version, n in inside.items()}
    hidden = hidden_groups(Counts(inside, outside), minimum, near | not_apart(versions, facets, minimum))
    together, told = own_and_others(versions, hidden)
    choices = [places for version, places in versions.items() if version not in hidden and inside[version]]
    choices += [together] if let_through(together, facets) else []
    safe = all(may_show_total(choice, facets, minimum) for choice in choices)
    safe &= not hidden or stands_apart(together, told, facets, minimum)
    return hidden if safe else set(versions)


def not_apart(
    versions: Mapping[int, Margins],
    facets: Sequence[Facet],
    minimum: int,
    unrated: Mapping[int, int] = MappingProxyType({}),
) -> set[int]:
    """Those that do not stand apart from the others. `unrated`: of each, how many did not rate what is told."""
    every = sum(unrated.values())
    return {
        version
        for version in versions
        if not stands_apart(
            *own_and_others(versions, {version}),
            facets,
            minimum,
            (own := unrated.get(version, 0), every - own),
        )
    }


def stands_apart(
    own: Margins,
    others: Margins,
    facets: Sequence[Facet],
    minimum: int,
    unrated: tuple[int, int] = (0, 0),
) -> bool:
    """Whether a version may be told beside any other choice: each that has nearly all of it has enough of the other
    versions, too. Both by part of every facet; where there are no others, it is the choice itself. `unrated`: how many
    of its own and of the others did not rate what is told.
    """
    parts = (
        [(mine.get(part, 0), theirs.get(part, 0)) for part in mine.keys() | theirs.keys() if facet.lets(part)]
        for facet, mine, theirs in zip(facets, own, others, strict=True)
    )
    return is_apart(let_through(others, facets) - unrated[1], parts, minimum, unrated[0])


def own_and_others(versions: Mapping[int, Margins], own: AbstractSet[int]) -> tuple[Margins, Margins]:
    """Those of some versions taken together, and those of all others."""
    return (
        added_up(places for version, places in versions.items() if version in own),
        added_up(places for version, places in versions.items() if version not in own),
    )


def added_up(tables: Iterable[Margins]) -> Margins:
    """Responses by part, of several tables."""
    facets: tuple[Counter[Hashable], ...] = (Counter(), Counter(), Counter())
    for table in tables:
        for total, parts in zip(facets, table, strict=True):
            total.update(parts)
    return Margins(*facets)


def hidden_questions[Key: Hashable](
    questions: Mapping[Key, QuestionCount], minimum: int, already: AbstractSet[Key] = frozenset()
) -> set[Key]:
    """Of the questions of one dimension whose score is shown: those that must not be shown beside it.

    A question that too few rated; or that leaves out too few (its rest, outside the filters or in versions that
    do not ask it, would be a small group). One alone could be worked out from the dimension, and several small
    ones may come from the same few people, so a large one is hidden with them. While any is hidden, the
    ratings of the dimension's questions taken together are not shown either. `already`: hidden for another reason.
    """
    hidden = (already & questions.keys()) | {
        key
        for key, count in questions.items()
        if any(
            is_too_small(n, minimum) for n in (count.inside, count.outside, count.not_asked, *count.besides)
        )
    }
    shown = [key for key in questions.keys() - hidden if questions[key].inside]
    sizes = Counter({key: questions[key].inside for key in hidden})
    if hidden and shown and (len(hidden) == 1 or max(sizes.values()) < minimum):
        hidden.add(min(shown, key=lambda key: (questions[key].inside, str(key))))
    return hidden


def let_through(responses: Margins, facets: Sequence[Facet]) -> int:
    """How many responses all facets let through."""
    return sum(n for part, n in responses.locations.items() if facets[0].lets(part))
