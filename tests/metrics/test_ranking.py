import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.ranking import WEIGHT, bayesian_mean, overall_mean
from metrics.ratings import Distribution

COUNTS = st.builds(Distribution, *[st.integers(0, 500)] * 5)


def test_bayesian_mean_gives_the_worked_example():
    one, hundred = Distribution(0, 0, 0, 0, 1), Distribution(0, 0, 0, 40, 60)

    assert (one.mean, hundred.mean) == (5, 4.6)
    assert bayesian_mean(one, 4, 10) == pytest.approx(45 / 11)
    assert bayesian_mean(hundred, 4, 10) == pytest.approx(500 / 110)


def test_bayesian_mean_is_the_prior_without_ratings():
    assert bayesian_mean(Distribution(), 3.7) == pytest.approx(3.7)


def test_bayesian_mean_is_in_the_middle_where_the_prior_is_worth_as_much():
    assert bayesian_mean(Distribution(WEIGHT, 0, 0, 0, 0), 3) == pytest.approx(2)


@given(COUNTS, st.floats(1, 5))
def test_bayesian_mean_lies_between_the_prior_and_the_mean(ratings, prior):
    mean = ratings.mean or prior

    assert min(prior, mean) - 1e-9 <= bayesian_mean(ratings, prior) <= max(prior, mean) + 1e-9


def test_a_prior_without_weight_is_refused():
    with pytest.raises(ValueError, match="weight 0"):
        bayesian_mean(Distribution(), 3, 0)


def test_overall_mean_counts_each_rating_once():
    assert overall_mean([Distribution(1, 0, 0, 0, 0), Distribution(0, 0, 0, 0, 3)]) == 4
    assert overall_mean([Distribution()]) is None
