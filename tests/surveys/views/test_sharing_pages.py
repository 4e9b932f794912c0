import pytest
from django.urls import reverse

from surveys.models import Response
from tests.factories import make_draft, make_location, make_published, make_survey, make_touchpoint
from tests.surveys.queries.pictures import read_qr


def url(name, survey):
    return reverse(f"surveys:{name}", args=[survey.pk])


def page(answer):
    return answer.content.decode()


@pytest.fixture
def survey(db):
    return make_published(make_survey(slug="service")).survey


def test_there_is_a_link_for_each_location(client, survey):
    make_location(code="north", name="North")
    make_touchpoint(code="till", name="Till")

    answer = client.get(url("share", survey), {"tp": "till"})

    assert [shared.link.url for shared in answer.context["links"]] == [
        "http://testserver/s/service/?at=main&tp=till",
        "http://testserver/s/service/?at=north&tp=till",
    ]


def test_locations_are_found_by_name(client, survey):
    for name in ("North", "South"):
        make_location(name=name)

    answer = client.get(url("share", survey), {"q": "nor"})

    assert [shared.name for shared in answer.context["links"]] == ["North"]


@pytest.mark.parametrize("query", ["tp=nonsense", "tp=%00%ED%A0%80", "q=%00", f"page={'9' * 5000}"])
def test_the_links_answer_any_address(client, survey, query):
    assert client.get(f"{url('share', survey)}?{query}").status_code == 200


@pytest.mark.parametrize("locations", [1, 3])
def test_the_links_take_as_many_queries_however_many_places(
    client, survey, locations, django_assert_num_queries
):
    for _ in range(locations):
        make_location()

    # Session, member, organisation; survey, draft, held, touchpoint, how many locations, locations, touchpoints.
    with django_assert_num_queries(11):
        client.get(url("share", survey))


def test_the_code_leads_to_the_link(client, survey):
    make_location(code="north")

    answer = client.get(url("qr", survey), {"at": "north"})

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert read_qr(answer.content) == "http://testserver/s/service/?at=north&tp=service"


def test_the_code_can_be_kept_as_a_file(client, survey):
    answer = client.get(url("qr", survey), {"download": "1"})

    assert answer.headers["Content-Disposition"] == 'attachment; filename="service-main-service.svg"'


@pytest.mark.parametrize("name", ["qr", "sheet"])
@pytest.mark.parametrize("query", ["at=nowhere", "tp=nowhere", "at=%ED%A0%80", "at=x%00"])
def test_a_place_that_is_not_there_is_no_page(client, survey, name, query):
    assert client.get(f"{url(name, survey)}?{query}").status_code == 404


def test_the_sheet_says_what_to_do_and_where(client, survey, settings):
    settings.SITE_URL = "https://ask.example.org"

    answer = page(client.get(url("sheet", survey)))

    assert "How did we do?" in answer
    assert "ask.example.org/s/service/" in answer
    assert "Your answers are anonymous." in answer


def test_the_sheet_of_a_draft_has_its_title(client):
    survey = make_draft(title="Soon").survey

    assert "Soon" in page(client.get(url("sheet", survey)))


def test_links_of_a_draft_say_that_they_do_not_work_yet(client):
    assert "as soon as the survey is published" in page(client.get(url("share", make_draft().survey)))


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_preview_shows_the_draft_in_a_frame(client, size):
    survey = make_draft().survey

    answer = client.get(url("preview", survey), {"as": size})

    assert f"preview-{size}" in page(answer)
    assert url("preview_frame", survey) in page(answer)


def test_the_page_in_the_frame_may_stand_in_our_frame_and_stores_nothing(client):
    survey = make_draft().survey

    answer = client.get(url("preview_frame", survey))
    sent = client.post(url("preview_frame", survey), {"speed": "5"})

    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "How was the speed?" in page(answer)
    assert (sent.status_code, Response.objects.count()) == (405, 0)


@pytest.mark.parametrize("language", ["da", "xx", "\x00", "x" * 5000])
def test_a_language_that_is_not_offered_shows_the_survey_in_its_own(client, language):
    survey = make_draft().survey

    answer = client.get(url("preview_frame", survey), {"language": language})

    assert "How was the speed?" in page(answer)


def test_a_survey_without_any_version_has_no_preview(client):
    survey = make_survey()

    assert client.get(url("preview", survey)).status_code == 200
    assert client.get(url("preview_frame", survey)).status_code == 404
