from datetime import UTC, datetime

import pytest

from organisation.models import Location
from tests.factories import make_location, make_region
from tests.organisation.trail import trail
from tests.organisation.views.queries import queries_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LISTING = "/organisation/locations/"
NORTH = {"code": "north", "name": "North", "region": "", "time_zone": "UTC"}


def says(answer):
    """What the messages on a page say."""
    return [str(message) for message in answer.context["messages"]]


def test_listing_takes_as_many_queries_for_three_as_for_one(signed_in):
    make_location(region=make_region())
    one = queries_of(signed_in, LISTING)
    make_location(region=make_region()), make_location(region=make_region())

    assert queries_of(signed_in, LISTING) == one


def test_listing_searches_and_parts_by_state(signed_in):
    make_location(name="Brno")
    make_location(name="Plzeň")
    make_location(name="Gone", archived_at=NOW)

    pages = [
        signed_in.get(LISTING, query).context["page"] for query in ({"words": "brno"}, {"state": "archived"})
    ]

    assert [[place.name for place in page] for page in pages] == [["Brno"], ["Gone"]]


@pytest.mark.parametrize(
    "query", ["words=%00", "words=" + "a" * 200, "page=x", "page=99999999999999999999", "page=-1", "state=x"]
)
def test_listing_bears_any_address(signed_in, query):
    assert signed_in.get(f"{LISTING}?{query}").status_code == 200


def test_add_saves_and_returns_to_the_list(signed_in):
    answer = signed_in.post(f"{LISTING}add/", NORTH, follow=True)

    assert Location.objects.get(code="north").name == "North"
    assert (answer.request["PATH_INFO"], says(answer)) == (LISTING, ["“North” was added."])


def test_add_keeps_what_was_given_where_something_is_wrong(signed_in):
    answer = signed_in.post(f"{LISTING}add/", {**NORTH, "code": "main"})

    assert (answer.status_code, trail()) == (422, [])
    assert 'value="North"' in answer.content.decode()


def test_paste_adds_all_or_none(signed_in):
    refused = signed_in.post(f"{LISTING}paste/", {"lines": "a, A\nb, B, hills"})
    nothing = Location.objects.filter(code="a").exists()
    answer = signed_in.post(f"{LISTING}paste/", {"lines": "a, A\nb, B"}, follow=True)

    assert (refused.status_code, nothing) == (422, False)
    assert "Line 2: There is no region with the code “hills”." in refused.content.decode()
    assert (says(answer), Location.objects.filter(code__in="ab").count()) == (["2 locations were added."], 2)


def test_paste_shows_again_what_was_pasted(signed_in):
    answer = signed_in.post(f"{LISTING}paste/", {"lines": "A, <b>"})

    assert "A, &lt;b&gt;" in answer.content.decode()


def test_change_saves_all_but_the_code(signed_in):
    location, region = make_location(code="north"), make_region()

    signed_in.post(
        f"{LISTING}north/change/",
        {"code": "south", "name": "South", "region": region.pk, "time_zone": "Europe/Prague"},
    )

    location.refresh_from_db()
    assert (location.code, location.name, location.region) == ("north", "South", region)
    assert location.time_zone == "Europe/Prague"


def test_change_that_is_wrong_is_still_headed_by_the_name_as_it_is(signed_in):
    make_location(code="north", name="North")

    answer = signed_in.post(f"{LISTING}north/change/", {**NORTH, "name": "", "time_zone": "Mars"})

    assert (answer.status_code, answer.context["heading"]) == (422, "North")


def test_archive_and_restore(signed_in):
    location = make_location(code="north")

    signed_in.post(f"{LISTING}north/archive/")
    location.refresh_from_db()
    archived = location.archived_at
    signed_in.post(f"{LISTING}north/restore/")
    location.refresh_from_db()

    assert (archived is None, location.archived_at) == (False, None)


def test_archive_says_why_the_default_cannot_be(signed_in):
    answer = signed_in.post(f"{LISTING}main/archive/", follow=True)

    assert says(answer) == ["Make another location the default first."]
    assert Location.objects.get(code="main").archived_at is None


def test_default_moves_and_an_archived_one_cannot_be_it(signed_in):
    make_location(code="north", name="North"), make_location(code="gone", archived_at=NOW)

    moved = signed_in.post(f"{LISTING}north/default/", follow=True)
    refused = signed_in.post(f"{LISTING}gone/default/", follow=True)

    assert says(moved) == ["“North” is the default location now."]
    assert says(refused) == ["Restore the location first."]
    assert Location.objects.get(is_default=True).code == "north"


@pytest.mark.parametrize("deed", ["archive", "restore", "default"])
def test_get_changes_nothing(signed_in, deed):
    make_location(code="north")

    assert signed_in.get(f"{LISTING}north/{deed}/").status_code == 405


@pytest.mark.parametrize("code", ["nowhere", "n" * 300, "add", "paste"])
def test_unknown_location_is_not_found(signed_in, code):
    assert signed_in.get(f"{LISTING}{code}/change/").status_code == 404


@pytest.mark.parametrize("sent", [b"%ED%A0%80", b"%00", b"%FF%FE", b"%0C%1F", b"%F0%9F%98%80"])
def test_add_bears_any_bytes(signed_in, sent):
    body = b"code=north&time_zone=UTC&region=&name=North" + sent

    answer = signed_in.post(f"{LISTING}add/", body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in {302, 422}
