import pytest

from metrics.dimensions import DimensionSums, mean_intervals, response_score, share_intervals
from metrics.ratings import Distribution
from reports.results import Computed, Empty, Withheld
from reports.scores import scored


def sums(*ratings):
    return DimensionSums.of(response_score([rating], [1]) for rating in ratings)


def test_each_key_gets_its_score_or_the_reason_why_not():
    found = scored(
        {"all": sums(5, 5, 4, 3, 1), "few": sums(5, 5), "beside": sums(5, 5, 4, 3, 1), "none": sums()},
        {"beside"},
        5,
    )

    assert {key: type(score) for key, score in found.items()} == {
        "all": Computed,
        "few": Withheld,
        "beside": Withheld,
        "none": Empty,
    }


def test_intervals_are_those_of_the_statistics():
    one = sums(5, 5, 4, 3, 1, 2)

    score = scored({"it": one}, set(), 5)["it"]

    assert (score.n, score.mean, score.share) == (6, one.mean, one.share_satisfied)
    assert [score.interval] == mean_intervals([one])
    assert [score.share_interval] == share_intervals([one])
    assert score.effective_n == one.effective_n()


def test_eight_of_ten_give_49_to_94_percent():
    score = scored({"it": Distribution(n1=2, n5=8)}, set(), 5)["it"]

    assert (score.share_interval.low, score.share_interval.high) == pytest.approx((0.490, 0.943), abs=5e-4)
    assert score.ratings == Distribution(n1=2, n5=8)
