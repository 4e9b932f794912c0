import re
from urllib.parse import parse_qs, urlsplit

import pytest

from surveys.answering.kiosk_tokens import KioskPlace, read_place
from surveys.queries.sharing import kiosk_link, link_to, qr_code
from tests.factories import make_location, make_survey, make_touchpoint
from tests.surveys.queries.pictures import read_qr

ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture
def places(db):
    return {"location": make_location(code="north"), "touchpoint": make_touchpoint(code="till")}


def test_a_link_names_survey_location_and_touchpoint(places):
    link = link_to(make_survey(slug="service"), origin=ORIGIN, **places)

    assert link.url == f"{ORIGIN}/s/service/?at=north&tp=till"
    assert link.short == "127.0.0.1:8000/s/service/?at=north&tp=till"


def test_a_link_to_the_default_places_stays_true_when_others_become_the_default(places):
    places["location"].is_default = places["touchpoint"].is_default = True

    link = link_to(make_survey(slug="service"), origin=ORIGIN, **places)

    assert link.url == f"{ORIGIN}/s/service/?at=north&tp=till"


def test_a_link_begins_with_the_address_of_the_site_where_that_is_known(settings, places):
    settings.SITE_URL = "https://ask.example.org"

    link = link_to(make_survey(slug="service"), origin=ORIGIN, **places)

    assert link.url == "https://ask.example.org/s/service/?at=north&tp=till"


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/s/x/",
        f"https://ask.example.org/s/{'s' * 50}/?at={'l' * 50}&tp={'t' * 50}",
    ],
)
def test_a_qr_code_is_read_back(url):
    assert read_qr(qr_code(url)) == url


def test_a_qr_code_is_a_picture_without_style_or_script():
    picture = qr_code(ORIGIN)

    assert picture.startswith(b"<?xml")
    assert re.findall(rb"style|script|href", picture) == []


@pytest.mark.django_db
def test_kiosk_link_is_signed_for_its_place():
    survey, location, touchpoint = make_survey(), make_location(code="elmgate"), make_touchpoint(code="exit")

    link = kiosk_link(survey, location=location, touchpoint=touchpoint, origin="https://here.example")

    signed = parse_qs(urlsplit(link.url).query)["k"][0]
    assert link.url.startswith(f"https://here.example/kiosk/{survey.slug}/?k=")
    assert read_place(signed) == KioskPlace(survey.pk, "elmgate", "exit")
