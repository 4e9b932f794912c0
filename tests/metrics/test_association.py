from math import atanh, sqrt, tanh

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from metrics.association import LEAST_PAIRS, Association, rank_correlation

# A textbook's example (intelligence and hours of television a week): rho = -29 / 165.
IQ = [86, 97, 99, 100, 101, 103, 106, 110, 112, 113]
HOURS = [2, 20, 28, 27, 50, 29, 7, 17, 6, 12]


def test_a_worked_example():
    found = rank_correlation(IQ, HOURS)

    half = 1.959964 * sqrt((1 + (29 / 165) ** 2 / 2) / 7)
    assert found.n == 10
    assert found.rho == pytest.approx(-29 / 165)
    assert found.p_value == pytest.approx(0.6272, abs=1e-4)
    assert found.interval.low == pytest.approx(tanh(atanh(-29 / 165) - half), abs=1e-6)
    assert found.interval.high == pytest.approx(tanh(atanh(-29 / 165) + half), abs=1e-6)


@pytest.mark.parametrize(
    ("first", "second"),
    [(IQ[:9], HOURS[:9]), ([3] * 20, range(20)), (range(20), [5] * 20), ([], [])],
    ids=["too few", "first never varies", "second never varies", "none"],
)
def test_nothing_is_said_where_nothing_is_known(first, second):
    assert rank_correlation(list(first), list(second)) == Association(len(list(first)))


def test_always_in_the_same_order_has_no_interval():
    assert rank_correlation(range(12), range(12)) == Association(12, 1.0, None, 0.0)
    assert rank_correlation(range(12), range(12)[::-1]).rho == -1


def test_pairs_have_two_sides():
    with pytest.raises(ValueError, match="no pairs"):
        rank_correlation([1, 2], [1])


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=LEAST_PAIRS, max_size=60))
def test_it_lies_within_its_interval_and_is_the_same_both_ways(pairs):
    first, second = zip(*pairs, strict=True)

    found, turned = rank_correlation(first, second), rank_correlation(second, first)

    assert found.rho == pytest.approx(turned.rho) if found.rho is not None else turned.rho is None
    if found.interval is not None:
        assert -1 <= found.interval.low <= found.rho <= found.interval.high <= 1


@pytest.mark.parametrize("strength", [0.0, 0.5, 0.8])
def test_the_interval_covers_what_it_should_also_with_ratings(strength):
    """Ratings from 1 to 5 with their many ties, 100 pairs; the truth is that of very many."""
    chance = np.random.default_rng(20261126)

    def ratings(n):
        shared = chance.standard_normal((n, 1))
        both = sqrt(strength) * shared + sqrt(1 - strength) * chance.standard_normal((n, 2))
        return np.digitize(both, [-1.5, -0.8, 0.0, 0.9]) + 1

    truth = spearmanr(ratings(400_000)).statistic
    found = [rank_correlation(*ratings(100).T).interval for _series in range(600)]

    assert 0.92 <= np.mean([truth in interval for interval in found]) <= 0.98
