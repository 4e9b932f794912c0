"""One a day by the clock on the wall, never two, none skipped: whole years in zones whose clocks do odd things."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.enums import ScheduleStep
from reports.schedules.rhythms import Rhythm, due, is_there, moment, next_occurrence, occurrences

ZONES = [
    "UTC",
    "Europe/Prague",
    "America/New_York",
    "America/Sao_Paulo",  # put forward at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Pacific/Apia",  # left 30 December 2011 out
    "America/Scoresbysund",
    "Asia/Manila",
]
YEARS = st.integers(2008, 2034)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
A_DAY = timedelta(days=1)


def days(first, last):
    return [first + A_DAY * number for number in range((last - first).days + 1)]


def in_year(rhythm, zone, year):
    begin = moment(date(year, 1, 1), time(0), zone) - timedelta(seconds=1)
    found = takewhile(lambda one: one.day.year <= year, occurrences(rhythm, zone, after=begin))
    return [one for one in found if one.day.year == year]


@settings(max_examples=25)
@given(zone=st.sampled_from(ZONES).map(ZoneInfo), year=YEARS, at=TIMES)
def test_every_day_of_a_year_has_one(zone, year, at):
    found = in_year(Rhythm(ScheduleStep.DAY, at), zone, year)

    there = [day for day in days(date(year, 1, 1), date(year, 12, 31)) if is_there(day, zone)]
    assert [one.day for one in found] == there
    moments = [one.at for one in found]
    assert moments == sorted(set(moments))


@settings(max_examples=25)
@given(zone=st.sampled_from(ZONES).map(ZoneInfo), year=YEARS, at=TIMES)
def test_the_clock_shows_the_time_or_was_just_put_forward_past_it(zone, year, at):
    for one in in_year(Rhythm(ScheduleStep.DAY, at), zone, year):
        shown = one.at.astimezone(zone).replace(tzinfo=None)
        late = shown - datetime.combine(one.day, at)
        assert timedelta(0) <= late <= timedelta(hours=2)
        if late:
            before = (one.at - late).astimezone(zone).replace(tzinfo=None)
            assert before != shown - late  # nobody's clock showed that time


@settings(max_examples=40)
@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    at=TIMES,
    begin=st.datetimes(datetime(2008, 1, 1), datetime(2034, 1, 1)).map(lambda one: one.replace(tzinfo=UTC)),
    naps=st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=9)), max_size=40),
)
def test_however_often_a_server_sleeps_nothing_is_sent_twice_or_forgotten(zone, at, begin, naps):
    rhythm = Rhythm(ScheduleStep.DAY, at)
    now, next_at, sent, missed = begin, next_occurrence(rhythm, zone, after=begin).at, [], 0
    for nap in naps:
        now += nap
        if found := due(rhythm, zone, since=next_at, now=now):
            sent.append(found.latest)
            missed += found.missed
            next_at = found.following.at

    there = list(takewhile(lambda one: one.at <= now, occurrences(rhythm, zone, after=begin)))
    assert [one.at for one in sent] == sorted({one.at for one in sent})
    assert len(sent) + missed == len(there)
    assert not sent or sent[-1] == there[-1]


@settings(max_examples=25)
@given(zone=st.sampled_from(ZONES).map(ZoneInfo), year=YEARS, weekday=st.integers(0, 6), at=TIMES)
def test_every_week_has_one_on_its_day(zone, year, weekday, at):
    found = in_year(Rhythm(ScheduleStep.WEEK, at, weekday=weekday), zone, year)

    wanted = [day for day in days(date(year, 1, 1), date(year, 12, 31)) if day.weekday() == weekday]
    assert [one.day for one in found] == [day for day in wanted if is_there(day, zone)]


@settings(max_examples=25)
@given(zone=st.sampled_from(ZONES).map(ZoneInfo), year=YEARS, month_day=st.integers(1, 31), at=TIMES)
def test_every_month_has_one_on_its_day_or_its_last(zone, year, month_day, at):
    found = in_year(Rhythm(ScheduleStep.MONTH, at, month_day=month_day), zone, year)

    wanted = [date(year, month, min(month_day, monthrange(year, month)[1])) for month in range(1, 13)]
    assert [one.day for one in found] == [day for day in wanted if is_there(day, zone)]


PRAGUE = ZoneInfo("Europe/Prague")


@pytest.mark.parametrize(
    ("day", "at", "shown"),
    [
        (date(2026, 3, 29), time(2, 30), "2026-03-29T03:30:00+02:00"),  # there is no 2:30
        (date(2026, 10, 25), time(2, 30), "2026-10-25T02:30:00+02:00"),  # the first of two
        (date(2026, 7, 1), time(7, 0), "2026-07-01T07:00:00+02:00"),
        (date(2026, 1, 1), time(7, 0), "2026-01-01T07:00:00+01:00"),
    ],
)
def test_clocks_that_are_changed(day, at, shown):
    assert moment(day, at, PRAGUE).astimezone(PRAGUE).isoformat() == shown


def test_a_day_that_an_island_left_out():
    apia = ZoneInfo("Pacific/Apia")
    found = in_year(Rhythm(ScheduleStep.DAY, time(9)), apia, 2011)

    assert [one.day for one in found][-2:] == [date(2011, 12, 29), date(2011, 12, 31)]


def test_nothing_is_due_before_its_moment():
    rhythm = Rhythm(ScheduleStep.WEEK, time(7), weekday=0)
    monday = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)

    assert due(rhythm, PRAGUE, since=monday, now=monday - timedelta(microseconds=1)) is None
    found = due(rhythm, PRAGUE, since=monday, now=monday)
    assert (found.latest.at, found.missed, found.following.day) == (monday, 0, date(2026, 3, 9))
