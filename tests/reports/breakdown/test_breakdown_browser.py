"""The breakdown as a manager walks it: accessible in every look, a click deeper, a chip undone, and back."""

import random
import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from organisation.enums import Channel, Role, Stage
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.factories import make_location, make_member, make_published, make_region, make_touchpoint
from tests.reports.answers import answer_all, count

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
LONG = "Bäckerei und Konditorei am Hauptbahnhof gegenüber"


@pytest.fixture
def manager():
    chance, today = random.Random(3), timezone.now().date()
    coast, hills = make_region(name="Coast", code="coast"), make_region(name="Hills", code="hills")
    places = [
        make_location(name=LONG, code="long", region=coast),
        make_location(name="Harbour", region=coast),
    ]
    places += [make_location(name="Peak", code="peak", region=hills)]
    touchpoints = [
        make_touchpoint(name="Counter", code="counter", channel=Channel.IN_PERSON, stage=Stage.DECISION),
        make_touchpoint(name="Hotline", code="hotline", channel=Channel.PHONE, stage=Stage.AFTER_PURCHASE),
    ]
    version = make_published()
    rows = [
        {
            "ratings": "".join(
                chance.choice("12" if place.code == "peak" else "345x") for _question in range(5)
            ),
            "location": place,
            "touchpoint": touchpoint,
            "on": today - timedelta(days=chance.randrange(60)),
        }
        for place in places
        for touchpoint in touchpoints
        for _response in range(12)
    ]
    answer_all(version, rows[:-3])
    count()
    return make_member(Role.MANAGER, regions=[coast, hills])


@contextmanager
def reading(browser, live_server, manager, **options):
    with opened(browser, **options) as page:
        enter(page, live_server, manager)
        yield page
        page.wait_for_load_state("networkidle")


def test_the_breakdown_is_accessible_and_fits_its_window(browser, live_server, manager):
    addresses = [
        "",
        "?rows=location&columns=touchpoint",
        "?rows=measure&columns=weekday",
        "?rows=moon",
        "?from=2020-01-01&to=2020-01-31",
        "?rows=region&columns=time",
        "?weekday=1",
        "?rows=touchpoint&question=speed",
    ]
    found = {}
    with reading(browser, live_server, manager) as page:
        for address in addresses:
            page.goto(f"{live_server.url}/reports/breakdown/{address}")
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            found[address] = axe_violations(page)
            look(page, "phone", "light")
            found[address] |= {"overflow": overflow(page)} if overflow(page) else {}
            page.wait_for_load_state("networkidle")

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_a_walk_down_undone_and_back(browser, live_server, manager):
    with reading(browser, live_server, manager) as page:
        page.goto(f"{live_server.url}/reports/")
        page.get_by_role("link", name="Where?").click()
        page.get_by_label("Rows", exact=True).select_option("region")
        page.wait_for_url("**rows=region**")
        page.get_by_role("rowheader", name="Hills").get_by_role("link").click()
        page.get_by_role("rowheader", name="Peak").get_by_role("link").click()
        expect(page.locator(".chip")).to_have_count(2)
        for name in ("Counter", "Hotline"):
            expect(page.get_by_role("rowheader", name=name)).to_be_visible()
        deepest = page.url

        page.get_by_role("link", name="Remove Location Peak").click()
        expect(page.locator(".chip")).to_have_count(1)
        expect(page).not_to_have_url(re.compile("location="))
        page.go_back()

        expect(page).to_have_url(deepest)
        page.go_back()
        expect(page.get_by_role("rowheader", name="Peak")).to_be_visible()


def test_a_cell_leads_to_both_and_says_who_is_lower(browser, live_server, manager):
    with reading(browser, live_server, manager, size="phone") as page:
        page.goto(f"{live_server.url}/reports/breakdown/?rows=location&columns=channel")
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Peak"))
        assert "lower" in row.inner_text()
        mean, n = row.get_by_role("cell").nth(1).get_by_role("link").all()
        n.click()
        expect(page.locator("h1")).to_have_text("Overall, Peak × In person: Mean")

        page.go_back()
        mean.click()
        page.wait_for_url(lambda url: "location=peak" in url and "channel=in_person" in url)


def test_a_day_and_a_question_are_kept_alone_undone_and_back(browser, live_server, manager):
    with reading(browser, live_server, manager, size="phone") as page:
        page.goto(f"{live_server.url}/reports/breakdown/?rows=measure&columns=location")
        page.get_by_role("rowheader", name="How was the speed?").get_by_role("link").click()
        page.get_by_role("rowheader", name="Peak").get_by_role("link").click()
        expect(page.locator(".chip")).to_have_count(2)
        deepest = page.url

        page.get_by_role("link", name="Remove Question How was the speed?").click()
        expect(page.locator(".chip")).to_have_count(1)
        expect(page).not_to_have_url(re.compile("question="))
        page.locator(".filters > summary").click()
        page.get_by_label("Day of the week").select_option("Monday")
        page.locator(".filter-bar").get_by_role("button", name="Show").click()
        expect(page.get_by_role("link", name="Remove Day of the week Monday")).to_be_visible()
        expect(page).to_have_url(re.compile("location=peak"))
        page.go_back()
        page.go_back()

        expect(page).to_have_url(deepest)
        assert overflow(page) == 0


@pytest.mark.parametrize("scripted", [True, False])
def test_ways_are_chosen_without_a_script_too(browser, live_server, manager, scripted):
    with reading(browser, live_server, manager, java_script_enabled=scripted) as page:
        page.goto(f"{live_server.url}/reports/breakdown/")
        page.get_by_label("Columns").select_option("touchpoint")
        if not scripted:
            page.locator(".ways").get_by_role("button", name="Show").click()
        page.wait_for_url("**columns=touchpoint**")

        expect(page.get_by_role("columnheader", name="Hotline")).to_be_visible()


def test_a_phone_says_in_one_line_by_what_it_is_told_apart_and_opens_the_rest(browser, live_server, manager):
    with reading(browser, live_server, manager, size="phone") as page:
        page.goto(f"{live_server.url}/reports/breakdown/?rows=location&columns=touchpoint")
        line, rows = page.locator(".ways > summary"), page.get_by_label("Rows", exact=True)
        expect(line).to_contain_text("Location × Touchpoint")
        expect(rows).to_be_hidden()
        assert page.locator(".findings").bounding_box()["y"] < 480  # in the upper part of the first screen

        line.click()
        rows.select_option("region")
        page.wait_for_url("**rows=region**")
        expect(line).to_contain_text("Region × Touchpoint")
        look(page, "desktop", "light")
        expect(line).to_be_hidden()
        expect(rows).to_be_visible()
