from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from organisation.enums import Role
from organisation.models import AuditEntry
from reports.enums import DeliveryState, ScheduleStep
from reports.models import Delivery, Schedule, ScheduleRecipient, SentReport
from reports.schedules import actions
from reports.schedules.actions import (
    OneIsOnItsWay,
    TooManySchedules,
    Wish,
    add_schedule,
    change_schedule,
    leave_schedule,
    pause_schedule,
    remove_schedule,
    resume_schedule,
    send_one_now,
)
from reports.storing import CannotBeRead
from tests.factories import make_member, make_published, make_schedule, make_sent
from tests.factories.reports import NOW

pytestmark = pytest.mark.django_db
SEVEN = NOW.replace(hour=7)
A_DAY = timedelta(days=1)


@pytest.fixture
def survey():
    return make_published().survey


def wish(survey, *recipients, **values):
    usual = {
        "name": "Morning",
        "filters": f"survey={survey.slug}",
        "step": ScheduleStep.DAY,
        "weekday": None,
        "month_day": None,
        "at": time(7),
        "time_zone": "UTC",
    }
    return Wish({**usual, **values}, recipients)


def add(survey, member, *others, **values):
    origin = "https://feedback.example.org"
    made = wish(survey, member, *others, **values)
    return add_schedule(wish=made, origin=origin, language="en", by=member, now=NOW)


def next_ones():
    return list(ScheduleRecipient.objects.order_by("member").values_list("member", "next_at"))


def deeds():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_the_first_goes_out_at_the_next_occurrence(survey):
    member, other = make_member(), make_member()

    add(survey, member, other)

    assert next_ones() == [(member.pk, SEVEN + A_DAY), (other.pk, SEVEN + A_DAY)]
    assert deeds() == ["added"]


def test_there_is_an_end_to_how_many_one_may_have(survey, monkeypatch):
    monkeypatch.setattr(actions, "MOST_SCHEDULES", 1)
    member = make_member()
    add(survey, member)

    with pytest.raises(TooManySchedules):
        add(survey, member)


def test_changing_moves_the_next_and_takes_recipients_away_and_in(survey):
    member, other = make_member(), make_member()
    schedule = add(survey, member)

    change_schedule(schedule=schedule, wish=wish(survey, other, at=time(18)), by=member, now=NOW)

    assert next_ones() == [(other.pk, NOW.replace(hour=18))]
    assert AuditEntry.objects.get(action="changed").changes == {
        "at": ["07:00:00", "18:00:00"],
        "recipients": [member.email, other.email],
    }


def test_saving_what_is_the_same_leaves_no_trace(survey):
    member = make_member()
    schedule = add(survey, member)

    change_schedule(schedule=schedule, wish=wish(survey, member), by=member, now=NOW)

    assert deeds() == ["added"]


def test_what_falls_into_a_pause_was_not_missed(survey):
    member = make_member()
    schedule = add(survey, member)
    pause_schedule(schedule=schedule, by=member, now=NOW)

    resume_schedule(schedule=schedule, by=member, now=NOW + 9 * A_DAY)

    assert next_ones() == [(member.pk, SEVEN + 10 * A_DAY)]
    assert deeds() == ["added", "paused", "resumed"]


def test_removing_keeps_what_was_sent(survey):
    sent = make_sent(make_schedule(survey))

    remove_schedule(schedule=sent.schedule, by=sent.member, now=NOW)

    assert SentReport.objects.get(pk=sent.pk).schedule is None
    assert deeds() == ["removed"]


def test_a_recipient_leaves_alone(survey):
    member, other = make_member(), make_member()
    schedule = add(survey, member, other)

    leave_schedule(schedule=schedule, by=other, now=NOW)
    leave_schedule(schedule=schedule, by=other, now=NOW)

    assert next_ones() == [(member.pk, SEVEN + A_DAY)]
    assert deeds() == ["added", "left"]


def test_one_goes_now_to_whoever_asks_and_to_nobody_else(survey):
    member, other = (make_member(Role.MANAGER, all_locations=True) for _one in range(2))
    schedule = add(survey, member, other, charts=["trend"])
    before = next_ones()

    send_one_now(schedule=schedule, by=member, now=NOW)

    sent = SentReport.objects.get()
    assert (sent.member, sent.schedule, sent.is_by_hand, sent.charts) == (member, None, True, ["trend"])
    assert (sent.delivery.due_at, next_ones()) == (NOW, before)
    assert deeds() == ["added", "sent"]


def test_one_that_is_on_its_way_is_waited_for(survey):
    member = make_member(Role.MANAGER, all_locations=True)
    schedule = add(survey, member)
    send_one_now(schedule=schedule, by=member, now=NOW)

    with pytest.raises(OneIsOnItsWay):
        send_one_now(schedule=schedule, by=member, now=NOW)
    Delivery.objects.update(state=DeliveryState.FAILED)
    send_one_now(schedule=schedule, by=member, now=NOW)
    assert SentReport.objects.count() == 2


def test_none_goes_to_whoever_cannot_read_it(survey):
    schedule = add(survey, make_member(Role.MANAGER), filters=f"survey={survey.slug}&location=gone")

    with pytest.raises(CannotBeRead):
        send_one_now(schedule=schedule, by=make_member(Role.ADMINISTRATOR), now=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "hour"},
        {"step": "week"},
        {"step": "month"},
        {"step": "day", "weekday": 1},
        {"step": "week", "weekday": 7},
        {"step": "month", "month_day": 32},
        {"step": "month", "month_day": 0},
        {"name": ""},
        {"filters": "survey=service&from=2026-01-01&to=2026-01-31"},
        {"filters": "period=30"},
        {"language": "xx"},
    ],
    ids=str,
)
def test_the_database_refuses_what_no_schedule_can_be(survey, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_schedule(survey, recipients=[], **fields)


def test_a_member_gets_it_once(survey):
    row = ScheduleRecipient.objects.get(schedule=make_schedule(survey))

    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduleRecipient.objects.create(schedule=row.schedule, member=row.member, next_at=NOW)


def test_it_is_seen_by_whoever_set_it_up_and_by_administrators(survey):
    schedule = make_schedule(survey)

    seen = {
        who: list(Schedule.objects.visible_to(member)) == [schedule]
        for who, member in {
            "owner": schedule.owner,
            "administrator": make_member(Role.ADMINISTRATOR),
            "manager": make_member(Role.MANAGER),
        }.items()
    }
    assert seen == {"owner": True, "administrator": True, "manager": False}
