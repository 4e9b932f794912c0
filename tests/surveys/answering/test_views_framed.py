"""The survey in a frame: on which websites, and by which way its responses came."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.answering import places, tokens
from surveys.answering.references import reference
from surveys.enums import Mode
from surveys.models import AllowedOrigin, Response, Survey
from tests.factories import make_published, make_survey
from tests.surveys.answering.closing import closing

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="token" value="([^"]*)"')
FIVE = {"quality": "5", "speed": "2", "convenience": "x", "knowledge": "4", "overall": "4"}
PAGES = ["/s/service/", "/s/service/thanks/", "/s/service/embed/", "/s/service/embed/thanks/"]


@pytest.fixture
def version():
    return make_published(make_survey(slug="service"))


def open_page(client, path):
    page = client.get(path)
    return tokens.read(TOKEN.search(page.content.decode())[1]), page


def frames(page):
    return page.headers["Content-Security-Policy"].partition("frame-ancestors ")[2]


@pytest.mark.parametrize("path", PAGES)
def test_answer_may_stand_in_a_frame_of_the_websites_that_the_survey_allows(client, version, path):
    before = frames(client.get(path))
    for origin in ("https://www.example.org", "https://example.com:8443"):
        AllowedOrigin.objects.create(survey=version.survey, origin=origin)
    AllowedOrigin.objects.create(survey=make_survey(), origin="https://other.example.org")
    places.forget()

    page = client.get(path)

    assert before == "'self'"
    assert frames(page) == "'self' https://example.com:8443 https://www.example.org"
    assert "X-Frame-Options" not in page.headers


@pytest.mark.parametrize("path", PAGES)
def test_answer_loads_nothing_from_elsewhere(client, version, path):
    AllowedOrigin.objects.create(survey=version.survey, origin="https://www.example.org")

    page = client.get(path)

    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page.content.decode())


def test_a_mistake_and_a_closed_survey_stay_in_their_frame(client, version):
    AllowedOrigin.objects.create(survey=version.survey, origin="https://www.example.org")

    refused = client.post("/s/service/embed/send/", {"token": "forged", **FIVE})
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    places.forget()
    closed = client.get("/s/service/embed/")

    assert {frames(refused), frames(closed)} == {"'self' https://www.example.org"}
    assert 'action="/s/service/embed/send/"' in refused.content.decode()


def test_embed_is_the_same_form_and_its_responses_came_by_the_widget(client, version):
    token, page = open_page(client, "/s/service/embed/?at=main&tp=service")
    sent = client.post("/s/service/embed/send/", {"token": tokens.sign(token), **FIVE})

    stored = Response.objects.get()
    assert (stored.mode, stored.ratings) == (Mode.WIDGET, "52x44")
    assert closing(sent) == ("/s/service/embed/thanks/", reference(stored.pk), {})
    assert 'href="/s/service/embed/"' in client.get(sent.headers["Location"]).content.decode()
    assert 'action="/s/service/embed/send/"' in page.content.decode()
    assert not page.cookies


def test_embed_without_a_token_of_ours_asks_again_for_the_widget(client, version):
    asked_again = client.post("/s/service/embed/send/", {"token": "forged", **FIVE})

    assert tokens.read(TOKEN.search(asked_again.content.decode())[1]).mode == Mode.WIDGET


def test_embed_reads_no_more_than_the_normal_page(client, version, django_assert_num_queries):
    AllowedOrigin.objects.create(survey=version.survey, origin="https://www.example.org")
    client.get("/s/service/embed/")
    places.forget()

    with django_assert_num_queries(1):
        client.get("/s/service/embed/")


def test_embed_as_a_preview_can_send_nothing(client, version):
    page = client.get("/s/service/embed/?preview=1").content.decode()

    assert 'name="token"' not in page
    assert "nothing is sent or stored" in page


@pytest.mark.parametrize("query", ["preview=1", "", "lang=xx", "at=nowhere", "at=%00", "tp=%ED%A0%80"])
def test_embed_answers_any_address(client, version, query):
    assert client.get(f"/s/service/embed/?{query}").status_code in {200, 404}
