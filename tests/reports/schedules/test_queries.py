from datetime import time

import pytest

from organisation.enums import Role
from reports.enums import StopReason
from reports.schedules.queries import readers, schedule_rows, turns_of, when
from reports.vocabulary import load_vocabulary
from tests.factories import make_location, make_member, make_published, make_region, make_schedule
from tests.factories.reports import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return make_published().survey


def test_a_manager_sends_to_those_who_share_a_place_and_to_administrators():
    region = make_region()
    mine, other = make_location(region=region), make_location()
    manager = make_member(Role.MANAGER, locations=[mine])
    shares = [
        make_member(Role.MANAGER, locations=[mine, other]),
        make_member(Role.MANAGER, regions=[region]),
        make_member(Role.MANAGER, all_locations=True),
        make_member(Role.ADMINISTRATOR),
    ]
    make_member(Role.MANAGER, locations=[other])
    make_member(Role.EDITOR)
    make_member(Role.CLERK, locations=[mine])
    make_member(Role.MANAGER, locations=[mine], is_active=False)

    assert set(readers(manager)) == {manager, *shares}


def test_an_administrator_sends_to_all_who_read_reports():
    administrator, manager = make_member(Role.ADMINISTRATOR), make_member(Role.MANAGER)
    make_member(Role.EDITOR)

    assert set(readers(administrator)) == {administrator, manager}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Every day at 07:00"),
        ({"step": "week", "weekday": 0, "at": time(6, 5)}, "Every Monday at 06:05"),
        ({"step": "month", "month_day": 31}, "On day 31 of every month at 07:00"),
    ],
)
def test_when_is_said_in_words(survey, fields, words):
    assert when(make_schedule(survey, **fields)) == words


def rows(member):
    return schedule_rows(member, load_vocabulary(member), now=NOW)


def test_a_row_says_what_it_is_about(survey):
    place = make_location(name="Harbour")
    member = make_member(Role.MANAGER, locations=[place])
    make_schedule(survey, owner=member, filters=f"survey={survey.slug}&location={place.code}&period=30")

    (row,) = rows(member)
    assert (row.about, row.recipients) == (f"{survey.name} · 30 days · Harbour", 1)
    member.locations.clear()
    assert rows(member)[0].about == ""


def test_a_list_takes_as_many_queries_for_three_as_for_one(survey, django_assert_num_queries):
    member = make_member(Role.MANAGER)
    vocabulary = load_vocabulary(member)
    make_schedule(survey, owner=member)
    with django_assert_num_queries(5):
        schedule_rows(member, vocabulary, now=NOW)
    for _number in range(2):
        make_schedule(survey, owner=member, recipients=[member, make_member()])
    with django_assert_num_queries(5):
        schedule_rows(member, vocabulary, now=NOW)


def test_a_row_says_whose_turn_is_next_by_their_clock(survey):
    east, west = (make_location(time_zone=zone) for zone in ("Asia/Manila", "America/New_York"))
    owner, other = (make_member(Role.MANAGER, locations=[place]) for place in (west, east))
    schedule = make_schedule(survey, owner=owner, recipients=[owner, other], time_zone="")

    (mine,) = rows(owner)
    (first,) = rows(make_member(Role.ADMINISTRATOR))
    assert (mine.next.row.member, mine.next.zone) == (owner, "America/New_York")
    assert (first.next.row.member, first.next.zone) == (other, "Asia/Manila")
    assert [turn.row.member for turn in turns_of([schedule])] == [other, owner]


def test_a_row_says_how_many_are_not_reached(survey):
    schedule = make_schedule(survey)
    schedule.recipients.update(stopped_because=StopReason.PLACES, stopped_at=NOW)

    (row,) = rows(schedule.owner)
    assert (row.recipients, row.stopped, row.next) == (1, 1, None)


def test_one_that_is_paused_has_no_next(survey):
    schedule = make_schedule(survey, is_active=False)

    assert rows(schedule.owner)[0].next is None
