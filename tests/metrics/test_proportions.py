import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, norm

from metrics.proportions import wilson, wilson_bounds

steady = settings(derandomize=True, deadline=None, max_examples=100)
counted = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# FIELD.md; 15/148 is Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3: 0.0624-0.1605.
@pytest.mark.parametrize(
    ("successes", "n", "low", "high", "digits"),
    [
        (5, 5, 0.57, 1.00, 2),
        (8, 10, 0.49, 0.94, 2),
        (24, 30, 0.627, 0.905, 3),
        (80, 100, 0.71, 0.87, 2),
        (400, 500, 0.76, 0.83, 2),
        (15, 148, 0.0624, 0.1605, 4),
        (0, 20, 0.0000, 0.1611, 4),
        (1, 29, 0.0061, 0.1718, 4),
        (81, 263, 0.2553, 0.3662, 4),
    ],
)
def test_wilson_gives_the_published_intervals(successes, n, low, high, digits):
    interval = wilson(successes, n)

    assert (round(interval.low, digits), round(interval.high, digits)) == (low, high)


@given(counted, st.sampled_from([0.8, 0.95, 0.99]))
@steady
def test_wilson_ends_solve_the_score_equation(counts, confidence):
    successes, n = counts
    z = norm.isf((1 - confidence) / 2)

    interval = wilson(successes, n, confidence)

    for end in (interval.low, interval.high):
        assert (successes / n - end) ** 2 == pytest.approx(z * z * end * (1 - end) / n, rel=1e-6, abs=1e-9)


@given(counted)
@steady
def test_wilson_stays_within_0_and_1_around_the_share_and_mirrors(counts):
    successes, n = counts
    interval, mirrored = wilson(successes, n), wilson(n - successes, n)

    assert 0 <= interval.low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= interval.high <= 1
    assert (interval.low, interval.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low))


@pytest.mark.parametrize("n", [20, 30, 50, 100, 400, 1000])
def test_wilson_covers_the_true_share_as_often_as_it_says(n):
    """Not drawn but added up over all counts that there can be, for each share from 10 to 90 %."""
    low, high = wilson_bounds(range(n + 1), [n] * (n + 1))

    covered = [
        binom.pmf(range(n + 1), n, share)[(low <= share) & (share <= high)].sum()
        for share in np.linspace(0.1, 0.9, 81)
    ]

    assert 0.92 <= min(covered) <= max(covered) <= 0.98


def test_wilson_takes_a_fractional_n():
    whole, fractional, more = wilson(8, 10), wilson(8.4, 10.5), wilson(8.8, 11)

    assert whole.low < fractional.low < more.low


def test_wilson_without_answers_is_unknown():
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 2), (0, -1), (math.nan, 5)])
def test_wilson_refuses_what_is_no_share(successes, n):
    with pytest.raises(ValueError, match="not a share"):
        wilson(successes, n)


@given(st.lists(st.one_of(counted, st.just((0, 0))), min_size=1, max_size=30))
@steady
def test_wilson_bounds_equal_wilson_one_by_one(cells):
    low, high = wilson_bounds(*zip(*cells, strict=True))

    for cell, ends in zip(cells, zip(low, high, strict=True), strict=True):
        one = wilson(*cell)
        assert np.isnan(ends).all() if one is None else ends == pytest.approx((one.low, one.high))


def test_wilson_bounds_refuse_what_is_no_share():
    with pytest.raises(ValueError, match="within"):
        wilson_bounds([1, 3], [2, 2])


def test_wilson_bounds_of_nothing_are_empty():
    low, high = wilson_bounds([], [])

    assert (low.size, high.size) == (0, 0)
