import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from metrics.comparison import (
    Change,
    Verdict,
    change_in_mean,
    change_in_share,
    changes_in_mean,
    changes_in_share,
    needed_per_side,
    verdicts_between,
)
from metrics.dimensions import DimensionSums, response_score
from metrics.intervals import Interval
from metrics.ratings import Distribution, spread_of_ratings

steady = settings(derandomize=True, deadline=None, max_examples=100)
distributions = st.tuples(*[st.integers(0, 30)] * 5).map(lambda counts: Distribution(*counts))
comparable = distributions.filter(lambda d: d.n >= 5 and d.sd)


def of_share(satisfied, n):
    return Distribution(n2=n - satisfied, n5=satisfied)


def listed(distribution):
    return np.repeat(np.arange(1, 6), distribution.counts)


def assert_same(change, other):
    """Equal but for the last digits."""
    assert change.verdict == other.verdict
    for name in ("difference", "p_value"):
        assert getattr(change, name) == pytest.approx(getattr(other, name), abs=1e-12)
    if change.interval != other.interval:
        assert change.interval.low == pytest.approx(other.interval.low, abs=1e-12)
        assert change.interval.high == pytest.approx(other.interval.high, abs=1e-12)


# 20 ratings a side by hand: means 4.2 and 3.4, sd 0.767772 and 1.142481 (variances 11.2 / 19 and 24.8 / 19).
def test_change_in_mean_by_hand():
    now, before = Distribution(0, 0, 4, 8, 8), Distribution(1, 4, 4, 8, 3)

    change = change_in_mean(now, before)

    assert change.difference == pytest.approx(0.8)
    assert change.verdict == Verdict.HIGHER
    error = ((11.2 / 19 + 24.8 / 19) / 20) ** 0.5
    assert (change.interval.high - change.interval.low) / 2 == pytest.approx(2.0345 * error, rel=1e-3)


@given(comparable, comparable)
@steady
def test_change_in_mean_is_scipys_welch_test(now, before):
    welch = stats.ttest_ind(listed(now), listed(before), equal_var=False)
    expected = welch.confidence_interval(0.95)

    change = change_in_mean(now, before)

    assert change.p_value == pytest.approx(welch.pvalue)
    ends = max(expected.low, -4), min(expected.high, 4)
    assert (change.interval.low, change.interval.high) == pytest.approx(ends)


@given(comparable, comparable)
@steady
def test_swapping_the_sides_turns_the_sign_and_the_verdict(now, before):
    opposite = {Verdict.HIGHER: Verdict.LOWER, Verdict.LOWER: Verdict.HIGHER}

    for compare in (change_in_mean, change_in_share):
        there, back = compare(now, before), compare(before, now)
        turned = Interval(-back.interval.high, -back.interval.low)
        verdict = opposite.get(back.verdict, back.verdict)
        assert_same(there, Change(-back.difference, turned, back.p_value, verdict))


def test_positive_means_higher_now():
    good, bad = Distribution(0, 1, 2, 10, 30), Distribution(30, 10, 2, 1, 0)

    for compare in (change_in_mean, change_in_share):
        assert (compare(good, bad).difference > 0, compare(good, bad).verdict) == (True, Verdict.HIGHER)
        assert (compare(bad, good).difference < 0, compare(bad, good).verdict) == (True, Verdict.LOWER)


def test_change_in_mean_of_dimensions_counts_responses_not_ratings():
    now = [[5, 5, 5, 5], [4, 4, 4, 4], [5, 5, 5, 5], [3, 3, 3, 3], [5, 5, 5, 5]]
    before = [[4, 4, 4, 4], [3, 3, 3, 3], [2, 2, 2, 2], [5, 5, 5, 5], [3, 3, 3, 3]]
    sides = [DimensionSums.of(response_score(one, [1] * 4) for one in side) for side in (now, before)]
    ones = [Distribution(0, 0, 1, 1, 3), Distribution(0, 1, 2, 1, 1)]

    assert_same(change_in_mean(*sides), change_in_mean(*ones))
    assert_same(change_in_share(*sides), change_in_share(*ones))


# Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10 (without continuity correction).
@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_change_in_share_gives_newcombes_intervals(now, before, low, high):
    change = change_in_share(of_share(*now), of_share(*before))

    assert (change.interval.low, change.interval.high) == pytest.approx((low, high), abs=6e-5)


def test_change_in_share_tests_with_the_pooled_score_test():
    change = change_in_share(of_share(56, 70), of_share(48, 80))

    z, _ = proportions_ztest([56, 48], [70, 80])
    corrected = z * ((150 - 1) / 150) ** 0.5
    assert change.p_value == pytest.approx(2 * stats.norm.sf(corrected))
    assert change.verdict == Verdict.HIGHER


@pytest.mark.parametrize("satisfied", [0, 10])
def test_no_difference_in_share_where_all_or_none_are_satisfied(satisfied):
    change = change_in_share(of_share(satisfied, 10), of_share(satisfied, 10))

    assert (change.difference, change.p_value, change.verdict) == (0, 1, Verdict.NO_EVIDENCE)


def test_no_spread_on_either_side_still_has_an_interval():
    same = change_in_mean(Distribution(n5=10), Distribution(n5=10))
    other = change_in_mean(Distribution(n5=5), Distribution(n4=5))

    assert (same.difference, same.verdict) == (0, Verdict.NO_EVIDENCE)
    assert same.interval.low < 0 < same.interval.high
    assert other.p_value == pytest.approx(2 * stats.t.sf(1 / (2**0.5 * 0.4507 / 2.7764), 8), rel=1e-3)
    assert other.interval.low == pytest.approx(1 - 2.306 * 2**0.5 * 0.4507 / 2.7764, abs=1e-3)  # t(8), t(4)


@pytest.mark.parametrize("compare", [change_in_mean, change_in_share])
@pytest.mark.parametrize("sides", [(4, 100), (100, 4), (0, 0)])
def test_too_few_on_a_side_shows_nothing(compare, sides):
    now, before = (Distribution(n1=n // 2, n5=n - n // 2) for n in sides)

    assert compare(now, before) == Change(None, None, None, Verdict.TOO_FEW)


def test_the_minimum_is_the_callers_but_a_spread_needs_two():
    two, one = Distribution(n3=1, n5=1), Distribution(n5=1)

    assert change_in_mean(two, two, minimum=1).verdict == Verdict.NO_EVIDENCE
    assert change_in_mean(one, two, minimum=1).verdict == Verdict.TOO_FEW
    assert change_in_share(one, two, minimum=1).verdict == Verdict.NO_EVIDENCE
    assert change_in_share(one, Distribution(), minimum=0).verdict == Verdict.TOO_FEW
    assert change_in_mean(two, two, minimum=3).verdict == Verdict.TOO_FEW


@pytest.mark.parametrize(
    ("single", "many"), [(change_in_mean, changes_in_mean), (change_in_share, changes_in_share)]
)
def test_many_changes_equal_each_in_place(single, many):
    rng = np.random.default_rng(4)
    pairs = [tuple(Distribution(*side) for side in rng.integers(0, 4, (2, 5)).tolist()) for _ in range(40)]
    pairs += [
        (Distribution(n1=9, n5=3), Distribution(n1=1, n5=30)),
        (Distribution(n4=9, n5=9), Distribution(9, 9)),
    ]

    changes = many(pairs)

    for change, pair in zip(changes, pairs, strict=True):
        assert_same(change, single(*pair))
    assert {change.verdict for change in changes} == set(Verdict)
    assert many([]) == []


# Near the limit: by the interval alone the first, by the p value alone the second would be a change.
@pytest.mark.parametrize(("now", "before"), [((4, 5), (2, 8)), ((2, 5), (0, 9))])
def test_a_verdict_needs_the_interval_and_the_p_value(now, before):
    change = change_in_share(of_share(*now), of_share(*before))

    assert (0 in change.interval) != (change.p_value >= 0.05)
    assert change.verdict == Verdict.NO_EVIDENCE


def test_a_difference_of_means_stays_within_the_scale():
    change = change_in_mean(Distribution(n1=1, n5=4), Distribution(n1=4, n5=1))

    assert (change.interval.high, change.verdict) == (4, Verdict.NO_EVIDENCE)


@given(distributions, distributions)
@steady
def test_a_verdict_never_contradicts_its_interval_or_p_value(now, before):
    for compare in (change_in_mean, change_in_share):
        change = compare(now, before)
        if change.verdict in {Verdict.HIGHER, Verdict.LOWER}:
            assert 0 not in change.interval
            assert change.p_value < 0.05
            assert (change.difference > 0) == (change.verdict == Verdict.HIGHER)


def same_people(rng, times, n):
    """Dimension sums of `times` samples of n responses of four alike ratings, all from one population."""
    latent = rng.normal(size=(times, n, 1)) + rng.normal(size=(times, n, 4))
    ratings = 1 + np.searchsorted([-2.2, -1.2, -0.2, 1.0], latent)
    means, shares = ratings.sum(-1) * 250_000, (ratings >= 4).sum(-1) * 250_000
    columns = [column.sum(-1).tolist() for column in (means, means**2 // 1000, shares, shares**2 // 1000)]
    return [DimensionSums(n, *row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("many", [changes_in_mean, changes_in_share])
@pytest.mark.parametrize("sizes", [(10, 40), (30, 30)])
def test_nothing_changed_is_called_a_change_in_about_one_of_twenty(many, sizes):
    rng = np.random.default_rng(5)

    changes = many(list(zip(*(same_people(rng, 2000, n) for n in sizes), strict=True)))

    false_alarms = sum(change.verdict != Verdict.NO_EVIDENCE for change in changes) / len(changes)
    assert 0.03 <= false_alarms <= 0.07


# FIELD.md.
@pytest.mark.parametrize(("p1", "p2", "needed"), [(0.8, 0.9, 199), (0.8, 0.85, 905), (0.8, 0.82, 6039)])
def test_needed_per_side_gives_the_published_numbers(p1, p2, needed):
    assert needed_per_side(p1, p2) == needed
    assert needed_per_side(p2, p1) == needed


def test_needed_per_side_grows_with_what_is_asked_until_nothing_suffices():
    assert needed_per_side(0.8, 0.9, power=0.9) > 199
    assert needed_per_side(0.8, 0.9, confidence=0.99) > 199
    assert needed_per_side(0.8, 0.8) is None


def test_needed_per_side_does_give_that_power():
    rng = np.random.default_rng(7)
    now, before = rng.binomial(199, [[0.9], [0.8]], (2, 3000)).tolist()

    changes = changes_in_share(
        [(of_share(a, 199), of_share(b, 199)) for a, b in zip(now, before, strict=True)]
    )

    seen = sum(change.verdict == Verdict.HIGHER for change in changes) / len(changes)
    assert seen == pytest.approx(0.8, abs=0.025)


@given(st.lists(st.tuples(distributions, distributions), max_size=8))
@steady
def test_verdicts_between_are_those_of_changes_in_mean(pairs):
    """Also of sides that are too small, of some that are all alike, and of none at all."""
    sides = [
        spread_of_ratings(np.array([pair[side].counts for pair in pairs], np.int64).reshape(-1, 5).T)
        for side in (0, 1)
    ]

    found = verdicts_between(*sides)

    changes = changes_in_mean(pairs)
    assert [verdict for verdict, _p_value in found] == [change.verdict for change in changes]
    assert [p_value for _verdict, p_value in found] == pytest.approx([change.p_value for change in changes])
