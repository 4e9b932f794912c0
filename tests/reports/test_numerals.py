from datetime import date

import numpy as np
import pytest
from django.utils import translation

from metrics.intervals import Interval
from reports import numerals
from reports.enums import Comparison, TrendStep
from reports.filters import Filters
from reports.periods import Period


def test_means_have_two_decimals():
    assert numerals.mean(4.3678) == "4.37"


def test_counts_are_grouped():
    assert numerals.count(1204567) == "1,204,567"


def test_shares_are_whole_percent():
    assert (numerals.share(0.874), numerals.percent(0.004)) == ("87 %", "0")


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.125, "13"), (0.115, "12"), (0.575, "58"), (0.005, "1"), (0.0049, "0"), (1 / 3, "33")],
)
def test_shares_are_rounded_half_up(value, written):
    assert numerals.percent(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(0.03124, "0.0312"), (0.00006, "0.0001"), (1e-9, "under 0.0001"), (0.0, "0.0000")]
)
def test_a_small_chance_is_not_none(value, written):
    assert numerals.p_value(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0 %"),
        (8 / 2608, "under 1 %"),
        (0.005, "1 %"),
        (0.9949, "99 %"),
        (2600 / 2608, "over 99 %"),
        (1.0, "100 %"),
    ],
)
def test_few_are_not_none_and_nearly_all_are_not_all(value, written):
    assert numerals.share(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(4.125, "4.13"), (2.675, "2.68"), (4.124, "4.12"), (3, "3.00")]
)
def test_means_are_rounded_half_up(value, written):
    assert numerals.mean(value) == written


def test_numbers_of_numpy_are_written_like_others():
    assert numerals.mean(np.float64(4.125)) == "4.13"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.314, "+0.31"),
        (-0.456, "−0.46"),
        (0.0, "0.00"),
        (-0.001, "0.00"),
        (-0.125, "−0.13"),
        (0.005, "+0.01"),
    ],
)
def test_differences_carry_their_sign(value, written):
    assert numerals.points(value) == written


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [(3.912, 4.22, "3.91 to 4.22"), (3.94, 3.99, "3.94 to 3.99"), (1, 5, "1.00 to 5.00")],
)
def test_intervals_are_as_fine_as_the_mean_between_them(low, high, written):
    assert numerals.span(Interval(low, high)) == written


def test_intervals_of_shares_and_differences():
    assert numerals.share_span(Interval(0.494, 0.943)) == "49 to 94 %"
    assert numerals.points_span(Interval(-0.61, 0.02)) == "−0.61 to +0.02"


def test_an_unknown_interval_is_nothing():
    assert [written(None) for written in (numerals.span, numerals.share_span, numerals.points_span)] == [
        ""
    ] * 3


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), "1 Mar to 31 Mar 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025 to 4 Jan 2026"),
        (date(2026, 3, 1), date(2026, 3, 1), "1 Mar 2026"),
    ],
)
def test_days_name_the_year_once_where_once_is_enough(start, end, written):
    assert numerals.days(Period(start, end)) == written


def test_points_of_a_trend_are_named_by_their_step():
    period = Period(date(2026, 3, 2), date(2026, 3, 8))

    assert numerals.bucket(period, TrendStep.MONTH) == "Mar 2026"
    assert numerals.bucket(period, TrendStep.WEEK) == "2 Mar to 8 Mar 2026"
    assert numerals.bucket_start(period, TrendStep.MONTH) == "Mar 2026"
    assert numerals.bucket_start(period, TrendStep.WEEK) == "2 Mar"
    assert numerals.bucket(period, TrendStep.QUARTER) == "Q1 2026"
    assert (
        numerals.bucket_start(Period(date(2026, 10, 1), date(2026, 12, 31)), TrendStep.QUARTER) == "Q4 2026"
    )


@pytest.mark.parametrize(
    ("compare", "chosen_days", "words"),
    [
        (Comparison.PREVIOUS, None, "29 Jan to 28 Feb 2026"),
        (Comparison.NONE, None, ""),
        (
            Comparison.CHOSEN,
            Period(date(2025, 1, 1), date(2025, 1, 9)),
            "1 Jan to 9 Jan 2025 (9 days against 31)",
        ),
    ],
)
def test_days_compared_with_say_when_they_are_another_number(compare, chosen_days, words):
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    filters = Filters(survey="service", period=march, compare=compare, chosen_days=chosen_days)

    assert numerals.compared_days(filters) == words


def test_numbers_follow_the_readers_language():
    with translation.override("cs"):
        assert numerals.mean(4.3678) == "4,37"
        assert numerals.count(1204) == "1\N{NO-BREAK SPACE}204"


@pytest.mark.parametrize(("value", "shown"), [(0.0124, "+0.012"), (-0.0005, "−0.001"), (0.0004, "0.000")])
def test_a_small_difference_has_three_digits(value, shown):
    assert numerals.fine_points(value) == shown


def test_a_p_value_has_four_digits():
    assert numerals.p_value(0.03125) == "0.0313"
