"""Is it higher, lower, or can nobody tell? Two periods, places or groups of people, compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import compress
from typing import TYPE_CHECKING, Any, Protocol

from metrics.intervals import Interval
from metrics.packing import packed
from metrics.ratings import HIGHEST, LEAST_FOR_SPREAD, LOWEST, Spread, standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    type Floats = NDArray[np.float64]
    type Compared = tuple[Floats, Floats, Floats, Floats]  # difference, low, high, p value


class Scores(Protocol):
    """What can be compared: a Distribution of one question or the DimensionSums of a dimension."""

    @property
    def n(self) -> int: ...
    @property
    def mean(self) -> float | None: ...
    @property
    def sd(self) -> float | None: ...
    @property
    def share_satisfied(self) -> float | None: ...
    def effective_n(self, confidence: float = 0.95) -> float: ...


class Verdict(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NO_EVIDENCE = "no_evidence"
    TOO_FEW = "too_few"


CLEAR = {Verdict.HIGHER, Verdict.LOWER}


@packed
@dataclass(frozen=True, slots=True)
class Change:
    """Current minus previous, in points or as a share (0.05 is five percentage points).

    With TOO_FEW the difference, its interval and the p value are None: they must not be shown.
    """

    difference: float | None
    interval: Interval | None
    p_value: float | None
    verdict: Verdict

    @property
    def is_clear(self) -> bool:
        return self.verdict in CLEAR


UNKNOWN = Change(None, None, None, Verdict.TOO_FEW)


def change_in_mean(
    current: Scores, previous: Scores, *, minimum: int = 5, confidence: float = 0.95
) -> Change:
    """The difference of two means, current - previous, -4..4 points: positive is higher now.

    Welch's t test on responses: d +- t(df) * sqrt(se1^2 + se2^2) with Welch and Satterthwaite's df; where a side
    has no spread at all its standard error is that of `ratings.standard_errors`. TOO_FEW: a side has fewer
    than `minimum` (or 2) responses. The two sides are taken as different people. For many cells, `changes_in_mean`.
    Source: Welch (1947), Biometrika 34, 28-35. p value by scipy.
    """
    return changes_in_mean([(current, previous)], minimum=minimum, confidence=confidence)[0]


def changes_in_mean(
    pairs: Sequence[tuple[Scores, Scores]], *, minimum: int = 5, confidence: float = 0.95
) -> list[Change]:
    """`change_in_mean` for many (current, previous) pairs in one library call."""
    enough = _are_enough(((one.n, other.n) for one, other in pairs), minimum, LEAST_FOR_SPREAD)
    compared = list(compress(pairs, enough))
    return _changes(enough, lambda: _welch(compared, confidence), confidence)


def verdicts_between(
    current: Spread, previous: Spread, *, minimum: int = 5, confidence: float = 0.95
) -> list[tuple[Verdict, float | None]]:
    """The verdicts of `changes_in_mean` with their p values: intervals are made of those alone that may be clear."""
    import numpy as np  # noqa: PLC0415 - only where arrays are used

    sizes = zip(current.n.tolist(), previous.n.tolist(), strict=True)
    enough = np.flatnonzero(_are_enough(sizes, minimum, LEAST_FOR_SPREAD))
    found: list[tuple[Verdict, float | None]] = [(Verdict.TOO_FEW, None)] * len(current.n)
    if not len(enough):
        return found
    p_values = _Welch(*_some(enough, current, previous)).p_value()
    for at, p_value in zip(enough.tolist(), p_values.tolist(), strict=True):
        found[at] = Verdict.NO_EVIDENCE, p_value
    told = enough[p_values < 1 - confidence]
    low, high = _Welch(*_some(told, current, previous)).interval(confidence)
    for at, is_higher, is_lower in zip(told.tolist(), low > 0, high < 0, strict=True):
        if is_higher or is_lower:
            found[at] = Verdict.HIGHER if is_higher else Verdict.LOWER, found[at][1]
    return found


def change_in_share(
    current: Scores, previous: Scores, *, minimum: int = 5, confidence: float = 0.95
) -> Change:
    """The difference of two shares of 4s and 5s, current - previous, -1..1: positive is higher now.

    Interval: Newcombe's hybrid score interval, from Wilson's of each side on its effective n. p value: the score
    test of equal shares (pooled variance, Miettinen and Nurminen's n / (n - 1)) on the same n. Near the
    limit the two can disagree, so a verdict needs both. TOO_FEW: a side has fewer than `minimum` (or 1) responses.
    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Miettinen and Nurminen (1985),
    Statistics in Medicine 4, 213-226. Both by statsmodels. For many cells, `changes_in_share`.
    """
    return changes_in_share([(current, previous)], minimum=minimum, confidence=confidence)[0]


def changes_in_share(
    pairs: Sequence[tuple[Scores, Scores]], *, minimum: int = 5, confidence: float = 0.95
) -> list[Change]:
    """`change_in_share` for many (current, previous) pairs in one library call."""
    enough = _are_enough(((one.n, other.n) for one, other in pairs), minimum, 1)
    compared = list(compress(pairs, enough))
    return _changes(enough, lambda: _newcombe(compared, confidence), confidence)


def needed_per_side(p1: float, p2: float, power: float = 0.8, confidence: float = 0.95) -> int | None:
    """How many independent answers a side show a change of a share from p1 to p2 with this power.

    n = ((z(a/2) sqrt(2 p (1 - p)) + z(power) sqrt(p1 (1 - p1) + p2 (1 - p2))) / (p1 - p2))^2 with p = (p1 + p2) / 2,
    rounded to the nearest: 80 -> 85 % needs 905. Answers of a dimension with several questions are worth more than
    one each: compare with `effective_n`. None: p1 equals p2, no number shows a change that is not there.
    Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, ch. 4, without their
    continuity correction. By statsmodels.
    """
    if p1 == p2:
        return None
    from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail  # noqa: PLC0415 - start-up

    needed = samplesize_proportions_2indep_onetail(abs(p1 - p2), min(p1, p2), power, alpha=1 - confidence)
    return max(round(float(needed)), 1)


def _some(which: Any, *sides: Spread) -> list[Spread]:
    return [Spread(*(column[which] for column in side)) for side in sides]


def _are_enough(sizes: Iterable[tuple[float, float]], minimum: int, least: int) -> list[bool]:
    return [min(pair) >= max(minimum, least) for pair in sizes]


def _changes(enough: Sequence[bool], compare: Callable[[], Compared], confidence: float) -> list[Change]:
    """`compare` is asked about those that are enough, if any are."""
    if not any(enough):
        return [UNKNOWN for _ in enough]
    difference, low, high, p_value = compare()
    is_clear = (p_value < 1 - confidence) & ((low > 0) | (high < 0))
    columns = (column.tolist() for column in (difference, low, high, p_value, is_clear))
    found = iter(zip(*columns, strict=True))
    return [_change(*next(found)) if known else UNKNOWN for known in enough]


def _change(difference: float, low: float, high: float, p_value: float, is_clear: bool) -> Change:
    verdict = Verdict.NO_EVIDENCE
    if is_clear:
        verdict = Verdict.HIGHER if difference > 0 else Verdict.LOWER
    return Change(difference, Interval(low, high), p_value, verdict)


def _spread_of(scores: Sequence[Scores]) -> Spread:
    import numpy as np  # noqa: PLC0415 - only where arrays are used

    rows = [(one.n, one.mean, one.sd) for one in scores]
    return Spread(*np.array(rows, float).reshape(-1, 3).T)


def _welch(pairs: Sequence[tuple[Scores, Scores]], confidence: float) -> Compared:
    welch = _Welch(*(_spread_of(side) for side in zip(*pairs, strict=True)))
    return welch.difference, *welch.interval(confidence), welch.p_value()


class _Welch:
    """Many comparisons of two means. The p value and the interval are told apart, as each takes long."""

    def __init__(self, current: Spread, previous: Spread) -> None:
        import numpy as np  # noqa: PLC0415 - only where arrays are used

        self.sizes, self.means, sds = (np.stack(columns) for columns in zip(current, previous, strict=True))
        self.errors = standard_errors(sds, self.sizes)
        self.difference = self.means[0] - self.means[1]

    def p_value(self) -> Floats:
        import numpy as np  # noqa: PLC0415 - only where arrays are used
        from scipy.stats import ttest_ind_from_stats  # noqa: PLC0415 - start-up time

        means, sizes, widened = self.means, self.sizes, self.errors * np.sqrt(self.sizes)
        found: Floats = ttest_ind_from_stats(
            means[0], widened[0], sizes[0], means[1], widened[1], sizes[1], equal_var=False
        ).pvalue
        return found

    def interval(self, confidence: float) -> tuple[Floats, Floats]:
        import numpy as np  # noqa: PLC0415 - only where arrays are used
        from scipy.special import stdtrit  # noqa: PLC0415 - start-up time

        errors, widest = self.errors, HIGHEST - LOWEST
        freedom = (errors**2).sum(0) ** 2 / (errors**4 / (self.sizes - 1)).sum(0)
        half = stdtrit(freedom, (1 + confidence) / 2) * np.sqrt((errors**2).sum(0))
        low, high = (np.clip(self.difference + sign * half, -widest, widest) for sign in (-1, 1))
        return low, high


def _newcombe(pairs: Sequence[tuple[Scores, Scores]], confidence: float) -> Compared:
    import numpy as np  # noqa: PLC0415 - only where arrays are used
    from statsmodels.stats.proportion import confint_proportions_2indep, score_test_proportions_2indep  # noqa: PLC0415 - start-up time

    shares = np.array([[side.share_satisfied for side in pair] for pair in pairs], float).T
    sizes = np.array([[side.effective_n(confidence) for side in pair] for pair in pairs]).T
    counts = shares * sizes
    sides = counts[0], sizes[0], counts[1], sizes[1]
    low, high = confint_proportions_2indep(*sides, compare="diff", method="newcomb", alpha=1 - confidence)
    with np.errstate(invalid="ignore"):  # 0 / 0 where all are satisfied on both sides, or none: no difference
        p_value = score_test_proportions_2indep(*sides, compare="diff", return_results=False)[1]
    return (
        shares[0] - shares[1],
        np.maximum(low, -1.0),
        np.minimum(high, 1.0),
        np.nan_to_num(p_value, nan=1.0),
    )
