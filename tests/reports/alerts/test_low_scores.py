"""Which responses are low, and of which of them somebody may be told (docs/decisions/0040)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from organisation.enums import Role
from organisation.models import Organisation
from reports.alerts.actions import pause_alert, resume_alert
from reports.alerts.checking import check
from reports.alerts.low_scores import LATELY, is_low, low_pattern
from reports.enums import AlertKind
from reports.models import AlertNotice, AlertRecipient, LowScore
from reviews.actions.hearing import hear_all_pending
from scoring.actions import correct_response, delete_responses, hold_response, release_response
from scoring.rows import Item
from surveys.enums import Kind, Mode
from surveys.models import Response
from tests.factories import (
    make_alert,
    make_draft,
    make_location,
    make_member,
    make_published,
    make_question,
    make_survey,
    make_touchpoint,
)
from tests.factories.reports import NOW
from tests.reports.answers import counted

TODAY = NOW.date()
MINIMUM = 5
BAD, GOOD = "55551", "55555"


@pytest.fixture
def version():
    return make_published()


@pytest.fixture
def place():
    return make_location()


def watched(version, member, **fields):
    """An alert on every overall of 1 that has been looked at once."""
    filters = f"survey={version.survey.slug}&dimension=overall&period=30"
    defaults = {"kind": AlertKind.LOW_SCORE, "filters": filters, "recipients": [member], "hours": 1}
    alert = make_alert(version.survey, **{**defaults, **fields})
    look(0)
    return alert


def look(hours):
    """So many hours after it was first looked at; the words and lines of the mails that are told."""
    before = set(AlertNotice.objects.values_list("pk", flat=True))
    now = NOW + timedelta(hours=hours)
    for recipient in AlertRecipient.objects.order_by("pk"):
        check(recipient.pk, now=now)
    return [(one.words, *one.lines) for one in AlertNotice.objects.exclude(pk__in=before).order_by("pk")]


def read_at(hours):
    """The statements that look through responses by their day, in a look so many hours after the first."""
    with CaptureQueriesContext(connection) as asked:
        look(hours)
    return [
        one["sql"] for one in asked.captured_queries if '"surveys_response"."received_on" IN (' in one["sql"]
    ]


def isoformat_of(day):
    return f"'{day.isoformat()}'"


def came(version, *ratings, **fields):
    counted(version, *ratings, **{"on": TODAY, **fields})


def administrator():
    return make_member(Role.ADMINISTRATOR)


def manager(*places):
    return make_member(Role.MANAGER, locations=places)


@pytest.mark.django_db
class TestWhoeverMaySeeSingleResponses:
    def test_is_told_of_each_with_day_place_touchpoint_and_mode(self, version, place):
        watched(version, administrator())
        came(version, BAD, location=place, touchpoint=make_touchpoint(name="Counter"), mode=Mode.KIOSK)

        assert look(1) == [
            ("Overall: 1 response scored 1 or lower.", f"31 Mar 2026 · {place.name} · Counter · Kiosk")
        ]

    def test_is_told_of_each_once(self, version):
        watched(version, administrator())
        came(version, BAD)

        assert [len(look(hours)) for hours in (1, 2, 3)] == [1, 0, 0]

    def test_is_not_told_of_what_was_there_before(self, version):
        came(version, BAD)
        watched(version, administrator())

        assert not AlertNotice.objects.exists()
        assert look(1) == []

    def test_is_told_of_many_in_one_mail_and_then_left_alone_for_the_hours(self, version):
        watched(version, administrator(), hours=3)
        came(version, *[BAD] * 20)
        (first,) = look(1)
        came(version, *[BAD] * 2)

        assert (first[0], len(first), first[-1]) == (
            "Overall: 20 responses scored 1 or lower.",
            1 + 12 + 1,
            "and 8 more",
        )
        assert look(2) == []
        ((words, *_lines),) = look(4)
        assert words == "Overall: 2 responses scored 1 or lower."

    def test_is_told_of_what_was_held_once_it_is_released(self, version):
        watched(version, administrator())
        came(version, BAD)
        response = hold_response(response=Response.objects.get(), by=None, now=NOW)
        assert look(1) == []

        release_response(response=response, by=None, now=NOW)
        counted(version)
        assert len(look(2)) == 1

    def test_is_not_told_of_what_is_gone_before_the_mail(self, version):
        watched(version, administrator(), hours=3)
        came(version, BAD)
        look(1)
        came(version, BAD)
        look(2)  # found, and waiting for the hours to pass
        assert LowScore.objects.waiting().count() == 1
        delete_responses(responses=Response.objects.all(), subject=version.survey, by=None, now=NOW)

        assert look(5) == []

    def test_is_not_told_of_an_import_of_old_answers(self, version):
        watched(version, administrator())
        came(version, BAD, on=TODAY - LATELY - timedelta(days=1))

        assert look(1) == []

    def test_is_told_within_what_the_alert_is_about(self, version, place):
        filters = f"survey={version.survey.slug}&dimension=overall&location={place.code}&mode=kiosk&period=30"
        watched(version, administrator(), filters=filters)
        came(version, BAD)
        came(version, BAD, location=place)
        came(version, BAD, location=place, mode=Mode.KIOSK)

        ((words, line),) = look(1)
        assert (words, place.name in line) == ("Overall: 1 response scored 1 or lower.", True)

    def test_any_question_counts_where_it_was_asked_for(self, version):
        filters = f"survey={version.survey.slug}&period=30"
        watched(version, administrator(), dimension="", threshold=2, filters=filters)
        came(version, "52555", "53555")

        ((words, _line),) = look(1)
        assert words == "Any question: 1 response scored 2 or lower."

    def test_reads_only_days_on_which_something_moved(self, version):
        watched(version, administrator())
        came(version, BAD, GOOD)
        came(version, BAD, on=TODAY - timedelta(days=1))
        look(2)

        idle = read_at(4)
        came(version, BAD)
        one_day = read_at(6)

        assert idle == []
        assert len(one_day) == 1
        assert isoformat_of(TODAY) in one_day[0]
        assert isoformat_of(TODAY - timedelta(days=1)) not in one_day[0]
        assert LowScore.objects.count() == 3

    def test_is_told_of_a_correction(self, version):
        watched(version, administrator())
        came(version, GOOD)
        look(2)
        correct_response(response=Response.objects.get(), ratings=BAD, by=None, now=NOW)

        assert [words for words, *_lines in look(4)] == ["Overall: 1 response scored 1 or lower."]

    def test_begins_with_all_days_when_it_begins_afresh(self, version):
        alert = watched(version, administrator())
        came(version, BAD)
        look(2)
        pause_alert(alert=alert, by=alert.owner, now=NOW)
        resume_alert(alert=alert, by=alert.owner, now=NOW)

        assert (look(4), LowScore.objects.exclude(told_at=None).count()) == ([], 1)

    def test_a_told_one_is_forgotten_when_it_can_come_no_more(self, version):
        watched(version, administrator())
        came(version, BAD)
        look(1)
        look(24 * 31)

        assert not LowScore.objects.exists()
        assert look(24 * 32) == []


@pytest.mark.django_db
class TestAnybodyElse:
    def test_is_told_once_enough_responses_of_a_place_came_in(self, version, place):
        watched(version, manager(place))
        came(
            version, *[GOOD] * 20, location=place, on=TODAY - timedelta(days=1)
        )  # so that the report shows it
        assert look(1) == []

        came(version, BAD, location=place)

        assert look(2) == [
            ("Overall: 1 response scored 1 or lower.", f"{place.name}: 1 of its 21 latest responses")
        ]

    def test_is_told_nothing_new_until_as_many_came_again(self, version, place):
        watched(version, manager(place))
        came(version, *[GOOD] * 20, BAD, location=place)
        look(1)
        told = []
        for hours in range(2, 2 + MINIMUM):
            came(version, BAD, location=place)
            told.append(look(hours))

        assert told[:-1] == [[]] * (MINIMUM - 1)
        assert told[-1] == [
            (f"Overall: {MINIMUM} responses scored 1 or lower.", f"{place.name}: 5 of its 5 latest responses")
        ]

    def test_does_not_count_what_was_there_before(self, version, place):
        came(version, *[GOOD] * 20, location=place)
        watched(version, manager(place))
        came(version, *[GOOD] * (MINIMUM - 2), BAD, location=place)

        assert look(1) == []
        assert AlertRecipient.objects.get().words == "Nothing to tell so far."

    def test_is_told_nothing_of_a_place_that_the_report_withholds(self, version, place):
        """Enough came in; but beside it lies a small one that it hides."""
        small = make_location()
        watched(version, manager(place, small))
        came(version, *[GOOD] * 5, BAD, location=place)
        came(version, *[BAD] * 2, location=small)

        assert look(1) == []

    def test_is_told_nothing_of_a_place_that_they_do_not_hold(self, version, place):
        watched(version, manager(place))
        came(version, *[BAD] * 20, location=make_location())

        assert look(1) == []
        assert not LowScore.objects.exists()

    def test_of_a_single_one_whose_comment_they_read_with_its_score_is_told_at_once(self, place):
        version = with_comment(is_anonymous=False)
        watched(version, manager(place))
        came(version, f"{BAD}.", location=place, answers={"comment": "Slow"})
        came(version, f"{BAD}.", location=place)
        hear_all_pending(clock=lambda: NOW)

        ((words, line),) = look(1)
        assert (words, line.startswith(f"31 Mar 2026 · {place.name} · ")) == (
            "Overall: 1 response scored 1 or lower.",
            True,
        )
        notice = AlertNotice.objects.get()
        assert notice.link == (
            f"/reviews/comments/?survey={version.survey.slug}&first=2026-03-31&last=2026-03-31&score=1"
        )
        assert "Slow" not in f"{notice.words} {notice.lines}"

    def test_what_was_told_singly_makes_no_group_for_the_others(self, place):
        version = with_comment(is_anonymous=False)
        watched(version, manager(place))
        for _number in range(MINIMUM - 1):
            came(version, f"{BAD}.", location=place, answers={"comment": "Slow"})
        came(version, f"{BAD}.", location=place)
        hear_all_pending(clock=lambda: NOW)

        ((words, *_lines),) = look(1)
        assert words == f"Overall: {MINIMUM - 1} responses scored 1 or lower."
        came(version, *[f"{GOOD}."] * (MINIMUM - 2), location=place)
        assert look(2) == []
        came(version, f"{GOOD}.", location=place)
        assert len(look(3)) == 1

    def test_of_a_comment_of_an_anonymous_survey_nothing_is_told_singly(self, place):
        version = with_comment(is_anonymous=True)
        watched(version, manager(place))
        came(version, f"{BAD}.", location=place, answers={"comment": "Slow"})
        hear_all_pending(clock=lambda: NOW)

        assert look(1) == []

    def test_of_anonymous_comments_that_they_read_without_scores_is_told_in_a_group(self, place):
        version = with_comment(is_anonymous=True)
        watched(version, manager(place))
        for _number in range(10):
            came(version, f"{BAD}.", location=place, answers={"comment": "Slow"})
        hear_all_pending(clock=lambda: NOW)

        assert look(1) == [
            ("Overall: 10 responses scored 1 or lower.", f"{place.name}: 10 of its 10 latest responses")
        ]

    @pytest.mark.parametrize("minimum", [3, 8])
    def test_the_group_is_the_organisations_own(self, version, place, minimum):
        Organisation.objects.update(minimum_group=minimum)
        watched(version, manager(place))
        came(version, *[GOOD] * (minimum - 2), BAD, location=place)

        assert look(1) == []
        came(version, GOOD, location=place)
        assert len(look(2)) == 1


def with_comment(*, is_anonymous):
    draft = make_draft(make_survey(is_anonymous=is_anonymous))
    make_question(draft, 6, key="comment", kind=Kind.TEXT)
    return make_published(draft=draft)


ITEMS = st.lists(
    st.builds(
        Item,
        position=st.integers(0, 19),
        measure=st.just(1),
        dimension=st.sampled_from(["speed", "quality"]),
        weight=st.integers(1, 3),
        is_reversed=st.booleans(),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda item: item.position,
)
RATINGS = st.text("12345x?-.", min_size=20, max_size=20)


@given(items=ITEMS, ratings=RATINGS, limit=st.integers(1, 4), dimension=st.sampled_from(["", "speed"]))
def test_what_the_database_sorts_out_is_not_low(items, ratings, limit, dimension):
    asked = [item for item in items if dimension in {"", item.dimension}]

    if asked and is_low(ratings, asked, dimension, limit):
        assert re.search(low_pattern(asked, limit), ratings)


@pytest.mark.parametrize(
    ("ratings", "limit", "is_it"),
    [
        ("15", 2, False),
        ("12", 1.5, True),
        ("xx", 4, False),
        ("1-", 1, True),
        ("5", 1, False),
        ("..", 4, False),
    ],
)
def test_a_dimensions_own_mean_is_what_counts(ratings, limit, is_it):
    items = [Item(position, 1, "speed", 1, is_reversed=False) for position in range(2)]

    assert is_low(ratings, items, "speed", limit) == is_it


def test_a_reversed_question_is_turned():
    items = [Item(0, 1, "speed", 1, is_reversed=True)]

    assert is_low("5", items, "speed", 1)
    assert not is_low("1", items, "speed", 1)
