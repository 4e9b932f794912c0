"""Sums that may be shown become scores: mean and share with their intervals, many in one library call."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def scored[Key: Hashable, Sums: DimensionSums | Distribution](
    sums: Mapping[Key, Sums], hidden: AbstractSet[Hashable], minimum: int
) -> dict[Key, Shown]:
    """For each key its score; Empty without responses, Withheld where hidden. Nothing below the minimum passes."""
    shown = {key: one for key, one in sums.items() if one.n >= minimum and key not in hidden}
    computed: dict[Key, Shown] = dict(zip(shown, _computed(list(shown.values())), strict=True))
    return {key: computed.get(key) or _absent(one.n, minimum) for key, one in sums.items()}


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
