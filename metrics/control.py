"""Which points of a trend stand out from what chance alone does? Limits from each point's own n, and runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Protocol

from metrics.intervals import Interval
from metrics.packing import packed
from metrics.ratings import HIGHEST, LEAST_FOR_SPREAD, LOWEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Standard errors from the centre to the limits.
WIDTH = 3.0
# So many points in a row on one side of the centre are a shift.
RUN = 8
# Fewer points say nothing about what is usual.
LEAST_POINTS = 8
# The mean distance of two neighbours in a series of standard normal numbers, 2 / sqrt(pi), and the variance of the
# mean of many, in its own square, times their number (Cryer and Ryan 1990, J. Quality Technology 22, 187-192).
MOVING_RANGE = 1.128
MOVING_RANGE_VARIANCE = 0.826
ONE_SIDED = 1.645
SERIES = 20_000


class Point(Protocol):
    """A point of a trend: a Distribution of one question or the DimensionSums of a dimension."""

    @property
    def n(self) -> int: ...
    @property
    def mean(self) -> float | None: ...
    @property
    def sd(self) -> float | None: ...


class Signal(StrEnum):
    """Why a point stands out."""

    ABOVE = "above"
    BELOW = "below"
    RUN_ABOVE = "run_above"
    RUN_BELOW = "run_below"

    @property
    def is_run(self) -> bool:
        return self in {Signal.RUN_ABOVE, Signal.RUN_BELOW}

    @property
    def is_high(self) -> bool:
        return self in {Signal.ABOVE, Signal.RUN_ABOVE}


@packed
@dataclass(frozen=True, slots=True)
class Controlled:
    """One point against its phase: the centre and the limits for a point of its n, 1..5, and whether it stands out.

    A point beyond a limit says so even inside a run.
    """

    centre: float
    limits: Interval
    signal: Signal | None = None


def control(points: Sequence[Point | None], *, starts: Iterable[int] = ()) -> list[Controlled | None]:
    """Limits for the means of a trend, from each point's own n; None for a point without a mean, or in a phase of
    fewer than LEAST_POINTS means or without any spread.

    `starts` are the points at which something is known to have changed: each begins a phase with limits of its own.
    Within a phase: centre c = sum(n x) / sum(n), s the standard deviation within points, pooled; the limits are
    c +- WIDTH * f * s * sqrt(1 / n_i - 1 / sum(n)), within 1..5. f is 1, or mean |z_i - z_(i-1)| / 1.128 (z the points
    in their own standard errors) where that is more than the responses explain. A signal is a mean beyond its
    limits, or RUN points in a row on one side of the centre.
    Source: Shewhart (1931); Montgomery, Introduction to Statistical Quality Control, X-bar charts with variable
    sample size; Laney (2002), Quality Engineering 14, 531-537, for f; Nelson (1984), J. Quality Technology 16,
    238-239, for runs.
    """
    found: list[Controlled | None] = []
    for first, following in _phases(len(points), starts):
        found += _phase(points[first:following])
    return found


def false_alarm_of(found: Sequence[Controlled | None], *, starts: Iterable[int] = ()) -> float:
    """The chance that a stable trend, controlled in the same phases, gives at least one signal, 0..1.

    1 - product of (1 - false_alarm) over the phases, each by its number of points with limits.
    """
    quiet = 1.0
    for first, following in _phases(len(found), starts):
        quiet *= 1 - false_alarm(sum(one is not None for one in found[first:following]))
    return 1 - quiet


@cache
def false_alarm(points: int) -> float:
    """The chance that a phase of `points` stable, independent points gives at least one signal, 0..1.

    By the rules above on SERIES series of standard normal points with a fixed seed: centre and factor are taken from
    the same points, as they are above, which no table of run lengths takes into account. Exact to some 0.003.
    """
    if points < LEAST_POINTS:
        return 0.0
    import numpy as np  # noqa: PLC0415 - only where arrays are used

    drawn = np.random.default_rng(points).standard_normal((SERIES, points))
    distances = (drawn - drawn.mean(1, keepdims=True)) / sqrt(1 - 1 / points)
    ranges = np.abs(np.diff(distances)).mean(1) / MOVING_RANGE
    factors = np.where(ranges < _usual_range(points), 1.0, ranges)
    beyond = (np.abs(distances) > WIDTH * factors[:, None]).any(1)
    sides = np.lib.stride_tricks.sliding_window_view(distances > 0, RUN, 1).sum(2)
    return float((beyond | ((sides == 0) | (sides == RUN)).any(1)).mean())


def _phases(points: int, starts: Iterable[int]) -> Iterable[tuple[int, int]]:
    return pairwise([0, *sorted({start for start in starts if 0 < start < points}), points])


def _usual_range(points: int) -> float:
    """How large the factor is by chance alone, at most, in 95 of 100 series."""
    return 1 + ONE_SIDED * sqrt(MOVING_RANGE_VARIANCE / (points - 1))


def _phase(points: Sequence[Point | None]) -> list[Controlled | None]:
    known = [(at, point) for at, point in enumerate(points) if point is not None and point.mean is not None]
    n = sum(point.n for _at, point in known)
    spread = _pooled_sd([point for _at, point in known])
    if len(known) < LEAST_POINTS or not spread:
        return [None for _ in points]
    centre = sum(point.n * (point.mean or 0.0) for _at, point in known) / n
    # Each point is part of its own centre, and so lies nearer to it than to the true one.
    errors = [spread * sqrt(1 / point.n - 1 / n) for _at, point in known]
    distances = [
        ((point.mean or 0.0) - centre) / error for (_at, point), error in zip(known, errors, strict=True)
    ]
    factor = _moving_range(distances)
    if factor < _usual_range(len(known)):
        factor = 1.0
    signals = _signals([distance / factor for distance in distances])
    found: list[Controlled | None] = [None for _ in points]
    for (at, _point), error, signal in zip(known, errors, signals, strict=True):
        half = WIDTH * factor * error
        found[at] = Controlled(
            centre, Interval(centre - half, centre + half).clipped(LOWEST, HIGHEST), signal
        )
    return found


def _pooled_sd(points: Sequence[Point]) -> float:
    freedom = sum(point.n - 1 for point in points if point.n >= LEAST_FOR_SPREAD)
    squares = sum((point.n - 1) * (point.sd or 0.0) ** 2 for point in points)
    return sqrt(squares / freedom) if freedom else 0.0


def _moving_range(distances: Sequence[float]) -> float:
    steps = [abs(later - earlier) for earlier, later in pairwise(distances)]
    return sum(steps) / len(steps) / MOVING_RANGE


def _signals(distances: Sequence[float]) -> list[Signal | None]:
    signals: list[Signal | None] = [None for _ in distances]
    for first, after in _runs(distances):
        if after - first >= RUN:
            run = Signal.RUN_ABOVE if distances[first] > 0 else Signal.RUN_BELOW
            signals[first:after] = [run] * (after - first)
    for at, distance in enumerate(distances):
        if abs(distance) > WIDTH:
            signals[at] = Signal.ABOVE if distance > 0 else Signal.BELOW
    return signals


def _runs(distances: Sequence[float]) -> Iterable[tuple[int, int]]:
    """From where to before where the points lie on one side; one on the centre is on none."""
    first = 0
    for at in range(1, len(distances) + 1):
        if at == len(distances) or distances[at] * distances[first] <= 0:
            yield first, at
            first = at
