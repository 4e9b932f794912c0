"""What moves with what: rank correlation of two ratings of the same people. It never says which is the cause."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING

from metrics.intervals import Interval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

# Fewer pairs say nothing: Bonett and Wright's interval was tried from 10 on.
LEAST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class Association:
    """Of n pairs. `rho` runs from -1 to 1; None, like the others, where there are too few or one side never varies."""

    n: int
    rho: float | None = None
    interval: Interval | None = None
    p_value: float | None = None


def rank_correlation(first: ArrayLike, second: ArrayLike, confidence: float = 0.95) -> Association:
    """Spearman's rho of pairs: the correlation of their ranks, ties with the mean of theirs, -1..1.

    1: who gives more to the one always gives more to the other; 0: the one says nothing about the order of the other.
    Interval: tanh(atanh(rho) +- z sqrt((1 + rho^2 / 2) / (n - 3))); None where rho is -1 or 1. p value: t with n - 2
    degrees of freedom. Everything is None below LEAST_PAIRS pairs, and where one side is the same for everybody.
    Source: Spearman (1904), American Journal of Psychology 15, 72-101; the interval: Bonett and Wright (2000),
    Psychometrika 65, 23-28. rho and p by scipy. ValueError: the two are not of the same length.
    """
    import numpy as np  # noqa: PLC0415 - only where arrays are used
    from scipy.special import ndtri  # noqa: PLC0415 - start-up time
    from scipy.stats import spearmanr  # noqa: PLC0415 - likewise

    one, other = np.asarray(first, float), np.asarray(second, float)
    if one.shape != other.shape:
        raise ValueError(f"{one.size} and {other.size} values are no pairs.")
    n = one.size
    if n < LEAST_PAIRS or np.ptp(one) == 0 or np.ptp(other) == 0:
        return Association(n)
    found = spearmanr(one, other)
    rho = min(max(float(found.statistic), -1.0), 1.0)
    if abs(rho) > 1 - 1e-9:
        return Association(n, round(rho), None, 0.0)
    half = float(ndtri((1 + confidence) / 2)) * sqrt((1 + rho**2 / 2) / (n - 3))
    interval = Interval(tanh(atanh(rho) - half), tanh(atanh(rho) + half))
    return Association(n, rho, interval, float(found.pvalue))
