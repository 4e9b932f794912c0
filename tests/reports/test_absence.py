import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.enums import Role
from reports.absence import absence
from tests.factories import make_location, make_member, make_published
from tests.reports.answers import NOW, administrator, asked, counted

pytestmark = pytest.mark.django_db
PAGES = ("/reports/", "/reports/why/", "/reports/flagged/", "/reports/breakdown/")
TOMORROW = (timezone.now() + timedelta(days=2)).date().isoformat()


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def version(client):
    client.force_login(administrator())
    return make_published()


def test_the_way_out_is_everything(version):
    member = administrator()
    urls = [
        absence(asked(text, member), member, now=NOW)["everything_url"]
        for text in ("mode=kiosk", "period=all")
    ]

    assert urls == [f"?survey={version.survey.slug}&period=all", ""]


@pytest.mark.parametrize("url", PAGES)
def test_a_survey_that_nobody_answered_is_to_be_shared(client, version, url):
    response = client.get(url)

    assert "No answers yet" in words(response)
    assert f'href="{reverse("surveys:share", args=[version.survey_id])}"' in response.content.decode()


@pytest.mark.parametrize("url", PAGES)
def test_a_manager_is_not_sent_to_a_page_that_refuses(client, version, url):
    client.force_login(make_member(Role.MANAGER, locations=[make_location()]))

    assert "Share the survey" not in words(client.get(url))


@pytest.mark.parametrize("url", PAGES)
def test_a_manager_without_a_location_is_told_whom_to_ask(client, version, url):
    counted(version, *["55"] * 5)
    client.force_login(make_member(Role.MANAGER))

    told = words(client.get(url))

    assert "No location is yours yet" in told
    assert "Ask an administrator" in told


@pytest.mark.parametrize("url", PAGES)
def test_days_to_come_are_told_from_days_without_answers(client, version, url):
    counted(version, *["55"] * 5)

    assert "These days are still to come" in words(client.get(url, {"from": TOMORROW, "to": TOMORROW}))
    past = client.get(url, {"from": "2020-01-01", "to": "2020-01-31"})
    assert "No answers in these days" in words(past)
    assert re.search(
        rf'href="\?survey={version.survey.slug}&amp;[^"]*period=all[^"]*"', past.content.decode()
    )


def test_a_choice_without_responses_leads_to_all_of_them(client, version):
    counted(version, *["55"] * 5)

    page = client.get("/reports/exports/", {"from": "2020-01-01", "to": "2020-01-31"})

    assert f'href="?survey={version.survey.slug}&amp;period=all"' in page.content.decode()
