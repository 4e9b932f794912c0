from __future__ import annotations

from typing import TYPE_CHECKING

from metrics.intervals import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


def wilson(successes: float, n: float, confidence: float = 0.95) -> Interval | None:
    """The score interval of a share, 0..1: all p with |successes/n - p| <= z * sqrt(p (1 - p) / n).

    `n` may be fractional (an effective n). None: n is 0, nothing is known.
    ValueError when the successes are not within 0..n.
    Source: Wilson (1927), JASA 22, 209-212; advised over Wald by Brown, Cai and DasGupta (2001),
    Statistical Science 16, 101-133. Computed by statsmodels. For many cells use `wilson_bounds`.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share.")
    if n == 0:
        return None
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415 - a second of start-up

    low, high = proportion_confint(successes, n, alpha=1 - confidence, method="wilson")
    return Interval(float(low), float(high)).clipped(0.0, 1.0)


def wilson_bounds(
    successes: ArrayLike, n: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`wilson` for arrays: the lower and the upper ends, NaN where n is 0, in one library call."""
    import numpy as np  # noqa: PLC0415 - loaded with statsmodels, not before
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415 - likewise

    counts, sizes = np.broadcast_arrays(np.asarray(successes, float), np.asarray(n, float))
    if not np.all((counts >= 0) & (counts <= sizes)):
        raise ValueError("The successes are not within 0..n.")
    low, high = np.full(sizes.shape, np.nan), np.full(sizes.shape, np.nan)
    some = sizes > 0
    if some.any():
        ends = proportion_confint(counts[some], sizes[some], alpha=1 - confidence, method="wilson")
        low[some], high[some] = np.clip(ends, 0.0, 1.0)
    return low, high
