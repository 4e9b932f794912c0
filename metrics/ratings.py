"""Ratings of one question, 1 (the worst service received) to 5 (the best available)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from metrics.intervals import Interval, intervals
from metrics.packing import packed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

LOWEST, HIGHEST = 1, 5
SATISFIED_FROM = 4
LEAST_FOR_SPREAD = 2  # one number has no spread


def turned(rating: int) -> int:
    """The rating of a reversed item on the common scale: 6 - rating, so that 5 is the best again."""
    return LOWEST + HIGHEST - rating


def sd_from_sums(n: int, total: int, squares: int) -> float | None:
    """The sample standard deviation sqrt((squares - total^2 / n) / (n - 1)), in the unit of `total`.

    Exact integers in, so nothing cancels; 0 where squares that were rounded down fall short.
    None: n is below 2, one number has no spread.
    """
    if n < LEAST_FOR_SPREAD:
        return None
    n, total, squares = int(n), int(total), int(squares)  # numpy's integers would overflow
    return math.sqrt(max(n * squares - total * total, 0) / (n * (n - 1)))


@packed
@dataclass(frozen=True, slots=True)
class Distribution:
    """How often one question got each rating. Blank and "does not apply" are not in it."""

    n1: int = 0
    n2: int = 0
    n3: int = 0
    n4: int = 0
    n5: int = 0

    def __post_init__(self) -> None:
        if min(self.counts) < 0:
            raise ValueError(f"Counts are not negative: {self.counts}.")

    def __add__(self, other: Distribution) -> Distribution:
        return Distribution(*(a + b for a, b in zip(self.counts, other.counts, strict=True)))

    def __sub__(self, other: Distribution) -> Distribution:
        """The other ratings. ValueError where `other` is no part of these."""
        return Distribution(
            self.n1 - other.n1,
            self.n2 - other.n2,
            self.n3 - other.n3,
            self.n4 - other.n4,
            self.n5 - other.n5,
        )

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """How often 1, 2, 3, 4 and 5 were given."""
        return self.n1, self.n2, self.n3, self.n4, self.n5

    @property
    def n(self) -> int:
        """Ratings; for one question that is responses."""
        return self.n1 + self.n2 + self.n3 + self.n4 + self.n5

    @property
    def mean(self) -> float | None:
        """The arithmetic mean, 1..5. None: nobody rated."""
        n = self.n
        return self._total / n if n else None

    @property
    def sd(self) -> float | None:
        """The sample standard deviation (divisor n - 1), in points. None: n is below 2."""
        squares = self.n1 + 4 * self.n2 + 9 * self.n3 + 16 * self.n4 + 25 * self.n5
        return sd_from_sums(self.n, self._total, squares)

    @property
    def satisfied(self) -> int:
        """How many 4s and 5s: the top-2-box count."""
        return self.n4 + self.n5

    @property
    def share_satisfied(self) -> float | None:
        """The share of 4s and 5s (top-2-box), 0..1. None: nobody rated."""
        n = self.n
        return self.satisfied / n if n else None

    def effective_n(self, confidence: float = 0.95) -> float:  # noqa: ARG002 - the same shape as a dimension's
        """One rating a response, so the ratings are as independent as the responses: n itself."""
        return float(self.n)

    def reversed(self) -> Distribution:
        """The same ratings of a reversed item, turned to the common scale (see `turned`)."""
        return Distribution(*self.counts[::-1])

    @property
    def _total(self) -> int:
        """Written out, as the squares are: a grid has thousands of these."""
        return self.n1 + 2 * self.n2 + 3 * self.n3 + 4 * self.n4 + 5 * self.n5


class Spread(NamedTuple):
    """Of many cells: responses, and mean and sample standard deviation in points; where n is below 2, any numbers."""

    n: NDArray[np.float64]
    mean: NDArray[np.float64]
    sd: NDArray[np.float64]


def spread_of_ratings(counts: NDArray[np.int64]) -> Spread:
    """`Distribution.mean` and `.sd` of many: how often each got 1 to 5, along the first axis. Exact integers, as there."""
    import numpy as np  # noqa: PLC0415 - only where arrays are used

    ratings = np.arange(LOWEST, HIGHEST + 1)
    n, total, squares = (np.tensordot(weights, counts, 1) for weights in (ratings**0, ratings, ratings**2))
    some, several = np.maximum(n, 1), np.maximum(n, LEAST_FOR_SPREAD)
    spread = np.maximum(n * squares - total * total, 0) / (several * (several - 1))
    return Spread(n.astype(float), total / some, np.sqrt(spread))


def standard_errors(sd: ArrayLike, n: ArrayLike) -> NDArray[np.float64]:
    """The standard error of a mean, sd / sqrt(n), in points; every n at least 2.

    Without any spread (five customers, five times 5) that would be 0, a certainty nobody has. There the rule of
    three is used: with n alike answers, up to 1 - 0.05^(1/n) of all customers would answer otherwise (95 %); were
    these one point away, the mean would move by so many points. It is divided by t so that the interval has
    this half-width. Source: Hanley and Lippman-Hand (1983), JAMA 249, 1743-1745; the one point is ours.
    """
    import numpy as np  # noqa: PLC0415 - only where arrays are used
    from scipy.special import stdtrit  # noqa: PLC0415 - start-up time

    spread, size = np.broadcast_arrays(np.asarray(sd, float), np.asarray(n, float))
    errors = np.atleast_1d(spread / np.sqrt(size))
    alike = np.atleast_1d(spread <= 0)
    few = np.atleast_1d(size)[alike]
    errors[alike] = (1 - 0.05 ** (1 / few)) / stdtrit(few - 1, 0.975)
    return errors.reshape(size.shape)


def mean_interval_bounds(
    mean: ArrayLike, sd: ArrayLike, n: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`mean_interval` for arrays: the lower and the upper ends, NaN where n is below 2."""
    import numpy as np  # noqa: PLC0415 - only where arrays are used
    from scipy.special import stdtrit  # noqa: PLC0415 - start-up time

    size = np.asarray(n, float)
    known = size >= LEAST_FOR_SPREAD
    safe = np.where(known, size, LEAST_FOR_SPREAD)
    half = stdtrit(safe - 1, (1 + confidence) / 2) * standard_errors(sd, safe)
    low, high = (np.clip(np.asarray(mean, float) + sign * half, LOWEST, HIGHEST) for sign in (-1, 1))
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def mean_interval(mean: float | None, sd: float | None, n: int, confidence: float = 0.95) -> Interval | None:
    """The t interval of a mean, mean +- t(n - 1) * sd / sqrt(n), clipped to 1..5, in points.

    n counts responses. None: n is below 2. With sd = 0 see `standard_errors`.
    What it cannot do: when nearly everyone gives a 5, few answers do not show the spread there is, and the
    interval is too short. Simulated for one question, 95 % cover at a mean of 4.6: 84 % at n = 10, 91 % at 30,
    94 % at 100; at a mean of 4.2: 93 % at n = 10, 94 % at 30, 95 % at 100.
    Source: Student (1908); any textbook. Computed with scipy. For many cells use `mean_interval_bounds`.
    """
    if n < LEAST_FOR_SPREAD or mean is None or sd is None:
        return None
    low, high = mean_interval_bounds([mean], [sd], [n], confidence)
    return intervals(low, high)[0]
