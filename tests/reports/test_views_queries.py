"""How many queries a report's page takes: at most twelve, whatever is asked and whatever there is."""

from datetime import UTC, date, datetime
from http import HTTPStatus
from itertools import product

import pytest

from organisation.enums import Role, Stage
from organisation.models import Location
from surveys.enums import Flag, Mode
from tests.factories import (
    make_invitation,
    make_location,
    make_mailing,
    make_member,
    make_process_change,
    make_published,
    make_region,
    make_touchpoint,
)
from tests.reports.answers import administrator, answer, count

pytestmark = pytest.mark.django_db
OVERVIEW = "/reports/"


@pytest.mark.parametrize("places", [1, 3])
@pytest.mark.parametrize(
    "asked",
    [("", 11), ("location=p0&mode=link&stage=after_purchase&dimension=speed&by=day", 12)],
)
def test_a_page_takes_as_many_queries_however_much_there_is(client, places, asked, django_assert_num_queries):
    query, queries = asked
    client.force_login(administrator())
    version = make_published()
    for number in range(places):
        answer(version, *["54321"] * 6, location=make_location(code=f"p{number}"))
    count()

    with django_assert_num_queries(queries):
        client.get(f"{OVERVIEW}?from=2026-03-01&to=2026-03-31&{query}")


@pytest.fixture
def everything():
    """A survey with mailings, notes, two versions, flagged responses and some that wait to be counted."""
    survey, coast = make_published().survey, make_region(code="coast")
    places = [make_location(code=f"p{number}", region=coast if number < 2 else None) for number in range(4)]
    touchpoints = [make_touchpoint(code=f"t{number}", stage=stage) for number, stage in enumerate(Stage)]
    rows = list(product(places, touchpoints, (Mode.LINK, Mode.KIOSK, Mode.INVITATION)))
    for version in (survey.live_version, make_published(survey)):
        for place, touchpoint, mode in rows:
            fields = {"location": place, "touchpoint": touchpoint, "mode": mode}
            answer(version, *["54321"] * 5, **fields)
            answer(version, "55555", **fields, flags=Flag.STRAIGHT_LINE)
    count()
    answer(survey.live_version, "12345", location=places[0])
    make_process_change(survey, changed_on=date(2026, 3, 9), locations=places[:2])
    make_process_change(survey, changed_on=date(2026, 3, 16), touchpoint=touchpoints[0])
    for place in places:
        make_invitation(make_mailing(survey), location=place, sent_at=datetime(2026, 3, 9, tzinfo=UTC))
    return survey


PLACES = ("", "location=p0", "location=p0&location=p2")
TOUCHPOINTS = ("", "touchpoint=t0", "touchpoint=t0&touchpoint=t1")
MODES = ("", "mode=invitation", "mode=invitation&mode=link")
WHEN = ("from=2026-03-03&to=2026-03-29&by=day", "period=all")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER])
def test_a_page_takes_twelve_queries_at_most_whatever_is_asked(
    client, everything, role, django_assert_max_num_queries
):
    manager = make_member(Role.MANAGER, locations=Location.objects.exclude(code="p3"))
    client.force_login(manager if role is Role.MANAGER else administrator())

    rates = 0
    for parts in product(PLACES, TOUCHPOINTS, MODES, WHEN):
        with django_assert_max_num_queries(12):
            page = client.get(f"{OVERVIEW}?survey={everything.slug}&{'&'.join(parts)}")
        assert page.status_code == HTTPStatus.OK
        rates += "Response rate" in page.content.decode()

    assert rates == len(PLACES) * len(MODES) * len(WHEN)  # nobody was invited to one of the touchpoints
