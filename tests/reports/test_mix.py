from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.choice import Facet
from reports.enums import TrendStep
from reports.filters import Filters
from reports.mix import MixTally, mode_marks, tally_modes
from reports.periods import Period
from reports.queries import ModeRow, PieceRow
from reports.results import ModeMark

MONDAY = date(2026, 1, 5)
MODES = Facet("mode", None, {})
MINIMUM = 5


def weeks(*mixes, outside=0):
    by_bucket = {MONDAY + timedelta(weeks=at): Counter(mix) for at, mix in enumerate(mixes)}
    return MixTally(by_bucket, Counter({day: mix.total() + outside for day, mix in by_bucket.items()}))


def marks(tally):
    return mode_marks(tally, MONDAY, MODES, [()], MINIMUM)


EARLY, LATE = {"link": 88, "kiosk": 12}, {"link": 55, "kiosk": 45}


def test_a_shift_is_told_with_its_shares():
    assert marks(weeks(*[EARLY] * 6, LATE)) == [
        ModeMark(date(2026, 2, 16), "kiosk", True, pytest.approx(0.12), pytest.approx(0.45))
    ]


@pytest.mark.parametrize(
    "tally",
    [
        weeks(*[{"link": 40, "kiosk": 40}] * 6, {"link": 70, "kiosk": 3}),  # too few others then
        weeks(*[{"link": 40, "kiosk": 30, "paper": 30}] * 6, {"link": 56, "kiosk": 4, "paper": 40}),  # of it
        weeks({"link": 80, "kiosk": 3}, *[{"link": 80}] * 5, {"link": 50, "kiosk": 40}),  # before
    ],
)
def test_shares_of_too_few_are_not_told(tally):
    (found,) = marks(tally)

    assert (found.day, found.before, found.now) == (date(2026, 2, 16), None, None)


def test_points_that_may_not_be_shown_are_not_looked_at():
    filtered = weeks(*[EARLY] * 6, LATE)
    everything = {day: n + (2 if day == date(2026, 2, 16) else 50) for day, n in filtered.everything.items()}

    assert marks(replace(filtered, everything=everything)) == []


def test_a_mode_that_came_for_the_first_time_is_told():
    (found,) = marks(weeks(*[{"link": 80}] * 6, {"link": 40, "kiosk": 40}))

    assert (found.mode, found.before, found.now) == ("kiosk", 0.0, 0.5)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.dictionaries(st.sampled_from(["link", "kiosk", "paper"]), st.integers(0, 40)), max_size=9))
def test_no_share_that_is_told_is_of_a_group_too_small(mixes):
    tally = weeks(*mixes)

    for mark in marks(tally):
        mix = tally.by_bucket[mark.day]
        if mark.now is not None:
            assert not 0 < mix[mark.mode] < MINIMUM
            assert not 0 < mix.total() - mix[mark.mode] < MINIMUM


def test_pieces_are_added_up_to_the_points_of_the_trend():
    filters = Filters(survey="service", period=Period(MONDAY, date(2026, 1, 31)), asked_by=TrendStep.WEEK)
    tuesday = MONDAY + timedelta(days=1)
    modes = [ModeRow(MONDAY, "link", 3), ModeRow(tuesday, "link", 4), ModeRow(tuesday, "kiosk", 5)]
    chosen = [PieceRow(day, 1, True, n, {}) for day, n in ((MONDAY, 3), (tuesday, 9))]

    assert tally_modes(modes, chosen, filters) == MixTally({MONDAY: {"link": 7, "kiosk": 5}}, {MONDAY: 12})
    everything = [*chosen, PieceRow(MONDAY, 1, False, 30, {})]
    assert tally_modes(modes, everything, filters).everything == {MONDAY: 30}
