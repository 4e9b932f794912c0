import re
from datetime import date, timedelta
from html import unescape
from http import HTTPStatus
from statistics import mean

import pytest
from django.http import QueryDict
from django.urls import reverse

from organisation.enums import Role
from organisation.models import Location
from tests.factories import (
    make_export,
    make_invitation,
    make_location,
    make_mailing,
    make_member,
    make_published,
)
from tests.reports.answers import NOW, administrator, answer, count, counted
from tests.reports.exports.making import make
from tests.reports.exports.making import rows_of as responses_of
from tests.reports.numbers.recomputed import rows_of

pytestmark = pytest.mark.django_db

NUMBER, FILE = "/reports/number/", "/reports/number/counts.csv"
LINK = re.compile(r'<a [^>]*href="(/reports/number/\?[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


@pytest.fixture
def version(client):
    client.force_login(administrator())
    version = make_published()
    for week in range(10):
        for code, ratings in (("harbour", "55443"), ("station", "12x45")):
            place = make_location(code=f"{code}{week}") if not week else place_of(code)
            answer(
                version,
                *[ratings] * (5 + week),
                "33333",
                location=place,
                on=date(2026, 3, 29) - timedelta(days=7 * week),
            )
    mailing = make_mailing(version.survey, state="sent")
    for number in range(8):
        make_invitation(
            mailing, sent_at=NOW - timedelta(days=5), is_started=not number, is_finished=not number
        )
    count()
    return version


def place_of(code):
    return Location.objects.get(code=f"{code}0")


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_every_number_on_the_page_opens_and_says_the_same(client, version):
    page = client.get("/reports/", {"from": "2026-01-19", "to": "2026-04-05", "by": "week"}).content.decode()
    links = {
        unescape(url): " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
        for url, text in LINK.findall(page)
    }

    wrong = {}
    for url, text in links.items():
        answered = client.get(url)
        if answered.status_code != HTTPStatus.OK:
            wrong[url] = answered.status_code
        elif re.fullmatch(r"[+−]?[\d.,]+( %)?", text) and not text.startswith("("):
            shown = answered.context["number"].shown
            if shown != text:
                wrong[url] = (shown, text)

    assert wrong == {}
    assert {url.rpartition(".")[2] for url in links} >= {"mean", "share", "n", "ratings", "usual"}
    assert [url for url in links if url.endswith("=response_rate")]


def test_a_number_says_what_it_rests_on(client, version):
    told = words(client.get(NUMBER, {"period": "all", "of": "quality.mean"}))

    for fact in (
        "Numerator",
        "Denominator 210",
        "DimensionSums.mean",
        "Data version",
        "Last counted",
        "Survey",
    ):
        assert fact in told


def test_its_file_says_the_same(client, version):
    response = client.get(FILE, {"period": "all", "of": "quality.mean"})

    rows = rows_of(response.content)
    assert {row["shown"] for row in rows} == {"3.00"}
    assert sum(int(row["mean_sum"]) for row in rows) / 1e6 / sum(int(row["n"]) for row in rows) == 3
    assert response["Content-Disposition"] == f'attachment; filename="{version.survey.slug}-quality.mean.csv"'


@pytest.mark.parametrize("of", ["", "quality", "quality.location.ghost.mean", "\0", "x" * 5000, "<script>"])
def test_what_is_not_there_is_not_found(client, version, of):
    assert client.get(NUMBER, {"of": of}).status_code == HTTPStatus.NOT_FOUND
    assert client.get(FILE, {"of": of}).status_code == HTTPStatus.NOT_FOUND


def test_a_filter_that_cannot_be_read_is_a_clear_refusal(client, version):
    query = {"of": "quality.mean", "location": "ghost"}

    page, file = client.get(NUMBER, query), client.get(FILE, query)

    assert (page.status_code, file.status_code) == (HTTPStatus.BAD_REQUEST, HTTPStatus.BAD_REQUEST)
    assert 'href="/reports/?survey=' in page.content.decode()


def test_without_a_survey_there_is_no_number(client):
    client.force_login(administrator())

    assert client.get(NUMBER, {"of": "quality.mean"}).status_code == HTTPStatus.NOT_FOUND


def test_a_manager_opens_no_number_of_another_place(client, version):
    mine = make_location(code="mine")
    counted(version, *["44444"] * 6, location=mine)
    client.force_login(make_member(Role.MANAGER, locations=[mine]))
    query = {"survey": version.survey.slug, "period": "all"}

    own = client.get(NUMBER, {**query, "of": "quality.mean"})
    other = client.get(NUMBER, {**query, "of": "quality.location.harbour0.mean"})

    assert (own.context["number"].shown, other.status_code) == ("4.00", HTTPStatus.NOT_FOUND)


def test_editors_are_led_to_the_responses_behind_it(client, version):
    query = {"survey": version.survey.slug, "period": "all", "of": "quality.location.harbour0.mean"}
    manager = make_member(Role.MANAGER, locations=[place_of("harbour")])

    url = client.get(NUMBER, query).context["rows_url"]
    client.force_login(manager)

    assert QueryDict(url.partition("?")[2])["location"] == "harbour0"
    assert url.startswith(reverse("reports:exports"))
    assert url.replace("&", "&amp;") not in client.get(NUMBER, query).content.decode()


def test_the_responses_behind_a_number_give_it_as_well(client, version):
    days = {"from": "2026-01-01", "to": "2026-03-31", "survey": version.survey.slug}
    page = client.get(NUMBER, {**days, "of": "knowledge.location.station0.mean"})

    filters = page.context["rows_url"].partition("?")[2]
    rows = responses_of(make(make_export(version.survey, filters=filters)))

    given = [int(row["q_knowledge"]) for row in rows if row["q_knowledge"].isdigit()]
    assert page.context["number"].shown == f"{mean(given):.2f}"
    assert len(given) == page.context["number"].table.rows[0].cells["n"]
