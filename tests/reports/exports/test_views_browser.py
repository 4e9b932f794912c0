"""What can be taken along, as an editor and a manager meet it: accessible in every look, by keyboard, without a script."""

import pytest
from playwright.sync_api import expect

from organisation.enums import Role
from reports.exports import views
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.factories import make_export, make_member, make_published
from tests.reports.answers import counted

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def version():
    version = make_published()
    counted(version, *["55443"] * 6)
    return version


def test_the_page_of_files_is_accessible_and_fits_its_window(browser, live_server, version):
    member = make_member(Role.EDITOR)
    make_export(version.survey, owner=member, content=b"response")
    make_export(version.survey, owner=member, rows_total=1000, rows_done=500)
    with opened(browser) as page:
        enter(page, live_server, member)
        page.goto(f"{live_server.url}/reports/exports/?period=all")
        found = axe_violations(page)
        look(page, "phone", "light")
        wide = overflow(page)

    assert (found, wide) == ({}, 0)


def test_a_file_is_asked_for_without_a_script(browser, live_server, version, monkeypatch):
    monkeypatch.setattr(views, "hand_over", lambda _task, _key: True)
    with opened(browser, java_script_enabled=False) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        page.goto(f"{live_server.url}/reports/exports/?period=all")
        page.get_by_label("XLSX: a spreadsheet").check()
        page.get_by_role("button", name="Make the file").click()

        expect(page.get_by_role("row")).to_have_count(2)
        expect(page.get_by_role("progressbar")).to_have_count(1)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_menu_opens_inside_the_window_and_closes_by_escape(browser, live_server, version, size):
    with opened(browser, size=size) as page:
        enter(page, live_server, make_member(Role.ADMINISTRATOR))
        page.goto(f"{live_server.url}/reports/?period=all")
        menus = page.locator(".save-menu")
        for number in range(menus.count()):
            summary, sheet = menus.nth(number).locator("summary"), menus.nth(number).locator("ul")
            summary.focus()
            summary.press("Enter")
            box = sheet.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= page.viewport_size["width"]
            summary.press("Escape")
            expect(sheet).to_be_hidden()
        page.wait_for_load_state("networkidle")

    assert number >= 4
