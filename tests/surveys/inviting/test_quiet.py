from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.inviting.quiet import is_quiet, next_allowed

PRAGUE = ZoneInfo("Europe/Prague")
ZONES = ["UTC", "Europe/Prague", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("19:59", False), ("20:00", True), ("02:00", True), ("07:59", True), ("08:00", False)],
)
def test_quiet_hours_go_past_midnight(clock, quiet):
    assert is_quiet(time.fromisoformat(clock), time(20), time(8)) is quiet


def test_same_times_are_no_quiet_hours():
    assert not is_quiet(time(8), time(8), time(8))


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        # An ordinary evening: Prague is an hour ahead of UTC in winter.
        ("2026-01-10T21:00", "2026-01-11T07:00"),
        ("2026-01-10T12:00", "2026-01-10T12:00"),
        # The night in which the clock is put forward, and the one in which it is put back.
        ("2026-03-28T23:00", "2026-03-29T06:00"),
        ("2026-10-24T23:00", "2026-10-25T07:00"),
    ],
)
def test_mail_waits_for_the_morning_of_the_recipient(at, allowed):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)

    waited = next_allowed(moment, PRAGUE, time(20), time(8))

    assert waited == datetime.fromisoformat(allowed).replace(tzinfo=UTC)


@pytest.mark.parametrize("at", ["2026-10-25T00:10", "2026-10-25T01:10"])
def test_end_that_the_clock_shows_twice(at):
    """Quiet until half past two, in the hour that comes twice."""
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)

    waited = next_allowed(moment, PRAGUE, time(22), time(2, 30))

    assert waited >= moment
    assert not is_quiet(waited.astimezone(PRAGUE).time(), time(22), time(2, 30))


@given(
    at=st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    quiet_from=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    quiet_until=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
)
def test_whenever_wherever_the_mail_goes_at_a_time_that_is_not_quiet(at, zone, quiet_from, quiet_until):
    allowed = next_allowed(at, zone, quiet_from, quiet_until)

    assert allowed >= at
    assert allowed - at <= timedelta(hours=50)
    assert not is_quiet(allowed.astimezone(zone).time(), quiet_from, quiet_until)
    assert next_allowed(allowed, zone, quiet_from, quiet_until) == allowed
