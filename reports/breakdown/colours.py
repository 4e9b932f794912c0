"""The colours of a heat map: six steps of the mean, the worse the stronger. static/css/reports.css has the same."""

from __future__ import annotations

from bisect import bisect_right

# Means at which the next step begins.
STEPS = (2.5, 3.0, 3.5, 4.0, 4.5)
# How much of the colour is mixed into the paper, by step.
SHARES = {1: 0.6, 2: 0.49, 3: 0.38, 4: 0.27, 5: 0.16, 6: 0.0}


def step_of(mean: float) -> int:
    """1, the strongest, to 6."""
    return bisect_right(STEPS, mean) + 1
