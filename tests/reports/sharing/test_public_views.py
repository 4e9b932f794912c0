"""What strangers read by a link, and when they no longer do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Organisation
from reports.models import ShareLink
from tests.factories import make_location, make_member, make_published, make_share
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db
SHARED = "/reports/shared/a-token/"
ADDRESSES = ["", "report.pdf", "charts/means.svg", "charts/means.png"]


@pytest.fixture
def place():
    return make_location(name="Harbour")


@pytest.fixture
def version(place):
    version = make_published()
    counted(version, *["55443"] * 6, location=place)
    counted(version, *["11111"] * 9, location=make_location(name="Station"))
    return version


@pytest.fixture
def link(version, place):
    owner = make_member(Role.MANAGER, locations=[place])
    return make_share(version.survey, owner=owner, token="a-token")


def words(response):
    return " ".join(response.content.decode().split())


def statuses(client):
    return {client.get(f"{SHARED}{what}").status_code for what in ADDRESSES}


def test_a_stranger_reads_what_the_sharer_read_then(client, version, place, link):
    before = words(client.get(SHARED))
    counted(version, *["11111"] * 30, location=place)

    assert "For the board" in before
    assert "Responses</dt><dd>6</dd>" in before
    assert "Station" not in before
    assert words(client.get(SHARED)) == before


def test_nothing_leads_on_and_nothing_is_set(client, link):
    page = client.get(SHARED)

    text = words(page)
    addresses = {part.split('"')[0] for part in text.split('href="')[1:]}
    pages = {one for one in addresses if not one.startswith(("/static/", "#", "/organisation/colours"))}
    pictures = {one for one in pages if one.startswith(f"{SHARED}charts/")}
    assert {one.partition("?")[0].rpartition(".")[2] for one in pictures} == {"png", "svg"}
    assert pages - pictures == {f"{SHARED}report.pdf"}
    assert dict(page.cookies) == {}
    assert "csrf" not in text


@pytest.mark.parametrize("what", ADDRESSES)
def test_machines_and_other_websites_hear_nothing_of_it(client, link, what):
    answer = client.get(f"{SHARED}{what}")

    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_numbers_beyond_those_on_the_page_are_in_no_file(client, link, kind):
    assert client.get(f"{SHARED}charts/means.{kind}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(client, link, method):
    assert {getattr(client, method)(f"{SHARED}{what}").status_code for what in ADDRESSES} == {405}


@pytest.mark.parametrize(
    "change",
    [
        lambda: {"expires_at": timezone.now()},
        lambda: {"revoked_at": timezone.now()},
        lambda: {"report": None, "cleared_at": timezone.now(), "revoked_at": timezone.now()},
    ],
    ids=["expired", "revoked", "cleared"],
)
def test_a_link_that_is_over_says_so_and_what_to_do(client, link, change):
    assert statuses(client) == {200}
    ShareLink.objects.filter(pk=link.pk).update(made_at=link.made_at - timedelta(days=1), **change())

    over = client.get(SHARED)
    assert statuses(client) == {410}
    assert "This link has ended" in words(over)
    assert "Ask whoever gave it to you for a new link" in words(over)
    assert link.name not in words(over)


def test_a_link_that_never_was_is_not_complete(client, link):
    assert "The link is not complete" in words(client.get("/reports/shared/never-was/"))


@pytest.mark.parametrize(
    "leave",
    [
        lambda owner: owner.locations.clear(),
        lambda owner: type(owner).objects.filter(pk=owner.pk).update(is_active=False),
        lambda owner: type(owner).objects.filter(pk=owner.pk).update(role=Role.EDITOR),
        lambda _owner: Organisation.objects.update(minimum_group=6),
    ],
    ids=["place", "left", "role", "minimum"],
)
def test_it_ends_with_what_its_sharer_may_read(client, link, leave):
    leave(link.owner)

    assert statuses(client) == {410}


def test_a_sharer_who_may_read_more_meanwhile_shares_what_was_shared(client, link):
    link.owner.locations.add(make_location())
    Organisation.objects.update(minimum_group=4)

    assert statuses(client) == {200}
    assert "Responses</dt><dd>6</dd>" in words(client.get(SHARED))


@pytest.mark.parametrize("token", ["x" * 5000, "%00", "%ED%A0%80", "..", "a-token%20", "ä"])
def test_what_can_be_no_token_opens_nothing(client, link, token):
    assert client.get(f"/reports/shared/{token}/").status_code == 404


def test_a_chart_that_there_is_not(client, link):
    assert client.get(f"{SHARED}charts/other.svg").status_code == 404
