from datetime import UTC, datetime, timedelta

import pytest

from organisation.enums import Role
from reports.participation import response_rate_of, waiting_and_rate
from surveys.models import Response
from tests.factories import (
    make_invitation,
    make_location,
    make_mailing,
    make_member,
    make_published,
    make_touchpoint,
)
from tests.reports.answers import administrator, answer, asked

pytestmark = pytest.mark.django_db
SENT_AT = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


def invite(mailing, many, finished=0, **fields):
    for number in range(many):
        is_finished = number < finished
        make_invitation(
            mailing,
            **{"sent_at": SENT_AT, "is_started": is_finished, "is_finished": is_finished, **fields},
        )


@pytest.fixture
def mailing():
    return make_mailing(make_published().survey, state="sent")


def rate(query="period=30", member=None):
    found = response_rate_of(asked(query, member) if member else asked(query))
    return found and found.rate and (found.rate.finished, found.rate.invited)


def test_rate_is_of_those_who_were_sent_an_invitation_in_the_period(mailing, django_assert_num_queries):
    invite(mailing, 8, finished=3)
    invite(mailing, 7, finished=7, sent_at=SENT_AT - timedelta(days=60))
    invite(make_mailing(make_published().survey, state="sent"), 6, finished=6)

    one = asked(f"survey={mailing.survey.slug}&period=30")
    with django_assert_num_queries(1):
        found = response_rate_of(one)

    assert (found.rate.finished, found.rate.invited) == (3, 8)
    assert rate(f"survey={mailing.survey.slug}&period=all") == (10, 15)


def test_rate_ends_with_the_last_day_of_the_period(mailing):
    invite(mailing, 5, sent_at=datetime(2026, 3, 20, 23, 59, tzinfo=UTC))
    invite(mailing, 5, sent_at=datetime(2026, 3, 21, 0, 0, tzinfo=UTC))

    assert rate("from=2026-03-20&to=2026-03-20") == (0, 5)


def test_rate_follows_the_filters_of_places_and_modes(mailing):
    harbour = make_location(code="harbour")
    invite(mailing, 6, finished=2, location=harbour)
    invite(mailing, 6)

    assert rate("period=30&location=harbour") == (2, 6)
    assert rate("period=30&mode=invitation") == (2, 12)
    assert rate("period=30&mode=kiosk") is None


def test_rate_shows_a_manager_no_other_place(mailing):
    harbour = make_location(code="harbour")
    invite(mailing, 6, finished=2, location=harbour)
    invite(mailing, 6, finished=6)

    assert rate(member=make_member(Role.MANAGER, locations=[harbour])) == (2, 6)


def test_rate_is_withheld_below_the_minimum_group(mailing):
    invite(mailing, 4, finished=4)

    found = response_rate_of(asked("period=30"))

    assert (found.rate, found.minimum) == (None, 5)


def test_rate_gives_no_few_away_beside_other_filters(mailing):
    """Of 20 people all but 2 are of the harbour: whether these 2 answered would follow from both rates."""
    harbour, pier, counter = make_location(code="harbour"), make_location(code="pier"), make_touchpoint()
    invite(mailing, 18, finished=9, location=harbour)
    invite(mailing, 2, finished=1, location=pier)

    assert [rate(f"period=30{query}") for query in ("", "&location=harbour")] == [(10, 20), None]

    # The station has nearly all of the counter: the touchpoint gives way to the location.
    invite(mailing, 9, finished=4, location=make_location(code="station"), touchpoint=counter)
    invite(mailing, 9, finished=4, location=pier)
    invite(mailing, 3, finished=1, location=pier, touchpoint=counter)

    assert rate("period=30&location=station") == (4, 9)
    assert rate(f"period=30&touchpoint={counter.code}") is None


def test_rate_and_responses_that_wait_are_read_at_once(mailing, django_assert_num_queries):
    harbour = make_location(code="harbour")
    invite(mailing, 8, finished=3, location=harbour)
    invite(mailing, 5)
    answer(mailing.survey.live_version, "55555", location=harbour)
    answer(make_published(), *["55555"] * 3)
    one = asked(
        f"survey={mailing.survey.slug}&period=30&location=harbour",
        make_member(Role.MANAGER, locations=[harbour]),
    )
    waits = Response.objects.unscored().filter(version__survey=mailing.survey)

    with django_assert_num_queries(1):
        waiting, found = waiting_and_rate(one, waits)
    nobody, none = waiting_and_rate(one, waits.none() | waits.filter(mode="kiosk"))

    assert (waiting, found) == (1, response_rate_of(one))
    assert (nobody, none) == (0, found)
    assert (found.rate.finished, found.rate.invited) == (3, 8)


def test_responses_wait_whether_or_not_anybody_was_invited_in_the_period(mailing):
    answer(mailing.survey.live_version, *["55555"] * 2)
    one = asked(f"survey={mailing.survey.slug}&period=30")

    assert waiting_and_rate(one, Response.objects.unscored()) == (2, None)


def test_without_anybody_reached_there_is_no_rate(mailing):
    invite(mailing, 3, sent_at=None, state="waiting")

    assert rate() is None


def test_page_says_the_rate_in_words(client, mailing):
    client.force_login(administrator())
    invite(mailing, 50, finished=17)

    page = client.get("/reports/", {"survey": mailing.survey.slug, "period": "all"}).content.decode()

    assert "34 % (17 of the 50 people who were reached)" in " ".join(page.split())
