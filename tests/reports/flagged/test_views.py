import re
from html import unescape
from http import HTTPStatus

import pytest

from surveys.enums import Flag
from tests.factories import make_published
from tests.reports.answers import administrator, answer, count

pytestmark = pytest.mark.django_db
FLAGGED = "/reports/flagged/"


@pytest.fixture
def version(client):
    client.force_login(administrator())
    version = make_published()
    answer(version, *["34343", "43434"] * 8)
    answer(version, *["55555"] * 8, flags=Flag.STRAIGHT_LINE)
    count()
    return version


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_page_shows_scores_with_and_without(client, version):
    told = words(client.get(FLAGGED, {"period": "all"}))

    assert "Overall 4.00 24 3.50 16 8 +0.500" in told
    assert "Flagged answers raise it" in told
    assert "Question by question" in told
    assert "speed? 4.00 24 3.50 16 8 +0.500" in told
    assert "Straight line: the same rating throughout 8" in told
    assert "Last counted 31 Mar 2026" in told


def test_a_number_leads_to_it(client, version):
    page = client.get("/reports/number/", {"period": "all", "of": "speed.mean"})

    assert "Speed 4.00 24 3.50 16 8" in words(client.get(page.context["flagged_url"]))


def test_nothing_answered_is_said(client, version):
    told = words(client.get(FLAGGED, {"from": "2020-01-01", "to": "2020-01-31"}))

    assert "Nothing was answered in this period" in told


def test_a_filter_that_cannot_be_read_is_a_clear_refusal(client, version):
    assert client.get(FLAGGED, {"location": "ghost"}).status_code == HTTPStatus.BAD_REQUEST


def test_without_a_survey_there_is_no_page(client):
    client.force_login(administrator())

    assert client.get(FLAGGED).status_code == HTTPStatus.NOT_FOUND


def test_it_takes_few_queries(client, version, django_assert_max_num_queries):
    with django_assert_max_num_queries(21):  # with those of the report, unless it is kept
        client.get(FLAGGED, {"period": "all"})
