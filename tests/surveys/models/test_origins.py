import pytest
from django.db import IntegrityError

from surveys.models import AllowedOrigin
from tests.factories import make_survey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "https://www.example.org:8443",
        "https://xn--pklad-zsa96e.example",
        "https://intranet",
        "http://localhost",
        "http://localhost:8000",
    ],
)
def test_an_origin_is_scheme_host_and_port(origin):
    assert AllowedOrigin.objects.create(survey=make_survey(), origin=origin).pk


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "*",
        "https:",
        "https://",
        "https://*",
        "https://*.example.org",
        "http://example.org",
        "http://localhost.example.org",
        "https://example.org/",
        "https://example.org; script-src *",
        "https://example.org https://other.org",
        "https://example.org,https://other.org",
        "https://example.org\n",
        "https://example.org:port",
        "https://Example.org",
        "https://-example.org",
        "https://user@example.org",
        "data:",
    ],
)
def test_the_database_refuses_what_would_open_the_policy_wider(origin):
    with pytest.raises(IntegrityError):
        AllowedOrigin.objects.create(survey=make_survey(), origin=origin)


def test_an_origin_stands_once_in_a_survey():
    survey = make_survey()
    AllowedOrigin.objects.create(survey=survey, origin="https://example.org")

    with pytest.raises(IntegrityError):
        AllowedOrigin.objects.create(survey=survey, origin="https://example.org")
