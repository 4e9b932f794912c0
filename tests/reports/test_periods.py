import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.enums import PeriodShortcut, TrendStep
from reports.periods import (
    FIRST_DAY,
    LAST_DAY,
    Period,
    bucket_start,
    next_bucket,
    sensible_by,
    shortcut_period,
    usual_by,
)

days = st.dates(FIRST_DAY, LAST_DAY)


def test_period_counts_both_ends():
    assert Period(date(2026, 3, 1), date(2026, 3, 31)).days == 31


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(1969, 12, 31), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2200, 1, 1)),
    ],
)
def test_period_refuses_what_is_none(start, end):
    with pytest.raises(ValueError, match="is no period"):
        Period(start, end)


def test_previous_and_next_are_as_long_and_adjoin():
    march = Period(date(2026, 3, 1), date(2026, 3, 31))

    assert march.previous() == Period(date(2026, 1, 29), date(2026, 2, 28))
    assert march.next() == Period(date(2026, 4, 1), date(2026, 5, 1))


def test_there_is_nothing_before_the_first_day_or_after_the_last():
    assert Period(FIRST_DAY, FIRST_DAY).previous() is None
    assert Period(LAST_DAY, LAST_DAY).next() is None


@pytest.mark.parametrize(
    ("by", "start", "following"),
    [
        (TrendStep.DAY, date(2026, 3, 5), date(2026, 3, 6)),
        (TrendStep.WEEK, date(2026, 3, 2), date(2026, 3, 9)),
        (TrendStep.MONTH, date(2026, 3, 1), date(2026, 4, 1)),
        (TrendStep.QUARTER, date(2026, 1, 1), date(2026, 4, 1)),
    ],
)
def test_bucket_starts_on_monday_or_the_first(by, start, following):
    thursday = date(2026, 3, 5)

    assert bucket_start(by, thursday) == start
    assert next_bucket(by, start) == following


def test_december_is_followed_by_january():
    assert next_bucket(TrendStep.MONTH, date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_bucket(TrendStep.QUARTER, date(2026, 10, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "year_before"),
    [
        # Whole months: the same months, whatever their last day is.
        (date(2024, 2, 1), date(2024, 2, 29), (date(2023, 2, 1), date(2023, 2, 28))),
        (date(2025, 2, 1), date(2025, 2, 28), (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2026, 1, 1), date(2026, 3, 31), (date(2025, 1, 1), date(2025, 3, 31))),
        # A February of whole weeks is a month all the same.
        (date(2027, 2, 1), date(2027, 2, 28), (date(2026, 2, 1), date(2026, 2, 28))),
        # Whole ISO weeks: the same weeks.
        (date(2026, 3, 2), date(2026, 3, 8), (date(2025, 3, 3), date(2025, 3, 9))),
        (date(2026, 12, 28), date(2027, 1, 3), (date(2025, 12, 22), date(2025, 12, 28))),
        (date(2021, 1, 4), date(2021, 1, 10), (date(2019, 12, 30), date(2020, 1, 5))),
        # Anything else: the same dates.
        (date(2026, 3, 3), date(2026, 3, 20), (date(2025, 3, 3), date(2025, 3, 20))),
        (date(2024, 2, 29), date(2024, 3, 10), (date(2023, 2, 28), date(2023, 3, 10))),
        (date(2025, 2, 10), date(2025, 2, 28), (date(2024, 2, 10), date(2024, 2, 28))),
    ],
)
def test_the_year_before_has_the_same_months_weeks_or_dates(start, end, year_before):
    assert Period(start, end).year_before() == Period(*year_before)


def test_nothing_is_a_year_before_the_first():
    assert Period(FIRST_DAY, FIRST_DAY).year_before() is None
    assert Period(date(1971, 1, 4), date(1971, 1, 10)).year_before() is None


@given(start=days, length=st.integers(0, 365))
def test_the_year_before_never_overlaps_a_year_or_less(start, length):
    period = Period(start, min(start + timedelta(days=length - 1), LAST_DAY) if length else start)

    before = period.year_before()

    assert before is None or (before.end < period.start and abs(before.days - period.days) <= 7)


def test_periods_overlap_where_they_share_a_day():
    march = Period(date(2026, 3, 1), date(2026, 3, 31))

    assert march.overlaps(Period(date(2026, 3, 31), date(2026, 5, 1)))
    assert march.overlaps(Period(date(2026, 1, 1), date(2026, 12, 31)))
    assert not march.overlaps(Period(date(2026, 4, 1), date(2026, 4, 1)))
    assert not march.overlaps(Period(date(2026, 1, 1), date(2026, 2, 28)))


def test_buckets_are_cut_at_the_ends_of_the_period():
    period = Period(date(2026, 2, 27), date(2026, 3, 10))

    found = list(period.buckets(TrendStep.WEEK, period.start, period.end))

    assert found == [
        (date(2026, 2, 23), Period(date(2026, 2, 27), date(2026, 3, 1))),
        (date(2026, 3, 2), Period(date(2026, 3, 2), date(2026, 3, 8))),
        (date(2026, 3, 9), Period(date(2026, 3, 9), date(2026, 3, 10))),
    ]


@given(start=days, length=st.integers(0, 800), by=st.sampled_from(TrendStep))
def test_buckets_part_the_period_without_gap_or_overlap(start, length, by):
    period = Period(start, min(start + timedelta(days=length), LAST_DAY))

    buckets = [bucket for _start, bucket in period.buckets(by, period.start, period.end)]

    assert buckets[0].start == period.start
    assert buckets[-1].end == period.end
    assert all(one.end + timedelta(days=1) == other.start for one, other in itertools.pairwise(buckets))


@pytest.mark.parametrize(
    ("length", "by"),
    [
        (14, TrendStep.DAY),
        (15, TrendStep.WEEK),
        (190, TrendStep.WEEK),
        (191, TrendStep.MONTH),
        (1830, TrendStep.MONTH),
        (1831, TrendStep.QUARTER),
    ],
)
def test_usual_step_follows_the_length(length, by):
    assert usual_by(length) is by


@pytest.mark.parametrize(
    ("asked", "length", "by"),
    [
        (TrendStep.DAY, 92, TrendStep.DAY),
        (TrendStep.DAY, 93, TrendStep.WEEK),
        (TrendStep.DAY, 4000, TrendStep.MONTH),
        (TrendStep.DAY, 4393, TrendStep.QUARTER),
        (TrendStep.MONTH, 4392, TrendStep.MONTH),
        (TrendStep.QUARTER, 3, TrendStep.QUARTER),
        (TrendStep.WEEK, 732, TrendStep.WEEK),
        (TrendStep.WEEK, 733, TrendStep.MONTH),
        (TrendStep.MONTH, 3, TrendStep.MONTH),
        (None, 3, TrendStep.DAY),
    ],
)
def test_a_carpet_of_points_becomes_coarser(asked, length, by):
    assert sensible_by(asked, length) is by


@pytest.mark.parametrize(
    ("shortcut", "start", "end"),
    [
        (PeriodShortcut.WEEK, date(2026, 1, 9), date(2026, 1, 15)),
        (PeriodShortcut.YEAR_LONG, date(2025, 1, 16), date(2026, 1, 15)),
        (PeriodShortcut.THIS_MONTH, date(2026, 1, 1), date(2026, 1, 15)),
        (PeriodShortcut.LAST_MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        (PeriodShortcut.THIS_YEAR, date(2026, 1, 1), date(2026, 1, 15)),
        (PeriodShortcut.ALL, FIRST_DAY, LAST_DAY),
    ],
)
def test_shortcut_moves_with_the_calendar(shortcut, start, end):
    assert shortcut_period(shortcut, date(2026, 1, 15)) == Period(start, end)
