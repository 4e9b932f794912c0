"""A shared report as a stranger meets it, and the pages of whoever shared it."""

import pytest
from playwright.sync_api import expect

from organisation.enums import Role
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.factories import make_alert, make_member, make_published, make_share
from tests.reports.answers import counted

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def link():  # and an alert
    version = make_published()
    counted(version, *["55443"] * 6)
    owner = make_member(Role.ADMINISTRATOR)
    make_alert(version.survey, owner=owner)
    return make_share(version.survey, owner=owner, token="a-token")


@pytest.mark.parametrize(
    "what",
    ["shared/a-token/", "shared/ended/", "shares/", "shares/new/", "alerts/", "alerts/new/", "contents/"],
)
def test_each_page_is_accessible_and_fits_its_window(browser, live_server, link, what):
    with opened(browser) as page:
        if not what.startswith("shared/"):
            enter(page, live_server, link.owner)
        page.goto(f"{live_server.url}/reports/{what}")
        page.wait_for_load_state("networkidle")
        found = axe_violations(page)
        look(page, "phone", "light")
        wide = overflow(page)
        page.wait_for_load_state("networkidle")

    assert (found, wide) == ({}, 0)


def test_a_link_is_made_read_and_ended_without_a_script(browser, live_server, link):
    with opened(browser, java_script_enabled=False) as page:
        enter(page, live_server, link.owner)
        page.goto(f"{live_server.url}/reports/shares/new/?period=all")
        page.get_by_label("Name").fill("For the landlord")
        page.get_by_role("button", name="Make the link").click()
        address = page.get_by_label("Link of the report").inner_text()
        page.context.clear_cookies()
        page.goto(address)
        expect(page.get_by_role("heading", name="For the landlord")).to_be_visible()
        page.wait_for_load_state("networkidle")
        enter(page, live_server, link.owner)
        page.goto(f"{live_server.url}/reports/shares/")
        page.get_by_role("link", name="End it now For the landlord").click()
        page.get_by_role("button", name="End the link").click()
        expect(page.get_by_role("heading", name="Shared links")).to_be_visible()
        expect(page.get_by_role("link", name="End it now For the landlord")).to_be_hidden()
        page.goto(address)

        expect(page.get_by_role("heading", name="This link has ended")).to_be_visible()
