"""Sums that may be shown become scores: mean and share with their intervals, many in one library call."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metrics.dimensions import DimensionSums, effective_sizes
from metrics.intervals import intervals
from metrics.proportions import wilson_bounds
from metrics.ratings import mean_interval_bounds
from reports.results import Computed, Empty, Withheld

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from metrics.ratings import Distribution
    from reports.results import Shown


class Judged[Key: Hashable, Sums: DimensionSums | Distribution](NamedTuple):
    """Sums by key, and the keys whose sums must not be shown."""

    sums: Mapping[Key, Sums]
    hidden: AbstractSet[Hashable]


def scored[Key: Hashable, Sums: DimensionSums | Distribution](
    sums: Mapping[Key, Sums], hidden: AbstractSet[Hashable], minimum: int
) -> dict[Key, Shown]:
    """For each key its score; Empty without responses, Withheld where hidden. Nothing below the minimum passes."""
    return scored_each({None: Judged(sums, hidden)}, minimum)[None]


def scored_each[Name: Hashable, Key: Hashable, Sums: DimensionSums | Distribution](
    tables: Mapping[Name, Judged[Key, Sums]], minimum: int
) -> dict[Name, dict[Key, Shown]]:
    """`scored` for many tables at once: what the libraries take for one number, they take for a thousand."""
    shown = [
        one
        for table in tables.values()
        for key, one in table.sums.items()
        if one.n >= minimum and key not in table.hidden
    ]
    computed = iter(_computed(shown))
    return {
        name: {
            key: next(computed) if one.n >= minimum and key not in table.hidden else _absent(one.n, minimum)
            for key, one in table.sums.items()
        }
        for name, table in tables.items()
    }


def _absent(n: int, minimum: int) -> Shown:
    return Withheld(minimum) if n else Empty()


def _computed(scores: Sequence[DimensionSums | Distribution]) -> list[Computed]:
    """Mean: t interval between responses. Share of 4s and 5s: Wilson's on the effective n. Both 95 %."""
    if not scores:
        return []
    means = [one.mean or 0.0 for one in scores]
    shares = [one.share_satisfied or 0.0 for one in scores]
    sizes = _sizes(scores)
    mean_ends = mean_interval_bounds(means, [one.sd or 0.0 for one in scores], [one.n for one in scores])
    successes = [share * size for share, size in zip(shares, sizes, strict=True)]
    columns = (
        scores,
        means,
        intervals(*mean_ends),
        shares,
        intervals(*wilson_bounds(successes, sizes)),
        sizes,
    )
    return [Computed(*row) for row in zip(*columns, strict=True)]


def _sizes(scores: Sequence[DimensionSums | Distribution]) -> list[float]:
    """The effective n of each."""
    dimensions = [one for one in scores if isinstance(one, DimensionSums)]
    if len(dimensions) == len(scores):
        return effective_sizes(dimensions)
    return [one.effective_n() for one in scores]
