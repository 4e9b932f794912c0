import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from metrics.mix import LEAST_BEFORE, Shift, chance, shifts

NAMES = ("link", "kiosk", "paper", "invitation")
SHARES = (0.5, 0.2, 0.15, 0.15)
WEEKS = 26
SERIES = 400


def series(rng, n, shares=SHARES, *, spread=None):
    """Weeks of one mix; `spread`: how much it varies from week to week by itself (Dirichlet), the less the more."""
    for _week in range(WEEKS):
        mix = rng.dirichlet(np.array(shares) * spread) if spread else shares
        yield dict(zip(NAMES, map(int, rng.multinomial(n, mix)), strict=True))


def test_chance_is_pearsons_where_the_weeks_before_are_alike():
    """Two rows of Agresti, Categorical Data Analysis (2013), sec. 3.2: here by scipy itself."""
    before, now = [{"link": 60, "kiosk": 40}] * 5, {"link": 35, "kiosk": 65}

    expected = chi2_contingency([[300, 200], [35, 65]], correction=False).pvalue

    assert chance(before, now) == pytest.approx(expected)


def test_weeks_that_vary_by_themselves_count_for_less():
    alike = [{"link": 60, "kiosk": 40}] * 6
    uneven = [{"link": 80, "kiosk": 20}, {"link": 40, "kiosk": 60}] * 3
    now = {"link": 35, "kiosk": 65}

    assert chance(alike, now) < 0.001
    assert chance(uneven, now) > 0.1


def test_categories_too_rare_are_taken_together_and_a_new_one_is_still_seen():
    before = [{"link": 100, "paper": 1, "phone": 1}] * 5

    assert chance(before, {"link": 99, "paper": 2, "phone": 1}) > 0.05
    assert chance(before, {"link": 50, "kiosk": 50}) < 1e-9
    assert chance([{"link": 9}] * 5, {"link": 9}) == 1.0


def test_a_shift_names_what_moved_most_and_what_follows_is_held_against_it():
    early, late = {"link": 70, "kiosk": 12, "paper": 18}, {"link": 45, "kiosk": 45, "paper": 10}

    found = shifts([*[early] * 8, None, *[late] * 8, *[early] * 3])

    assert found == [
        Shift(9, 0, "kiosk", pytest.approx(0.12), pytest.approx(0.45)),
        Shift(17, 9, "kiosk", pytest.approx(0.45), pytest.approx(0.12)),
    ]


def test_what_nobody_would_notice_is_no_shift():
    assert shifts([*[{"link": 50_000, "kiosk": 50_000}] * 8, {"link": 55_000, "kiosk": 45_000}]) == []


@given(st.lists(st.none() | st.dictionaries(st.sampled_from(NAMES), st.integers(0, 30)), max_size=12))
def test_any_counts_can_be_looked_at(buckets):
    assert all(buckets[shift.at] and shift.at > shift.since for shift in shifts(buckets))
    assert shifts(buckets[:LEAST_BEFORE]) == []


@pytest.mark.parametrize(
    ("n", "shares", "spread"),
    [
        (20, SHARES, None),
        (60, SHARES, None),
        (200, SHARES, None),
        (60, (0.9, 0.06, 0.03, 0.01), None),
        (60, SHARES, 40),
        (500, SHARES, 40),
    ],
)
def test_a_mix_that_stays_the_same_has_a_shift_in_one_series_of_twenty_at_most(n, shares, spread):
    rng = np.random.default_rng(n)

    alarms = sum(bool(shifts(list(series(rng, n, shares, spread=spread)))) for _one in range(SERIES))

    # Three standard errors above 0.05 of so many series.
    assert alarms / SERIES <= 0.05 + 3 * (0.05 * 0.95 / SERIES) ** 0.5


def test_a_kiosk_that_was_put_up_is_found():
    rng = np.random.default_rng(7)
    found = 0
    for _one in range(100):
        weeks = list(series(rng, 60))
        weeks[13:] = list(series(rng, 60, (0.3, 0.5, 0.1, 0.1)))[13:]
        found += any((shift.at, shift.category) == (13, "kiosk") for shift in shifts(weeks))

    assert found >= 75
