from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.packing import packed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@packed
@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, both ends included, in the unit of the number it belongs to."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"An interval runs upwards, not from {self.low} to {self.high}.")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def clipped(self, low: float, high: float) -> Interval:
        """The part inside low..high; both ends move to the nearer bound when nothing is inside."""
        return Interval(min(max(self.low, low), high), min(max(self.high, low), high))


def intervals(lows: NDArray[np.float64], highs: NDArray[np.float64]) -> list[Interval | None]:
    """Two arrays of ends as a list; None where an end is not a number."""
    pairs = zip(lows.tolist(), highs.tolist(), strict=True)
    return [Interval(low, high) if low == low and high == high else None for low, high in pairs]  # noqa: PLR0124 - only NaN differs from itself
