import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from metrics.intervals import Interval
from metrics.ratings import (
    Distribution,
    mean_interval,
    mean_interval_bounds,
    sd_from_sums,
    spread_of_ratings,
    standard_errors,
    turned,
)

steady = settings(derandomize=True, deadline=None, max_examples=100)
ratings = st.lists(st.integers(1, 5), min_size=2, max_size=60)


def distribution(given_ratings):
    return Distribution(*(given_ratings.count(rating) for rating in range(1, 6)))


@given(ratings)
@steady
def test_distribution_agrees_with_the_standard_library(given_ratings):
    counted = distribution(given_ratings)

    assert counted.n == len(given_ratings)
    assert counted.mean == pytest.approx(statistics.fmean(given_ratings))
    assert counted.sd == pytest.approx(statistics.stdev(given_ratings))
    assert counted.satisfied == sum(rating >= 4 for rating in given_ratings)
    assert counted.share_satisfied == pytest.approx(counted.satisfied / len(given_ratings))
    assert counted.effective_n() == len(given_ratings)


@given(ratings)
@steady
def test_reversed_turns_every_rating(given_ratings):
    assert distribution(given_ratings).reversed() == distribution(
        [turned(rating) for rating in given_ratings]
    )


@given(ratings, ratings)
@steady
def test_sum_is_the_distribution_of_all(some, others):
    assert distribution(some) + distribution(others) == distribution(some + others)


def test_turned_makes_the_worst_the_best():
    assert [turned(rating) for rating in range(1, 6)] == [5, 4, 3, 2, 1]


def test_nobody_rated_means_unknown_not_zero():
    empty = Distribution()

    assert (empty.n, empty.mean, empty.sd, empty.share_satisfied) == (0, None, None, None)


def test_one_rating_has_a_mean_and_no_spread():
    one = Distribution(n4=1)

    assert (one.mean, one.sd, one.share_satisfied) == (4.0, None, 1.0)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="not negative"):
        Distribution(n3=-1)


def test_sd_from_sums_is_exact_where_floats_would_cancel():
    base = 10**12

    assert sd_from_sums(3, 3 * base + 6, 3 * base**2 + 12 * base + 14) == pytest.approx(1.0)


def test_sd_from_sums_takes_numpy_integers_beyond_64_bits():
    n, total, squares = np.int64(10**6), np.int64(4 * 10**12), np.int64(17 * 10**18 // 10)

    assert sd_from_sums(n, total, squares) == sd_from_sums(int(n), int(total), int(squares))


def test_sd_from_sums_is_zero_where_rounded_squares_fall_short():
    assert sd_from_sums(2, 6, 17) == 0


# Moore, McCabe and Craig, Introduction to the Practice of Statistics, the textbook formula; t by hand from a table:
# t(9) = 2.262, t(29) = 2.045, t(99) = 1.984.
@pytest.mark.parametrize(("n", "half"), [(10, 2.262 / 10**0.5), (30, 2.045 / 30**0.5), (100, 1.984 / 10)])
def test_mean_interval_is_students(n, half):
    interval = mean_interval(3, 1, n)

    assert (interval.low, interval.high) == pytest.approx((3 - half, 3 + half), abs=1e-3)


@given(ratings.filter(lambda values: len(set(values)) > 1), st.sampled_from([0.8, 0.95, 0.99]))
@steady
def test_mean_interval_agrees_with_scipy(given_ratings, confidence):
    counted = distribution(given_ratings)
    scale = counted.sd / counted.n**0.5
    low, high = t.interval(confidence, counted.n - 1, counted.mean, scale)

    interval = mean_interval(counted.mean, counted.sd, counted.n, confidence)

    assert (interval.low, interval.high) == pytest.approx((max(low, 1), min(high, 5)))


def test_mean_interval_stays_on_the_scale():
    assert mean_interval(4.5, 2, 2) == Interval(1, 5)


@pytest.mark.parametrize(("mean", "sd", "n"), [(4.0, None, 1), (None, None, 0), (4.0, 1.0, 1)])
def test_mean_interval_below_two_is_unknown(mean, sd, n):
    assert mean_interval(mean, sd, n) is None


# The chances have a mean of 4.16 and 4.61; what the docstring of mean_interval owns up to.
@pytest.mark.parametrize(
    ("chances", "n", "covered"),
    [((0.02, 0.04, 0.15, 0.33, 0.46), 30, 0.94), ((0.01, 0.01, 0.06, 0.2, 0.72), 10, 0.84)],
)
def test_mean_interval_is_too_short_when_nearly_all_give_a_five(chances, n, covered):
    drawn = np.random.default_rng(1).multinomial(n, chances, 4000)
    found = [Distribution(*counts) for counts in drawn.tolist()]
    truth = np.dot(chances, range(1, 6))

    low, high = mean_interval_bounds([d.mean for d in found], [d.sd for d in found], n)

    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(covered, abs=0.015)


# Hanley and Lippman-Hand (1983): none in 30 leaves up to 9.5 % (the rule's 3/30 = 10 %), none in 5 up to 45 %.
@pytest.mark.parametrize(("n", "unseen"), [(5, 0.451), (30, 0.095), (100, 0.030)])
def test_mean_interval_without_spread_claims_no_certainty(n, unseen):
    interval = mean_interval(5, 0, n)

    assert interval.high == 5
    assert interval.low == pytest.approx(5 - unseen, abs=1e-3)


def test_standard_error_without_spread_shrinks_with_n_and_never_reaches_zero():
    errors = standard_errors(0, [5, 10, 30, 100, 1000])

    assert (np.diff(errors) < 0).all()
    assert errors[-1] > 0


def test_mean_interval_bounds_equal_mean_interval_one_by_one():
    cells = [(4.2, 0.9, 12), (5.0, 0.0, 7), (1.1, 0.3, 2), (4.0, 0.0, 1), (0.0, 0.0, 0)]

    low, high = mean_interval_bounds(*zip(*cells, strict=True))

    singles = [mean_interval(*cell) for cell in cells]
    assert low[:3].tolist() == pytest.approx([one.low for one in singles[:3]])
    assert high[:3].tolist() == pytest.approx([one.high for one in singles[:3]])
    assert singles[3:] == [None, None]
    assert np.isnan([*low[3:], *high[3:]]).all()


@steady
@given(st.lists(st.lists(st.integers(0, 50), min_size=5, max_size=5), min_size=1, max_size=5))
def test_the_spread_of_many_is_that_of_each(rows):
    each = [Distribution(*row) for row in rows]

    found = spread_of_ratings(np.array(rows, np.int64).T)

    assert found.n.tolist() == [one.n for one in each]
    assert found.mean.tolist() == [one.mean or 0.0 for one in each]
    assert found.sd.tolist() == [one.sd or 0.0 for one in each]
