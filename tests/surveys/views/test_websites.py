import pytest
from django.urls import reverse

from surveys.models import AllowedOrigin
from tests.factories import make_draft, make_published, make_survey, make_touchpoint


@pytest.fixture
def survey(db):
    return make_published(make_survey(slug="service")).survey


def url(survey, name="share_website"):
    return reverse(f"surveys:{name}", args=[survey.pk])


def text(answer):
    return answer.content.decode()


def test_a_website_is_allowed_and_withdrawn(client, survey):
    client.post(url(survey, "allow_origin"), {"origin": "https://www.Example.org/contact"})
    shown = text(client.get(url(survey)))
    frames = client.get("/s/service/embed/").headers["Content-Security-Policy"]
    client.post(url(survey, "withdraw_origin"), {"origin": "https://www.example.org"})

    assert "<code>https://www.example.org</code>" in shown
    assert frames.endswith("frame-ancestors 'self' https://www.example.org")
    assert not AllowedOrigin.objects.exists()


@pytest.mark.parametrize("origin", ["http://example.org", "https://*", "", "\0", "https://a b"])
def test_what_is_no_website_is_said_and_not_kept(client, survey, origin):
    answer = client.post(url(survey, "allow_origin"), {"origin": origin})

    assert answer.status_code == 422
    assert not AllowedOrigin.objects.exists()


@pytest.mark.parametrize("origin", ["https://never.example", "\0", "x" * 5000])
def test_withdrawing_what_was_never_allowed_changes_nothing(client, survey, origin):
    assert client.post(url(survey, "withdraw_origin"), {"origin": origin}).status_code == 302


def test_the_snippet_is_shown_as_text(client, survey):
    make_touchpoint(code="web")

    shown = text(client.get(url(survey), {"mode": "timed", "after": "25", "tp": "web"}))

    assert "&lt;script src=" in shown
    assert "data-after=&quot;25&quot;" in shown
    assert "data-tp=&quot;web&quot;" in shown
    assert '<script src="http://testserver/s/widget.js' not in shown


@pytest.mark.parametrize(
    "query", ["mode=x", "mode=timed&after=-1", "mode=timed&after=٢", f"after={'9' * 5000}"]
)
def test_the_snippet_answers_any_address(client, survey, query):
    assert client.get(f"{url(survey)}?{query}").status_code == 200


@pytest.mark.parametrize("name", ["share_website", "preview_website"])
@pytest.mark.parametrize("query", ["at=nowhere", "tp=x%00"])
def test_a_place_that_is_not_there_is_no_page(client, survey, name, query):
    assert client.get(f"{url(survey, name)}?{query}").status_code == 404


def test_the_preview_stands_in_our_frame_and_has_the_snippet(client, survey):
    answer = client.get(url(survey, "preview_website"), {"mode": "inline"})

    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert 'data-mode="inline"' in text(answer)
    assert 'data-preview="1"' in text(answer)


def test_a_draft_says_that_the_snippet_does_not_work_yet(client, db):
    assert "as soon as the survey is published" in text(client.get(url(make_draft().survey)))
