"""Did the mix of something (by which mode responses came) shift? Each bucket's counts against all of those before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The chance of at least one shift in a series whose mix stays the same.
RATE = 0.05
# A mix that varies by itself has larger swings than F expects: by simulation, up to about twice as many alarms.
HEAVY = 2
# Fewer buckets say nothing about how much the mix varies by itself.
LEAST_BEFORE = 4
# A share that moves by less may be no chance, but changes no score that anybody would notice.
LEAST_SHIFT = 0.1
# Responses: categories of which fewer are expected are taken together.
LEAST_EXPECTED = 5


@dataclass(frozen=True, slots=True)
class Shift:
    """At the bucket `at` the share of a category moved most (of two that moved alike the one that grew), from that in the buckets from `since` on; both 0..1."""

    at: int
    since: int
    category: str
    before: float
    now: float


def shifts(buckets: Sequence[Mapping[str, int] | None], *, rate: float = RATE) -> list[Shift]:
    """The buckets whose counts by category differ from those since the last shift, taken together, by more than chance
    and by LEAST_SHIFT or more; None: a bucket that nobody may look at, which is passed over.

    Each is tested once at least LEAST_BEFORE stand before it, at 1 - (1 - rate / HEAVY) ** (1 / tests), so that a
    stable series has a shift with the chance `rate` at most (Sidak). The buckets before begin anew at a shift.
    """
    known = [(at, Counter(bucket)) for at, bucket in enumerate(buckets) if bucket and any(bucket.values())]
    tests = len(known) - LEAST_BEFORE
    found: list[Shift] = []
    before: list[tuple[int, Counter[str]]] = []
    for at, bucket in known:
        if len(before) >= LEAST_BEFORE:
            shift = _moved_most(before, at, bucket)
            is_large = abs(shift.now - shift.before) >= LEAST_SHIFT
            if is_large and chance([one for _at, one in before], bucket) < 1 - (1 - rate / HEAVY) ** (
                1 / tests
            ):
                found.append(shift)
                before = []
        before.append((at, bucket))
    return found


def chance(before: Sequence[Mapping[str, int]], bucket: Mapping[str, int]) -> float:
    """The chance that a bucket differs so much from those before it while the mix stays the same, 0..1.

    X2 = sum (x - e)^2 / e * (1 + n / N), e = n * (all of the category) / (n + N), over k categories, n being the
    bucket's and N the others' responses: chi-square with k - 1 degrees of freedom. Where the buckets before vary by
    more than chance (stacks of cards, a kiosk that stood still), X2 / (k - 1) is held against their own, which has
    (b - 1)(k - 1) degrees of freedom, by Fisher's F; the larger of both chances counts. 1 with a single category.
    Source: Pearson (1900); McCullagh and Nelder (1989), Generalized Linear Models, ch. 4.5, for the dispersion.
    """
    from scipy.special import chdtrc, fdtrc  # noqa: PLC0415 - start-up time

    tables = _taken_together([*before, bucket])
    *earlier, now = tables
    k = len(now)
    if k <= 1:
        return 1.0
    total = [sum(column) for column in zip(*earlier, strict=True)]
    squares = _squares([total, now])
    own, freedom = _squares(earlier), (len(earlier) - 1) * (k - 1)
    by_chance = float(chdtrc(k - 1, squares))
    if not own:
        return by_chance
    return max(by_chance, float(fdtrc(k - 1, freedom, squares / (k - 1) / (own / freedom))))


def _moved_most(before: Sequence[tuple[int, Counter[str]]], at: int, bucket: Counter[str]) -> Shift:
    total = sum((counts for _at, counts in before), Counter[str]())
    moves = [
        Shift(at, before[0][0], name, total[name] / total.total(), bucket[name] / bucket.total())
        for name in sorted({*total, *bucket})
    ]
    return max(moves, key=lambda shift: (round(abs(shift.now - shift.before), 9), shift.now > shift.before))


def _taken_together(tables: Sequence[Mapping[str, int]]) -> list[list[int]]:
    """The counts of each table in the same order; categories too rare for the last table stand together at the end."""
    total = sum(map(Counter, tables), Counter[str]())
    share = sum(tables[-1].values()) / total.total()
    large = sorted(name for name, n in total.items() if n * share >= LEAST_EXPECTED)
    rows = [[table.get(name, 0) for name in large] for table in tables]
    if len(large) == len(total):
        return rows
    return [[*row, sum(table.values()) - sum(row)] for row, table in zip(rows, tables, strict=True)]


def _squares(rows: Sequence[Sequence[int]]) -> float:
    """Pearson's X2 of a table."""
    columns = [sum(column) for column in zip(*rows, strict=True)]
    whole = sum(columns)
    cells = (
        (n, sum(row) * column / whole)
        for row in rows
        for n, column in zip(row, columns, strict=True)
        if column
    )
    return float(sum((n - expected) ** 2 / expected for n, expected in cells if expected))
