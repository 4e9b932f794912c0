import math

import numpy as np
import pytest

from metrics.intervals import Interval, intervals


def test_interval_includes_both_ends():
    interval = Interval(2, 3)

    assert [value in interval for value in (1.99, 2, 2.5, 3, 3.01)] == [False, True, True, True, False]


def test_interval_clipped_keeps_what_is_inside():
    assert Interval(0.5, 5.5).clipped(1, 5) == Interval(1, 5)
    assert Interval(2, 3).clipped(1, 5) == Interval(2, 3)
    assert Interval(6, 7).clipped(1, 5) == Interval(5, 5)


@pytest.mark.parametrize("ends", [(3, 2), (math.nan, 2), (2, math.nan)])
def test_interval_that_does_not_run_upwards_is_refused(ends):
    with pytest.raises(ValueError, match="runs upwards"):
        Interval(*ends)


def test_intervals_of_arrays_are_none_where_unknown():
    assert intervals(np.array([1.0, math.nan, 1.0]), np.array([2.0, math.nan, math.nan])) == [
        Interval(1, 2),
        None,
        None,
    ]
