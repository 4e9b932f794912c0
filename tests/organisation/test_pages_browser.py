"""The organisation's pages as people see them: accessible in every look, within the window, nothing refused."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from organisation.actions import record_change
from organisation.enums import Role
from organisation.models import Location, Organisation
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.factories import make_location, make_member, make_region, make_touchpoint
from tests.organisation.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONG = "Bäckerei und Konditorei am Hauptbahnhof gegenüber"


@pytest.fixture
def administrator():
    """Somebody with something to look after: names long and short, each state once."""
    Organisation.objects.update(logo=picture("PNG", (120, 40)), logo_type="image/png", colour="#f5d90a")
    region = make_region(code="coast", name="Coast")
    location = make_location(code="north", name=LONG, region=region, time_zone="America/Argentina/Ushuaia")
    make_touchpoint(code="till", name="Till", archived_at=NOW)
    make_member(
        Role.MANAGER, name="Mia", locations=[location], regions=[region], email=f"{'m' * 50}@example.org"
    )
    administrator = make_member(Role.ADMINISTRATOR, name="Ada")
    record_change(
        action="changed", subject=location, by=administrator, now=NOW, changes={"name": ["a", LONG]}
    )
    return administrator


def addresses(administrator):
    words = {
        "change_location": {"code": "north"},
        "change_region": {"code": "coast"},
        "change_touchpoint": {"code": "till"},
        "change_member": {"pk": administrator.pk},
    }
    names = ["overview", "settings", "set_logo", "locations", "paste_locations", "regions", "touchpoints"]
    names += ["members", "audit", *words]
    return [reverse(f"organisation:{name}", kwargs=words.get(name)) for name in names]


def test_pages_are_accessible_and_fit_their_window(browser, live_server, administrator):
    found = {}
    with opened(browser) as page:
        enter(page, live_server, administrator)
        for address in addresses(administrator):
            page.goto(live_server.url + address)
            found[address] = axe_violations(page)
            look(page, "phone", "light")
            found[address] |= {"overflow": overflow(page)} if overflow(page) else {}

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_pages_say_what_is_wrong_where_it_is_wrong(browser, live_server, administrator):
    with opened(browser) as page:
        enter(page, live_server, administrator)
        page.goto(f"{live_server.url}{reverse('organisation:paste_locations')}")
        page.get_by_label("Locations").fill("brno-1, Brno centre, coast\nbrno-2, Brno west, hills")
        page.get_by_role("button", name="Add locations").click()

        expect(page.get_by_text("Line 2: There is no region with the code “hills”.")).to_be_visible()
        assert page.get_by_label("Locations").input_value().startswith("brno-1, Brno centre")
        assert axe_violations(page, [("phone", "dark")]) == {}


def test_an_administrator_adds_locations_and_gives_them_to_a_member(browser, live_server, administrator):
    with opened(browser) as page:
        enter(page, live_server, administrator)
        page.goto(f"{live_server.url}{reverse('organisation:paste_locations')}")
        page.get_by_label("Locations").fill("brno-1, Brno centre, coast\nbrno-2, Brno west")
        page.get_by_role("button", name="Add locations").click()
        page.get_by_role("link", name="Members").click()
        page.get_by_role("link", name="Add member").click()
        page.get_by_label("E-mail").fill("eva@example.org")
        page.get_by_label("Name").fill("Eva")
        page.get_by_label("Role").select_option("manager")
        page.get_by_label("Brno west").check()
        page.get_by_role("button", name="Add member").click()
        link = page.locator("#password-link").inner_text()
        looks = axe_violations(page)

    assert (link.startswith(live_server.url), looks) == (True, {})
    assert list(Location.objects.filter(members__email="eva@example.org")) == [
        Location.objects.get(code="brno-2")
    ]
