import pytest

from reports.schedules.leaving import leaver_of, leaving_token
from tests.factories import make_member, make_published, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule():
    return make_schedule(make_published().survey)


def token_of(schedule, member=None):
    return leaving_token(schedule=schedule.pk, member=(member or schedule.owner).pk)


def test_it_speaks_of_one_recipient_of_one_schedule(schedule):
    assert leaver_of(token_of(schedule)) == (schedule, schedule.recipients.get())


def test_whoever_left_is_still_known(schedule):
    assert leaver_of(token_of(schedule, make_member())) == (schedule, None)


def test_where_the_schedule_is_gone_there_is_nothing_to_leave(schedule):
    token = token_of(schedule)
    schedule.delete()

    assert leaver_of(token) == (None, None)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + "x", lambda t: "x" + t, lambda _t: "", lambda _t: "a:b"]
)
def test_nobody_makes_one_up(schedule, change):
    assert leaver_of(change(token_of(schedule))) is None


def test_a_key_that_was_replaced_still_opens_it(schedule, settings):
    token = token_of(schedule)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"

    assert leaver_of(token).row is not None
