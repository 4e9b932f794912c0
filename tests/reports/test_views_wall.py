from http import HTTPStatus

import pytest
from django.utils import timezone

from tests.factories import make_location, make_published
from tests.reports.answers import administrator, count, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(administrator())
    return client


def test_the_wall_shows_the_scores_says_when_and_asks_again(reader):
    version = make_published()
    counted(version, *["55443"] * 6, on=timezone.localdate(), location=make_location(name="Harbour"))
    before = timezone.now()

    page = reader.get("/reports/wall/", {"survey": version.survey.slug, "mode": "link"})

    content = page.content.decode()
    assert content.count('class="tile-value"') == 5
    assert f'hx-get="/reports/wall/?survey={version.survey.slug}&amp;mode=link' in content
    assert 'hx-trigger="every 300s"' in content
    assert before <= page.context["shown_at"] <= timezone.now()
    assert "Mode: Link" in content


def test_the_wall_shows_no_number_of_a_small_group(reader):
    version = make_published()
    counted(version, *["55443"] * 4, on=timezone.localdate())

    content = reader.get("/reports/wall/").content.decode()

    assert "Too few answers" in content
    assert "tile-value" not in content


def test_a_wall_without_a_survey_leads_to_the_report_that_says_what_to_do(reader):
    assert reader.get("/reports/wall/").url == "/reports/"


def test_an_address_that_cannot_be_read_is_answered_so(reader):
    make_published()
    count()

    assert reader.get("/reports/wall/?location=ghost").status_code == HTTPStatus.BAD_REQUEST
