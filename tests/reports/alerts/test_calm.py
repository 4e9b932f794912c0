from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.alerts.calm import Reading, Standing, against, judged
from reports.enums import AlertState

START = datetime(2026, 3, 1, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(st.sampled_from(Reading), st.timedeltas(timedelta(minutes=1), timedelta(hours=30))), max_size=60
)


def told(steps, hours):
    """(moment, reading, whether it was told) of each look."""
    standing, now, looks = Standing(), START, []
    for reading, pause in steps:
        now += pause
        standing, is_told = judged(standing, reading, hours=hours, now=now)
        looks.append((now, reading, is_told))
    return looks


@given(steps=STEPS, hours=st.integers(1, 72))
def test_between_two_mails_lie_the_hours_of_calm_or_something_good(steps, hours):
    looks = told(steps, hours)
    mails = [at for at, (_now, _reading, is_told) in enumerate(looks) if is_told]

    for one, other in pairwise(mails):
        between = {reading for _now, reading, _told in looks[one + 1 : other]}
        assert looks[other][0] - looks[one][0] >= timedelta(hours=hours) or Reading.GOOD in between


@given(steps=STEPS, hours=st.integers(1, 72))
def test_only_what_is_bad_is_told_and_the_first_of_it_always(steps, hours):
    is_news = True
    for _now, reading, is_told in told(steps, hours):
        if is_told:
            assert reading is Reading.BAD
        if reading is Reading.BAD:
            assert is_told or not is_news
            is_news = False
        elif reading is Reading.GOOD:
            is_news = True


@given(steps=STEPS, hours=st.integers(1, 72))
def test_what_stays_bad_is_told_again_at_the_first_look_after_the_hours(steps, hours):
    last, was_good = None, True
    for now, reading, is_told in told(steps, hours):
        if reading is Reading.BAD and last and not was_good:
            assert is_told == (now - last >= timedelta(hours=hours))
        if is_told:
            last, was_good = now, False
        if reading is Reading.GOOD:
            was_good = True


@pytest.mark.parametrize(
    ("value", "is_below", "reading"),
    [
        (2.99, True, Reading.BAD),
        (3.0, True, Reading.UNCLEAR),
        (3.09, True, Reading.UNCLEAR),
        (3.11, True, Reading.GOOD),
        (3.01, False, Reading.BAD),
        (3.0, False, Reading.UNCLEAR),
        (2.89, False, Reading.GOOD),
    ],
)
def test_good_is_good_by_a_margin(value, is_below, reading):
    assert against(value, 3.0, margin=0.1, is_below=is_below) is reading


def test_what_says_nothing_changes_nothing():
    raised = Standing(AlertState.RAISED, START)

    for reading in (Reading.UNCLEAR, Reading.NOTHING):
        assert judged(raised, reading, hours=1, now=START + timedelta(days=9)) == (raised, False)
