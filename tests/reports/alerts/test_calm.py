from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.alerts.calm import Reading, Standing, Tidings, against, judged, judged_signs, paced
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
        standing, tidings = judged(standing, reading, hours=hours, now=now)
        looks.append((now, reading, tidings is Tidings.BAD))
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
    raised = Standing(AlertState.RAISED, START, START)

    for reading in (Reading.UNCLEAR, Reading.NOTHING):
        assert judged(raised, reading, hours=1, now=START + timedelta(days=9)) == (raised, Tidings.NOTHING)


@given(steps=STEPS, hours=st.integers(1, 72))
def test_it_is_raised_since_the_first_of_a_stretch_and_good_is_told_once(steps, hours):
    standing, now, since = Standing(), START, None
    for reading, pause in steps:
        now += pause
        before = standing
        standing, tidings = judged(standing, reading, hours=hours, now=now)
        if reading is Reading.BAD:
            since = since or now
        elif reading is Reading.GOOD:
            since = None
        assert standing.raised_at == since
        assert (standing.state == AlertState.RAISED) == (since is not None)
        was_raised_and_is_good = before.state == AlertState.RAISED and reading is Reading.GOOD
        assert (tidings is Tidings.GOOD) == was_raised_and_is_good


NAMES = st.frozensets(st.sampled_from("abcd"))
NAMED_STEPS = st.lists(
    st.tuples(NAMES, NAMES, st.timedeltas(timedelta(minutes=1), timedelta(hours=30))), max_size=60
)


@given(steps=NAMED_STEPS, hours=st.integers(1, 72))
def test_a_name_is_told_once_for_as_long_as_it_lasts(steps, hours):
    """The book that is kept here knows of each name only whether its bad stretch has been told."""
    standing, now, told, last = Standing(), START, set(), None
    was_good = False
    for bad, lingering, pause in steps:
        now += pause
        told &= bad | lingering
        standing, tidings = judged_signs(standing, bad, lingering, hours=hours, now=now)
        if tidings is Tidings.BAD:
            assert bad - told
            assert last is None or was_good or now - last >= timedelta(hours=hours)
            told |= bad
            last, was_good = now, False
        elif bad - told:
            assert now - last < timedelta(hours=hours)
            assert not was_good
        if not bad and not told:
            was_good = True
        assert standing.signs == told


def test_all_that_is_out_is_told_together_and_only_what_is_new_after_that():
    first, said = judged_signs(Standing(), frozenset("ab"), frozenset(), hours=24, now=START)
    later, again = judged_signs(
        first, frozenset("abc"), frozenset(), hours=24, now=START + timedelta(hours=25)
    )
    same = judged_signs(later, frozenset("abc"), frozenset(), hours=24, now=START + timedelta(days=9))

    assert (said, again, same[1]) == (Tidings.BAD, Tidings.BAD, Tidings.NOTHING)
    assert later.raised_at == START


def test_what_lingers_is_not_good_yet():
    raised, _said = judged_signs(Standing(), frozenset("a"), frozenset(), hours=1, now=START)
    later = START + timedelta(days=2)

    lingering, said = judged_signs(raised, frozenset(), frozenset("a"), hours=1, now=later)
    assert (lingering.state, said) == (AlertState.RAISED, Tidings.NOTHING)
    back, said = judged_signs(raised, frozenset(), frozenset(), hours=1, now=later)
    assert (back.state, back.raised_at, back.told_at, said) == (AlertState.CALM, None, START, Tidings.GOOD)


HAPPENINGS = st.lists(
    st.tuples(st.integers(0, 3), st.timedeltas(timedelta(minutes=1), timedelta(hours=30))), max_size=60
)


@given(steps=HAPPENINGS, hours=st.integers(1, 72))
def test_what_happens_is_told_at_once_or_after_the_hours_and_nothing_is_left_out(steps, hours):
    standing, now, waiting, mails, told, happened = Standing(), START, 0, [], 0, 0
    for many, pause in steps:
        now += pause
        waiting, happened = waiting + many, happened + many
        standing, tidings = paced(standing, is_news=waiting > 0, hours=hours, now=now)
        if tidings is Tidings.BAD:
            assert waiting
            mails.append(now)
            told, waiting = told + waiting, 0
        elif waiting:
            assert now - mails[-1] < timedelta(hours=hours)
        if standing.state == AlertState.CALM:
            assert not waiting
    assert told + waiting == happened
    assert all(other - one >= timedelta(hours=hours) for one, other in pairwise(mails))
