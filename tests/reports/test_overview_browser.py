"""The report as a manager sees it: accessible in every look, within the window, usable without a script."""

import random
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from organisation.enums import Role
from surveys.enums import Continuity, Dimension
from tests.browser import THEMES, VIEWPORTS, axe, axe_violations, enter, look, opened, overflow, wait_for
from tests.factories import make_draft, make_location, make_member, make_published, make_question, make_region
from tests.reports.answers import answer, answer_all, count

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
LONG = "Bäckerei und Konditorei am Hauptbahnhof gegenüber"


@pytest.fixture
def manager():
    """Two versions, three locations of which one is small, ten weeks, one answer on its way."""
    chance, today = random.Random(3), timezone.now().date()
    coast, hills = make_region(name="Coast"), make_region(name="Hills")
    places = [make_location(name=name, region=coast) for name in (LONG, "Harbour")]
    small = make_location(name="Small", region=hills)
    first = make_published()
    draft = make_draft(first.survey, questions=())
    reworded = {"text": "How fast were we served?", "continuity": Continuity.NEW_WORDING}
    make_question(draft, 1, key="speed", dimension=Dimension.SPEED, **reworded)
    make_question(draft, 2, key="overall", dimension=Dimension.OVERALL)
    for version, weeks in ((first, range(5, 20)), (make_published(draft=draft), range(5))):
        questions = version.questions.count()
        answer_all(
            version,
            [
                {
                    "ratings": "".join(chance.choice("234455x") for _question in range(questions)),
                    "location": place,
                    "on": today - timedelta(days=7 * week),
                }
                for week in weeks
                for place in places
                for _response in range(7)
            ],
        )
    answer(first, "11111", "22222", location=small, on=today)
    count()
    answer(first, "33333", location=places[0], on=today)
    return make_member(Role.MANAGER, regions=[coast, hills])


@contextmanager
def reading(browser, live_server, manager, **options):
    """A signed-in page. At its end no picture is on its way any more."""
    with opened(browser, **options) as page:
        enter(page, live_server, manager)
        yield page
        page.wait_for_load_state("networkidle")


def test_the_report_is_accessible_and_fits_its_window(browser, live_server, manager):
    addresses = ["", "?dimension=speed&mode=link", "?from=2020-01-01&to=2020-01-31", "?location=ghost"]
    addresses += ["number/?of=overall.mean", "number/?of=question.speed.ratings", "number/?of=ghost"]
    addresses += ["wall/", "flagged/", "why/", "why/?from=2020-01-01&to=2020-01-31"]
    found = {}
    with reading(browser, live_server, manager) as page:
        for address in addresses:
            page.goto(f"{live_server.url}/reports/{address}")
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            found[address] = axe_violations(page)
            look(page, "phone", "light")
            found[address] |= {"overflow": overflow(page)} if overflow(page) else {}
            page.wait_for_load_state("networkidle")

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_each_chart_is_drawn_once_in_the_readers_theme(browser, live_server, manager, theme):
    with reading(browser, live_server, manager, theme=theme) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{live_server.url}/reports/")
        images = page.locator(f".by-{theme} img")
        for number in range(images.count()):
            images.nth(number).scroll_into_view_if_needed()
        wait_for(
            page,
            "theme => [...document.querySelectorAll(`.by-${theme} img`)].every(one => one.naturalWidth > 0)",
            theme,
        )

        charts = [url for url in asked if "/reports/charts/" in url]
        assert len(charts) == images.count() == 5
        assert all(f"theme={theme}" in url for url in charts)


@pytest.mark.parametrize("width", [320, 440, 470, 640])
def test_no_open_menu_is_wider_than_the_page(browser, live_server, manager, width):
    with reading(browser, live_server, manager) as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/reports/")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")

        assert overflow(page) == 0


@pytest.mark.parametrize("width", [320, 700, 1000])
def test_pictures_shrink_with_the_page(browser, live_server, manager, width):
    with reading(browser, live_server, manager) as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/reports/")

        edges = page.evaluate(
            "[...document.querySelectorAll('.by-light img')].map(one => one.getBoundingClientRect().right)"
        )

    assert len(edges) == 5
    assert max(edges) <= width


def test_a_filter_is_set_and_taken_away_without_a_script(browser, live_server, manager):
    with reading(browser, live_server, manager, java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/reports/")
        page.get_by_label("Location", exact=True).select_option("Harbour")
        page.get_by_role("button", name="Show").click()
        chip = page.locator(".chip", has_text="Harbour")
        expect(chip).to_have_count(1)

        chip.get_by_role("link").click()

        expect(page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize("scripted", [True, False])
def test_an_address_says_what_was_chosen_and_no_more(browser, live_server, manager, scripted):
    with reading(browser, live_server, manager, java_script_enabled=scripted) as page:
        page.goto(f"{live_server.url}/reports/?period=30")
        asked = []
        page.on("request", lambda request: asked.append(request.url.partition("/reports/")[2]))
        page.get_by_label("Location", exact=True).select_option("Harbour")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".chip")).to_have_count(1)
        first = page.url
        page.get_by_label("Region", exact=True).select_option("Coast")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".chip")).to_have_count(2)
        said = [name for name, _value in parse_qsl(urlsplit(page.url).query, keep_blank_values=True)]

        page.go_back()

        expect(page.locator(".chip")).to_have_count(1)
        assert page.url == first
    days = [] if scripted else ["from", "to"]
    assert sorted(said) == sorted(["survey", "location", "region", "period", *days])
    assert any("mode=&" in one for one in asked) is not scripted


def test_days_that_were_changed_are_said(browser, live_server, manager):
    with reading(browser, live_server, manager) as page:
        page.goto(f"{live_server.url}/reports/?period=30")
        last_day = page.get_by_label("To", exact=True).first.input_value()
        page.get_by_label("From", exact=True).fill("2026-01-05")

        page.get_by_role("button", name="Show").click()

        page.wait_for_url(f"**from=2026-01-05&to={last_day}**")


def test_a_phone_shows_numbers_first_and_opens_its_filters_by_a_tap_without_a_script(
    browser, live_server, manager
):
    with reading(browser, live_server, manager, size="phone", java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/reports/")
        tile = page.locator(".tile-value").first.bounding_box()
        expect(page.get_by_label("Location", exact=True)).to_be_hidden()

        page.locator(".filters > summary").click()
        page.get_by_label("Location", exact=True).select_option("Harbour")
        page.get_by_role("button", name="Show").click()

        chip = page.locator(".chip", has_text="Harbour")
        expect(chip).to_be_visible()
        expect(page.get_by_label("Location", exact=True)).to_be_hidden()
        chip.get_by_role("link").click()
        expect(page.locator(".chip")).to_have_count(0)
        page.go_back()
        expect(chip).to_be_visible()
    assert tile["y"] + tile["height"] < VIEWPORTS["phone"]["height"]


def test_filters_lie_open_on_a_wide_page_and_all_of_it_fits_a_wall(browser, live_server, manager):
    with reading(browser, live_server, manager) as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto(f"{live_server.url}/reports/")

        expect(page.get_by_label("Location", exact=True)).to_be_visible()
        expect(page.locator(".filters > summary")).to_be_hidden()
        tops = {
            page.locator(f"#{name}").bounding_box()["y"] for name in ("means", "distribution", "locations")
        }
        assert (len(tops), overflow(page)) == (1, 0)
        assert axe(page) == []


def test_a_wall_renews_itself_whole_and_says_when_it_could_not(browser, live_server, manager):
    with reading(browser, live_server, manager) as page:
        page.goto(f"{live_server.url}/reports/wall/")
        stale = page.locator(".wall-stale")
        expect(stale).to_be_hidden()
        page.evaluate("document.getAnimations().forEach(one => one.finish())")
        expect(stale).to_be_visible()

        page.evaluate("htmx.ajax('GET', document.querySelector('[hx-get]').getAttribute('hx-get'), 'body')")

        expect(stale).to_be_hidden()
        expect(page.locator("main")).to_have_count(1)
        expect(page.locator(".tile-value")).not_to_have_count(0)


@pytest.mark.parametrize(
    "ask",
    [
        lambda page: page.get_by_role("button", name="Print").click(),
        lambda page: page.keyboard.press("Control+p"),
    ],
)
def test_all_pictures_are_printed_by_day_whatever_was_seen(browser, live_server, manager, ask):
    with reading(browser, live_server, manager, theme="dark") as page:
        page.add_init_script("window.print = () => { document.body.dataset.printed = 'yes' }")
        page.goto(f"{live_server.url}/reports/")

        ask(page)

        expect(page.locator("body")).to_have_attribute("data-printed", "yes", timeout=60_000)
        widths = page.evaluate("[...document.querySelectorAll('.by-light img')].map(one => one.naturalWidth)")
        page.emulate_media(media="print")
        expect(page.locator(".by-light").first).to_be_visible()
        expect(page.locator(".filters, .rail, .save-menu").first).to_be_hidden()
    assert len(widths) == 5
    assert all(widths)


@pytest.mark.parametrize(
    ("viewport", "on_screen"),
    [
        ({"width": 1920, "height": 1080}, ["half", "half", "half", "wide", "half"]),
        (VIEWPORTS["phone"], ["narrow"] * 5),
    ],
)
def test_paper_has_pictures_of_its_own_width_whatever_the_window_has(
    browser, live_server, manager, viewport, on_screen
):
    sizes = "[...document.querySelectorAll('.by-light img')].map(one => one.currentSrc.match(/size=([a-z]+)/)?.[1])"
    with reading(browser, live_server, manager, viewport=viewport) as page:
        page.add_init_script(f"window.print = () => {{ document.body.dataset.printed = {sizes} }}")
        page.goto(f"{live_server.url}/reports/")

        page.keyboard.press("Control+p")

        printed = "half,half,wide,wide,wide"
        expect(page.locator("body")).to_have_attribute("data-printed", printed, timeout=60_000)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        # A picture has no address for a moment while the browser chooses another one.
        wait_for(page, f"wanted => String({sizes}) === String(wanted)", on_screen)


def test_where_those_by_day_are_not_there_paper_has_those_by_night(browser, live_server, manager):
    with reading(browser, live_server, manager, theme="dark") as page:
        page.route(lambda url: "theme=light" in url, lambda route: route.fulfill(status=404))
        page.goto(f"{live_server.url}/reports/")
        page.wait_for_load_state("networkidle")

        page.evaluate("dispatchEvent(new Event('beforeprint'))")

        page.emulate_media(media="print", color_scheme="dark")
        expect(page.locator("#trend .by-dark")).to_be_visible()
        expect(page.locator("#trend .by-light")).to_be_hidden()


@pytest.mark.parametrize(("size", "is_there"), [("desktop", True), ("phone", False)])
def test_pictures_below_are_there_before_the_browser_prints(browser, live_server, manager, size, is_there):
    with reading(browser, live_server, manager, size=size) as page:
        page.goto(f"{live_server.url}/reports/", wait_until="load")
        page.wait_for_load_state("networkidle")

        widths = page.evaluate(
            "[...document.querySelectorAll('picture img')].map(one => one.naturalWidth > 0)"
        )

        assert all(widths[::2]) == is_there
        assert not any(widths[1::2])


def test_a_table_says_what_its_chart_shows(browser, live_server, manager):
    with reading(browser, live_server, manager) as page:
        page.goto(f"{live_server.url}/reports/")
        means = page.locator("#means")
        means.get_by_text("The same as a table").click()

        in_tiles = page.locator(".tile-value").all_inner_texts()
        in_table = means.locator("tbody tr td:nth-child(3)").all_inner_texts()

    assert [text.split()[0] for text in in_tiles] == in_table
