import math
import statistics
from dataclasses import astuple
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from metrics.dimensions import (
    DimensionSums,
    ResponseScore,
    effective_sizes,
    mean_intervals,
    response_score,
    share_intervals,
    spread_of_sums,
)
from metrics.proportions import wilson

steady = settings(derandomize=True, deadline=None, max_examples=100)
answered = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), max_size=20)
responses = st.lists(
    st.lists(st.integers(1, 5), min_size=1, max_size=5).map(lambda r: response_score(r, [1] * len(r))),
    max_size=30,
)


def sums_of(responses_ratings):
    return DimensionSums.of(response_score(ratings, [1] * len(ratings)) for ratings in responses_ratings)


# By hand: (2*5 + 1*4 + 1*3) / 4 = 4.25, satisfied weight 3 of 4; 4.25^2 = 18.0625, 0.75^2 = 0.5625.
def test_response_score_weighs_ratings():
    assert response_score([5, 4, 3], [2, 1, 1]) == ResponseScore(
        4_250_000, 18_062_500_000, 750_000, 562_500_000
    )


# 8/3 = 2.666666.6 -> 2666667, its square 7.111112888889 -> 7111112888 rounded down; 1/3 -> 333333, 0.111110888.
def test_response_score_rounds_means_half_up_and_squares_down():
    assert response_score([2, 2, 4], [1, 1, 1]) == ResponseScore(
        2_666_667, 7_111_112_888, 333_333, 111_110_888
    )


def test_response_score_rounds_an_exact_half_up():
    ratings, weights = [1, 4], [1_999_999, 1]  # 1.0000015 and 0.0000005

    score = response_score(ratings, weights)

    assert (score.mean, score.share) == (1_000_002, 1)


@given(answered)
@steady
def test_response_score_is_the_exact_mean_rounded(pairs):
    ratings, weights = [rating for rating, _ in pairs], [weight for _, weight in pairs]
    total = sum(weights)

    score = response_score(ratings, weights)

    if total == 0:
        assert score is None
        return
    mean = Fraction(sum(w * r for r, w in pairs), total)
    share = Fraction(sum(w for r, w in pairs if r >= 4), total)
    assert score.mean == math.floor(mean * 10**6 + Fraction(1, 2))
    assert score.share == math.floor(share * 10**6 + Fraction(1, 2))
    assert (score.mean_square, score.share_square) == (score.mean**2 // 1000, score.share**2 // 1000)


@pytest.mark.parametrize(
    ("ratings", "weights"), [([0], [1]), ([6], [1]), ([3], [-1]), ([3], [1, 1]), ([3, 3], [1])]
)
def test_response_score_refuses_what_cannot_be(ratings, weights):
    with pytest.raises(ValueError, match=r"Ratings are|shorter|longer"):
        response_score(ratings, weights)


@given(responses, responses)
@steady
def test_sums_add_up_to_the_sums_of_all(some, others):
    assert DimensionSums.of(some) + DimensionSums.of(others) == DimensionSums.of(some + others)


@given(responses.filter(lambda scores: len(scores) > 1))
@steady
def test_mean_sd_and_share_are_those_of_the_responses(scores):
    sums = DimensionSums.of(scores)

    assert sums.n == len(scores)
    assert sums.mean == pytest.approx(statistics.fmean(score.mean / 1e6 for score in scores))
    assert sums.share_satisfied == pytest.approx(statistics.fmean(score.share / 1e6 for score in scores))
    assert sums.sd == pytest.approx(statistics.stdev(score.mean / 1e6 for score in scores), abs=5e-5)


def test_numpys_integers_do_not_overflow():
    million = [1_000_000 * part for part in astuple(sums_of([[5, 1], [5, 5], [2, 4]]))]
    plain, typed = DimensionSums(*million), DimensionSums(*np.array(million, np.int64))

    assert (typed.sd, typed.effective_n()) == (plain.sd, plain.effective_n())


def test_a_long_response_counts_no_more_than_a_short_one():
    assert sums_of([[1], [5, 5, 5, 5, 5]]).mean == 3.0


def test_nobody_answered_means_unknown_not_zero():
    empty = DimensionSums()

    assert (empty.mean, empty.sd, empty.share_satisfied) == (None, None, None)
    assert (empty.mean_interval(), empty.share_interval(), empty.effective_n()) == (None, None, 0)


def test_one_response_has_a_score_and_a_share_interval_only():
    one = sums_of([[5, 4, 2]])

    assert (one.sd, one.mean_interval(), one.effective_n()) == (None, None, 1)
    assert one.share_interval() == wilson(one.share_satisfied, 1)


@pytest.mark.parametrize(
    "sums", [(1, 5_000_001, 0, 0, 0), (1, 999_999, 0, 0, 0), (0, 0, 0, 1, 0), (-1, 0, 0, 0, 0)]
)
def test_sums_that_no_responses_add_up_to_are_refused(sums):
    with pytest.raises(ValueError, match="No responses"):
        DimensionSums(*sums)


@given(st.integers(0, 200), st.integers(0, 200))
@steady
def test_one_question_a_dimension_gives_plain_wilson(satisfied, others):
    sums = DimensionSums.of([response_score([5], [1])] * satisfied + [response_score([2], [1])] * others)

    assert sums.effective_n() == satisfied + others
    assert sums.share_interval() == wilson(satisfied, satisfied + others)


@given(responses)
@steady
def test_effective_n_is_never_below_n(scores):
    assert DimensionSums.of(scores).effective_n() >= len(scores)


@pytest.mark.parametrize("shares", [[0.5] * 10, [1] * 10, [0] * 10])
def test_effective_n_without_spread_is_n(shares):
    scores = [ResponseScore(3_000_000, 9_000_000_000, int(p * 1e6), int(p * p * 1e9)) for p in shares]

    assert DimensionSums.of(scores).effective_n() == 10


# By hand: shares 0.25 and 0.75, five each: p = 0.5, s^2 = 10 * 0.0625 / 9 = 0.069444, n p (1 - p) / s^2 = 36;
# (1.959964 / t(9) = 2.262157)^2 = 0.750667; together 27.024.
def test_effective_n_of_fractional_shares_by_hand():
    sums = sums_of([[5, 1, 1, 1], [5, 5, 5, 1]] * 5)

    assert sums.effective_n() == pytest.approx(27.024, abs=1e-3)
    assert sums.share_interval() == wilson(sums.effective_n() / 2, sums.effective_n())


def test_mean_interval_by_hand_from_the_spread_between_responses():
    sums = sums_of(
        [[4, 4], [4, 5], [5, 5], [3, 4], [4, 4]]
    )  # 4, 4.5, 5, 3.5, 4: sd 0.570088, t(4) = 2.776445

    half = 2.776445 * 0.570088 / 5**0.5

    interval = sums.mean_interval()
    assert (interval.low, interval.high) == pytest.approx((4.2 - half, 4.2 + half), abs=1e-5)


def test_intervals_of_many_cells_equal_those_of_each():
    cells = [DimensionSums(), sums_of([[4]]), sums_of([[5, 5], [5]]), sums_of([[1, 5], [4, 4, 2], [3]])]

    for many, single in (
        (mean_intervals(cells), [cell.mean_interval() for cell in cells]),
        (share_intervals(cells), [cell.share_interval() for cell in cells]),
    ):
        assert [one is None for one in many] == [one is None for one in single]
        known = [(a, b) for a, b in zip(many, single, strict=True) if a]
        assert [a.low for a, _ in known] == pytest.approx([b.low for _, b in known])
        assert [a.high for a, _ in known] == pytest.approx([b.high for _, b in known])


CUTS = {"balanced": (-1.5, -0.8, -0.1, 0.8), "satisfied": (-2.0, -1.5, -0.8, 0.1)}


def simulate(cuts, *, n, items, alike, seed, times=3000):
    """Ratings of `times` samples of n responses, a latent person effect with variance `alike` of 1; true values."""
    rng = np.random.default_rng(seed)
    person = rng.normal(size=(times, n, 1)) * alike**0.5
    ratings = 1 + np.searchsorted(cuts, person + rng.normal(size=(times, n, items)) * (1 - alike) ** 0.5)
    chances = np.diff(norm.cdf([-np.inf, *cuts, np.inf]))
    return ratings, float(chances @ np.arange(1, 6)), float(chances[3:].sum())


def summed(ratings):
    """The vectorised twin of `response_score` with equal weights."""
    items = ratings.shape[-1]
    means = (ratings.sum(-1) * 10**6 + items // 2) // items
    shares = ((ratings >= 4).sum(-1) * 10**6 + items // 2) // items
    columns = (means, means**2 // 1000, shares, shares**2 // 1000)
    sums = np.stack([column.sum(-1) for column in columns], axis=-1).tolist()
    return [DimensionSums(ratings.shape[1], *row) for row in sums]


def coverage(found, truth):
    return sum(truth in interval for interval in found) / len(found)


@pytest.mark.parametrize("alike", [0.2, 0.5, 0.7])
@pytest.mark.parametrize("n", [10, 30, 100])
@pytest.mark.parametrize("people", CUTS)
def test_intervals_cover_the_truth_when_ratings_of_a_response_are_alike(people, n, alike):
    ratings, mean, share = simulate(CUTS[people], n=n, items=4, alike=alike, seed=n)

    sums = summed(ratings)

    assert 0.92 <= coverage(mean_intervals(sums), mean) <= 0.98
    assert 0.92 <= coverage(share_intervals(sums), share) <= 0.98


def test_counting_ratings_as_independent_would_not_cover_it():
    ratings, _, share = simulate(CUTS["balanced"], n=30, items=5, alike=0.5, seed=1, times=1000)
    satisfied = (ratings >= 4).sum((1, 2)).tolist()

    assert coverage([wilson(count, 150) for count in satisfied], share) < 0.85


def test_more_questions_make_the_share_more_certain_than_one():
    ratings, _, _ = simulate(CUTS["balanced"], n=100, items=5, alike=0.3, seed=2, times=200)

    sizes = [sums.effective_n() for sums in summed(ratings)]

    assert 150 < statistics.median(sizes) < 350


def test_simulated_sums_are_those_of_the_reference_scorer():
    ratings, _, _ = simulate(CUTS["satisfied"], n=20, items=3, alike=0.5, seed=3, times=20)

    assert summed(ratings) == [sums_of(sample) for sample in ratings.tolist()]


def test_many_effective_sizes_are_those_of_one_by_one():
    sums = [
        DimensionSums(),
        DimensionSums.of([response_score([5], [1])]),
        DimensionSums.of(response_score([rating, 4], [1, 1]) for rating in (1, 2, 3, 5, 5)),
        DimensionSums.of(response_score([5], [1]) for _ in range(9)),
    ]

    assert effective_sizes(sums) == [one.effective_n() for one in sums]
    assert effective_sizes(sums)[3] == 9.0


def test_the_spread_of_many_is_that_of_each_beyond_64_bits_too():
    chance = np.random.default_rng(3)
    scores = [response_score([int(one)], [1]) for one in chance.integers(1, 6, 500)]
    each = [DimensionSums.of(scores[:n]) for n in (0, 1, 2, 500)]
    each.append(DimensionSums(*(200_000 * value for value in astuple(each[-1]))))

    found = spread_of_sums(np.array([astuple(one) for one in each], np.int64).T)

    assert found.n.tolist() == [one.n for one in each]
    assert found.mean.tolist() == [one.mean or 0.0 for one in each]
    assert found.sd.tolist() == [one.sd or 0.0 for one in each]
