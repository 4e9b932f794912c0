"""The minimum group: nothing is shown about fewer people than that, and nothing that subtraction would give.

What is shown about a group is its number of responses and sums over them (a mean is a sum divided by n), so whatever
adds up can be subtracted again. A reader knows the total, the groups shown, and which ones are withheld.

It protects one table (or two levels of one) at one time. It does not protect against
- a second table over the same responses cut another way (by place, then by channel), unless it is one of the levels;
- the same table seen before and after a response came in, or with periods of the reader's own choice: let periods
  begin and end only on the edges of `joined_buckets`;
- a reader who is in a group and subtracts what they said themselves;
- bounds: that a withheld group has fewer than `minimum` responses is known, and with little left over its n can
  be guessed, or even worked out when every withheld group is as large as it can be. What was answered cannot.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet


def is_too_small(n: int, minimum: int) -> bool:
    """Whether a group has responses, but fewer than the minimum. An empty group has nothing to hide."""
    if n < 0 or minimum < 1:
        raise ValueError(f"No group has {n} responses, or {minimum} is no minimum.")
    return 0 < n < minimum


def withheld[Key: Hashable](
    groups: Mapping[Key, int],
    minimum: int,
    *,
    total_shown: bool = True,
    unsafe: AbstractSet[Key] = frozenset(),
) -> set[Key]:
    """The keys of the groups that must not be shown, given how many responses each has.

    Every group with 0 < n < minimum; and, when the total over all groups is shown too, the smallest shown one
    besides if those together have fewer than `minimum`: total minus shown would give them away. So the withheld
    groups are none, or at least two that together have `minimum` or more, or all there are.
    In that last case the total may itself be too small: ask `is_too_small` about it before showing it.
    Empty groups are not withheld and hide nobody: one small group among empty ones is the total itself.
    `unsafe`: withheld for another reason, and never as the only one of those that have responses.
    Among equals the first by name is taken, so that another order of the rows never hides another group.
    Source: complementary cell suppression, Hundepool et al. (2012), Statistical Disclosure Control, ch. 4.
    """
    hidden = {key for key, n in groups.items() if is_too_small(n, minimum) or (n and key in unsafe)}
    shown = [key for key, n in groups.items() if n and key not in hidden]
    left_over = sum(groups[key] for key in hidden)
    if total_shown and shown and (is_too_small(left_over, minimum) or len(hidden) == 1):
        hidden.add(min(shown, key=lambda key: (groups[key], str(key))))
    return hidden


def most_left_out(parts: Iterable[tuple[int, int]], room: int) -> float:
    """How many of the others a choice of parts leaves out at most, if it leaves out no more than `room` of a group's own.

    `parts`: how many of the group's own and of the others each has. The last one is taken in part, so it may be fewer
    (the continuous knapsack: Dantzig (1957), Discrete-variable extremum problems).
    """
    left_out, light = 0.0, []
    for own, others in parts:
        if not own:
            left_out += others
        elif own <= room:
            light.append((others / own, own))
    for each, own in sorted(light, reverse=True):
        taken = min(own, room)
        left_out += taken * each
        room -= taken
    return left_out


def is_apart(
    others: int, facets: Iterable[Iterable[tuple[int, int]]], minimum: int, unrated: int = 0
) -> bool:
    """Whether every choice that has all of a group but a few has at least `minimum` of the others too, or there are none.

    `facets`: for each way of choosing its parts, as `most_left_out` takes them. Each is looked at by itself, as if what they
    leave out never were the same. `unrated`: how many of the group in these parts are not in it.
    """
    room = minimum - 1 + unrated
    return not others or others - sum(most_left_out(parts, room) for parts in facets) >= minimum


@dataclass(frozen=True, slots=True)
class WithheldLevels[Outer: Hashable, Inner: Hashable]:
    """Groups (regions) and the parts of them (locations) that must not be shown."""

    groups: frozenset[Outer]
    parts: frozenset[Inner]


def withheld_levels[Outer: Hashable, Inner: Hashable](
    groups: Mapping[Outer, Mapping[Inner, int]], minimum: int
) -> WithheldLevels[Outer, Inner]:
    """`withheld` where the total, the groups (regions) and their parts (locations) are all shown.

    Parts have names of their own across groups. First the groups, as one table. Then the parts: those of a shown
    group form a table with that group as its total. The parts of all withheld groups together form one more, for
    total minus shown groups is known: so a group that was withheld for another's sake keeps its large parts
    visible, except as many as hide the small ones.
    """
    if len({part for parts in groups.values() for part in parts}) < sum(map(len, groups.values())):
        raise ValueError("A part belongs to one group only.")
    hidden = withheld({group: sum(parts.values()) for group, parts in groups.items()}, minimum)
    tables = [parts for group, parts in groups.items() if group not in hidden]
    tables.append({part: n for group in hidden for part, n in groups[group].items()})
    parts = frozenset(part for table in tables for part in withheld(table, minimum))
    return WithheldLevels(frozenset(hidden), parts)


def withheld_nested[Part: Hashable](
    counts: Mapping[Part, int],
    groupings: Sequence[Callable[[Part], Hashable]],
    minimum: int,
    *,
    unsafe: AbstractSet[Part] = frozenset(),
) -> set[Part]:
    """`withheld` for parts (days) of groups of groups (months of quarters) that are all shown, each level's and the
    total; `groupings` say what a part belongs to, from the outermost level on. Without any it is `withheld`.

    A table is what has a known total. The members of a table that are withheld are known together, so on the next
    level they form one table; each that is shown forms one of its own.
    """
    tables: list[list[Part]] = [list(counts)]
    for grouping in groupings:
        tables = [inner for table in tables for inner in _inner_tables(table, counts, grouping, minimum)]
    return {
        part
        for table in tables
        for part in withheld({part: counts[part] for part in table}, minimum, unsafe=unsafe)
    }


def _inner_tables[Part: Hashable](
    table: Sequence[Part], counts: Mapping[Part, int], grouping: Callable[[Part], Hashable], minimum: int
) -> list[list[Part]]:
    members: dict[Hashable, list[Part]] = defaultdict(list)
    for part in table:
        members[grouping(part)].append(part)
    hidden = withheld({key: sum(counts[part] for part in parts) for key, parts in members.items()}, minimum)
    together = [part for key in members if key in hidden for part in members[key]]
    return [*(parts for key, parts in members.items() if key not in hidden), together]


def withheld_buckets(counts: Sequence[int], minimum: int) -> set[int]:
    """The positions of buckets of time (weeks) that must not be shown beside the total of their period.

    The same rule as `withheld`, for a chart with gaps. Safe for this one period only; where the reader chooses
    the period, use `joined_buckets`.
    """
    return withheld(dict(enumerate(counts)), minimum)


def joined_buckets(counts: Sequence[int], minimum: int) -> list[range]:
    """Neighbouring buckets of time joined until each has at least `minimum` responses, or none at all.

    Positions in `counts`, in order, covering all of it; what is left over at the end joins the last with responses.
    The period total may be shown beside them, and so may every period that begins and ends on these edges: the
    difference of two such periods is a union of joined buckets, so never a small group. The edges must be made
    from all responses that any of these periods may show, not anew for each filter; late responses move them.
    Empty list: fewer than `minimum` in all, nothing can be shown.
    """
    joined: list[range] = []
    start = waiting = 0
    for position, count in enumerate(counts, start=1):
        waiting += count
        if not is_too_small(waiting, minimum):
            joined.append(range(start, position))
            start, waiting = position, 0
    return _with_rest(joined, counts) if waiting else joined


def _with_rest(joined: list[range], counts: Sequence[int]) -> list[range]:
    """The last joined bucket with responses takes in all that follows it."""
    while joined and not any(counts[position] for position in joined[-1]):
        joined.pop()
    return [*joined[:-1], range(joined[-1].start, len(counts))] if joined else []
