import pytest
from django.urls import reverse

from surveys.answering import places
from surveys.models import KioskRule
from tests.factories import make_kiosk, make_location, make_published, make_survey
from tests.surveys.queries.pictures import read_qr


@pytest.fixture
def survey(db):
    return make_published(make_survey(slug="service")).survey


def url(survey, name="share_kiosk"):
    return reverse(f"surveys:{name}", args=[survey.pk])


GIVEN = {"idle_seconds": "45", "at_idle": "drop", "pin": "2468"}


def test_links_wait_for_a_pin(client, survey):
    before = client.get(url(survey)).content.decode()
    client.post(url(survey), GIVEN)
    after = client.get(url(survey)).content.decode()

    assert "The links appear here" in before
    assert "/kiosk/service/?k=" not in before
    assert "/kiosk/service/?k=" in after


def test_what_was_set_is_kept_and_the_pin_never_shown(client, survey):
    client.post(url(survey), GIVEN)
    text = client.get(url(survey)).content.decode()

    rule = KioskRule.objects.get()
    assert (rule.idle_seconds, rule.at_idle) == (45, "drop")
    assert 'value="45"' in text
    assert "2468" not in text
    assert rule.pin_hash not in text


@pytest.mark.parametrize("given", [{"pin": ""}, {"idle_seconds": "1"}, {"at_idle": "x"}, {"pin": "\0"}])
def test_what_is_wrong_is_said_and_nothing_kept(client, survey, given):
    answer = client.post(url(survey), {**GIVEN, **given})

    assert answer.status_code == 422
    assert not KioskRule.objects.exists()


def test_the_code_leads_to_the_kiosk(client, survey):
    make_kiosk(survey)
    make_location(code="north")

    picture = client.get(url(survey, "kiosk_qr"), {"at": "north"})
    address = read_qr(picture.content).removeprefix("http://testserver")

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("query", ["at=nowhere", "tp=x%00", "at=%ED%A0%80"])
def test_a_place_that_is_not_there_is_no_page(client, survey, query):
    assert client.get(f"{url(survey, 'kiosk_qr')}?{query}").status_code == 404


@pytest.mark.parametrize("locations", [1, 3])
def test_the_links_take_as_many_queries_however_many_places(
    client, survey, locations, django_assert_num_queries
):
    make_kiosk(survey)
    for _ in range(locations):
        make_location()

    with django_assert_num_queries(12):
        client.get(url(survey))


def test_withdrawing_makes_new_addresses(client, survey):
    make_kiosk(survey)
    code = url(survey, "kiosk_qr")
    before = read_qr(client.get(code).content).removeprefix("http://testserver")

    page = client.post(url(survey, "withdraw_kiosks"), follow=True)
    after = read_qr(client.get(code).content).removeprefix("http://testserver")
    places.forget()

    assert "The addresses were withdrawn" in page.content.decode()
    assert (client.get(before).status_code, client.get(after).status_code) == (410, 200)


@pytest.mark.parametrize("name", ["kiosk_qr", "withdraw_kiosks"])
def test_a_survey_without_kiosks_has_nothing_to_show_or_withdraw(client, survey, name):
    ask = client.get if name == "kiosk_qr" else client.post

    assert ask(url(survey, name)).status_code == 404
