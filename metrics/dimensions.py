"""The score of one service dimension: every response counts once, with its own weighted mean.

The ratings of one response are alike, so they are never counted as if they were independent: n means responses,
and every interval here rests on the spread between responses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from metrics.intervals import Interval, intervals
from metrics.packing import packed
from metrics.proportions import wilson, wilson_bounds
from metrics.ratings import (
    HIGHEST,
    LEAST_FOR_SPREAD,
    LOWEST,
    SATISFIED_FROM,
    Spread,
    mean_interval,
    mean_interval_bounds,
    sd_from_sums,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray


ONE = 1_000_000  # scores are kept in millionths
SQUARE_UNIT = 1_000  # squares of millionths are kept in thousands of them: 1e-9


class ResponseScore(NamedTuple):
    """What one response adds to a dimension, exact integers.

    `mean` and `share` in millionths, the two squares in units of 1e-9, rounded down.
    """

    mean: int
    mean_square: int
    share: int
    share_square: int


def response_score(ratings: Sequence[int], weights: Sequence[int]) -> ResponseScore | None:
    """One response's weighted mean of its ratings in a dimension, and its weighted share of 4s and 5s.

    mean = sum(w r) / sum(w), share = sum(w [r >= 4]) / sum(w), rounded half up to millionths.
    Only given ratings come in (no blank, no "does not apply"), reversed items already `turned`.
    None: no rating with a weight above 0, so the response has no score in the dimension and does not count.
    ValueError: a rating outside 1..5, a negative weight, or lists of different lengths.
    """
    if any(not LOWEST <= rating <= HIGHEST for rating in ratings) or any(weight < 0 for weight in weights):
        raise ValueError(f"Ratings are 1 to 5 and weights not negative: {ratings}, {weights}.")
    pairs = list(zip(weights, ratings, strict=True))
    weight = sum(weights)
    if not weight:
        return None
    mean = _millionths(sum(w * r for w, r in pairs), weight)
    share = _millionths(sum(w for w, r in pairs if r >= SATISFIED_FROM), weight)
    return ResponseScore(mean, mean * mean // SQUARE_UNIT, share, share * share // SQUARE_UNIT)


def _millionths(part: int, whole: int) -> int:
    return (part * ONE + whole // 2) // whole


@packed
@dataclass(frozen=True, slots=True)
class DimensionSums:
    """The sums of one or more dimension cells, exact integers; cells add up with `+`.

    `mean_sum` and `share_sum` in millionths, `mean_squares` and `share_squares` in units of 1e-9.
    """

    responses: int = 0
    mean_sum: int = 0
    mean_squares: int = 0
    share_sum: int = 0
    share_squares: int = 0

    def __post_init__(self) -> None:
        in_range = LOWEST * ONE * self.responses <= self.mean_sum <= HIGHEST * ONE * self.responses
        if not (in_range and 0 <= self.share_sum <= ONE * self.responses):
            raise ValueError(f"No responses add up to these sums: {self}.")

    def __add__(self, other: DimensionSums) -> DimensionSums:
        return DimensionSums(
            self.responses + other.responses,
            self.mean_sum + other.mean_sum,
            self.mean_squares + other.mean_squares,
            self.share_sum + other.share_sum,
            self.share_squares + other.share_squares,
        )

    def __sub__(self, other: DimensionSums) -> DimensionSums:
        """The sums of the other responses. ValueError where `other` is no part of these."""
        return DimensionSums(
            self.responses - other.responses,
            self.mean_sum - other.mean_sum,
            self.mean_squares - other.mean_squares,
            self.share_sum - other.share_sum,
            self.share_squares - other.share_squares,
        )

    @classmethod
    def of(cls, scores: Iterable[ResponseScore]) -> DimensionSums:
        """The sums of these responses."""
        listed = list(scores)
        return cls(len(listed), *(sum(column) for column in zip(*listed, strict=True)))

    @property
    def n(self) -> int:
        """Responses with a score in this dimension."""
        return self.responses

    @property
    def mean(self) -> float | None:
        """The mean over responses of each response's own weighted mean, 1..5. None: no responses."""
        return self.mean_sum / (ONE * self.responses) if self.responses else None

    @property
    def sd(self) -> float | None:
        """The sample standard deviation between responses, in points. None: n is below 2."""
        spread = sd_from_sums(self.responses, self.mean_sum, int(self.mean_squares) * SQUARE_UNIT)
        return None if spread is None else spread / ONE

    @property
    def share_satisfied(self) -> float | None:
        """The mean over responses of each one's own share of 4s and 5s, 0..1. None: no responses."""
        return self.share_sum / (ONE * self.responses) if self.responses else None

    def effective_n(self, confidence: float = 0.95) -> float:
        """How many independent yes-or-no answers would tell the share as precisely as these responses.

        n * p (1 - p) / s^2 * (z / t(n - 1))^2, with p the mean share and s the sample standard deviation of the
        responses' shares; the last factor because s is itself estimated. Never below n: a share between 0 and 1
        varies at most as much as a yes or no (Bhatia and Davis 2000), so n is always safe. It is what comes out with
        one question a dimension, and what is left when p is 0 or 1 or all shares are the same, where the formula
        says nothing. 0 without responses.
        Source: Kish (1965), design effect; Korn and Graubard (1998), Survey Methodology 24, 193-201; with Wilson:
        Franco, Little, Louis and Slud (2019), J. Survey Statistics and Methodology 7, 334-364.
        """
        return effective_sizes([self], confidence)[0]

    def _spread_of_one(self) -> float:
        """P (1 - p) / s^2 times n / (n - 1), from whole numbers. 0 where the formula says nothing."""
        n, total = int(self.responses), int(self.share_sum)
        spread = n * int(self.share_squares) * SQUARE_UNIT - total * total
        if n < LEAST_FOR_SPREAD or spread <= 0:
            return 0.0
        return total * (n * ONE - total) / spread

    def mean_interval(self, confidence: float = 0.95) -> Interval | None:
        """The t interval of the mean from the spread between responses, within 1..5. None: n is below 2."""
        return mean_interval(self.mean, self.sd, self.responses, confidence)

    def share_interval(self, confidence: float = 0.95) -> Interval | None:
        """Wilson's interval of the share on the effective n, within 0..1. None: no responses."""
        size = self.effective_n(confidence)
        return wilson((self.share_satisfied or 0.0) * size, size, confidence)


def effective_sizes(sums: Sequence[DimensionSums], confidence: float = 0.95) -> list[float]:
    """`DimensionSums.effective_n` of many cells in one library call."""
    import numpy as np  # noqa: PLC0415 - only where arrays are used
    from scipy.special import ndtri, stdtrit  # noqa: PLC0415 - start-up time

    tail = (1 + confidence) / 2
    freedom = [max(int(one.responses) - 1, 1) for one in sums]
    shrunk = (ndtri(tail) / stdtrit(np.array(freedom, float), tail)) ** 2
    return [
        max(float(one.responses), by * free * one._spread_of_one())  # noqa: SLF001 - of this module
        for one, by, free in zip(sums, shrunk.tolist(), freedom, strict=True)
    ]


def spread_of_sums(sums: NDArray[np.int64]) -> Spread:
    """`DimensionSums.mean` and `.sd` of many, any numbers where they are None: their five sums along the first axis."""
    import numpy as np  # noqa: PLC0415 - only where arrays are used

    n, total, squares = sums[:3].astype(object)
    some, several = np.maximum(n, 1), np.maximum(n, LEAST_FOR_SPREAD)
    spread = np.maximum(n * squares * SQUARE_UNIT - total * total, 0) / (several * (several - 1))
    mean = total / (ONE * some)
    return Spread(n.astype(float), mean.astype(float), np.sqrt(spread.astype(float)) / ONE)


def mean_intervals(sums: Sequence[DimensionSums], confidence: float = 0.95) -> list[Interval | None]:
    """`DimensionSums.mean_interval` of many cells in one library call."""
    low, high = mean_interval_bounds(
        [one.mean or 0.0 for one in sums],
        [one.sd or 0.0 for one in sums],
        [one.n for one in sums],
        confidence,
    )
    return intervals(low, high)


def share_intervals(sums: Sequence[DimensionSums], confidence: float = 0.95) -> list[Interval | None]:
    """`DimensionSums.share_interval` of many cells in one library call."""
    sizes = effective_sizes(sums, confidence)
    counts = [size * (one.share_satisfied or 0.0) for size, one in zip(sizes, sums, strict=True)]
    low, high = wilson_bounds(counts, sizes, confidence)
    return intervals(low, high)
