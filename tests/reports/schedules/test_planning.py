from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from organisation.enums import Role
from reports.models import ScheduleRecipient, SentReport
from reports.schedules.planning import plan_due
from tests.factories import make_location, make_member, make_published, make_schedule, make_sent
from tests.factories.reports import NOW

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
# The schedule of the factory is for seven, UTC; NOW is noon.
SEVEN = NOW.replace(hour=7)


@pytest.fixture
def survey():
    return make_published().survey


def planned():
    return list(SentReport.objects.order_by("due_at", "pk").values_list("due_on", "missed"))


def test_one_a_day_however_often_it_is_looked(survey):
    make_schedule(survey, now=NOW)

    for hours in range(24 * 4):
        plan_due(now=NOW + timedelta(hours=hours))

    assert planned() == [(date(2026, 4, day), 0) for day in range(1, 5)]


def test_after_a_long_sleep_only_the_latest_goes_and_says_so(survey):
    make_schedule(survey, now=NOW)

    assert plan_due(now=SEVEN + 10 * A_DAY) == 1
    assert planned() == [(date(2026, 4, 10), 9)]
    assert ScheduleRecipient.objects.get().next_at == SEVEN + 11 * A_DAY


def test_each_recipient_by_their_own_clock(survey):
    west, east = (make_location(time_zone=zone) for zone in ("America/New_York", "Asia/Manila"))
    members = [make_member(Role.MANAGER, locations=[place]) for place in (west, east)]
    make_schedule(survey, owner=members[0], recipients=members, time_zone="", now=NOW)

    for hours in range(30):
        plan_due(now=NOW + timedelta(hours=hours))

    moments = dict(SentReport.objects.values_list("member", "due_at"))
    assert moments == {
        members[0].pk: NOW.replace(hour=11) + A_DAY,  # seven in New York, summer time
        members[1].pk: NOW.replace(hour=23),  # seven in Manila, the next day there
    }


@pytest.mark.parametrize("fields", [{"is_active": False}])
def test_a_paused_one_is_left_alone(survey, fields):
    make_schedule(survey, now=NOW, **fields)

    assert plan_due(now=NOW + A_DAY) == 0


@pytest.mark.parametrize("who", ["owner", "recipient"])
@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.CLERK}], ids=str)
def test_nothing_for_or_from_whoever_reads_no_reports(survey, who, change):
    people = {who: make_member(Role.MANAGER, all_locations=True) for who in ("owner", "recipient")}
    make_schedule(survey, owner=people["owner"], recipients=[people["recipient"]], now=NOW)
    type(people[who]).objects.filter(pk=people[who].pk).update(**change)

    assert plan_due(now=NOW + A_DAY) == 0
    assert ScheduleRecipient.objects.get().next_at > NOW + A_DAY


def test_a_day_is_there_once_whatever_its_hour_was_changed_to(survey):
    schedule = make_schedule(survey, now=NOW)
    plan_due(now=SEVEN + A_DAY)
    schedule.at = schedule.at.replace(hour=18)
    schedule.save(update_fields=["at"])
    ScheduleRecipient.objects.update(next_at=NOW.replace(hour=18) + A_DAY)

    assert plan_due(now=NOW.replace(hour=19) + A_DAY) == 0
    assert ScheduleRecipient.objects.get().next_at == NOW.replace(hour=18) + 2 * A_DAY


def test_where_the_clock_was_changed_and_nothing_is_due_the_next_is_set(survey):
    make_schedule(survey, now=NOW, next_at=NOW)

    assert plan_due(now=NOW + timedelta(hours=1)) == 0
    assert ScheduleRecipient.objects.get().next_at == SEVEN + A_DAY


def test_the_database_holds_one_for_each_day(survey):
    sent = make_sent(make_schedule(survey))

    with pytest.raises(IntegrityError), transaction.atomic():
        make_sent(sent.schedule, due_on=sent.due_on)
