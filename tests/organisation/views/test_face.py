import pytest

from organisation.models import Organisation
from tests.organisation.pictures import picture

LOGO, COLOURS = "/organisation/logo", "/organisation/colours.css"
pytestmark = pytest.mark.django_db


@pytest.fixture
def logo():
    content = picture()
    Organisation.objects.update(logo=content, logo_type="image/png")
    return content


def test_logo_is_what_was_sent_and_says_what_it_is(client, logo):
    answer = client.get(LOGO)

    assert (answer.status_code, answer.content) == (200, logo)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer["Cache-Control"] == "public, max-age=300"


def test_logo_is_not_sent_twice(client, logo):
    etag = client.get(LOGO)["ETag"]

    again = client.get(LOGO, headers={"If-None-Match": etag})
    Organisation.objects.update(logo=picture("PNG", (9, 9)))
    changed = client.get(LOGO, headers={"If-None-Match": etag})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_logo_that_is_not_there_is_not_found(client):
    assert client.get(LOGO).status_code == 404


def test_colours_are_one_line_of_style(client):
    answer = client.get(COLOURS)

    assert (answer.content, answer["Content-Type"]) == (
        b":root{--organisation-colour:#1f5f8b}\n",
        "text/css; charset=utf-8",
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (COLOURS, "public, max-age=300"),
        (f"{COLOURS}?v=1f5f8b", "public, max-age=31536000, immutable"),
        (f"{COLOURS}?v=ffffff", "public, max-age=300"),
        (f"{COLOURS}?v=", "public, max-age=300"),
    ],
)
def test_colours_are_kept_for_good_only_under_their_own_address(client, address, expected):
    assert client.get(address)["Cache-Control"] == expected


def test_colours_are_not_sent_twice(client):
    etag = client.get(COLOURS)["ETag"]

    assert client.get(COLOURS, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", [LOGO, COLOURS])
def test_face_needs_no_session_and_one_query(client, logo, django_assert_num_queries, address):
    with django_assert_num_queries(1):
        answer = client.get(address)

    assert (answer.cookies, answer.get("Vary")) == ({}, None)


@pytest.mark.parametrize("address", [LOGO, COLOURS])
def test_face_is_only_looked_at(client, logo, address):
    assert (client.post(address).status_code, client.head(address).status_code) == (405, 200)
