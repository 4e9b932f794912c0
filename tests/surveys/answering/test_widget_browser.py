"""The widget in a foreign page: another origin, with a policy that allows no inline style."""

import re
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from surveys.answering.references import sealed
from surveys.enums import Mode
from surveys.models import AllowedOrigin, Response
from tests.browser import LOOKS, axe, look, opened, wait_for
from tests.factories import make_published, make_survey
from tests.servers.processes import wait_until
from tests.servers.website import Website

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def survey():
    return make_published(make_survey(slug="service")).survey


@contextmanager
def website(live_server, survey, *, is_allowed=True, **given):
    given = {"survey": "service", "label": "Tell us", **given}
    attributes = " ".join(f'data-{name}="{value}"' for name, value in given.items())
    snippet = f'<script src="{live_server.url}/s/widget.js" {attributes} async></script>'
    with Website(snippet, site=live_server.url) as site:
        if is_allowed:
            AllowedOrigin.objects.create(survey=survey, origin=site.origin)
        yield site


def framed(page):
    return page.frame_locator("iframe")


def answer(page):
    for key in ("quality", "speed", "convenience", "knowledge", "overall"):
        framed(page).locator(f"[name={key}][value='4']").check(force=True)
    framed(page).get_by_role("button", name="Send my answers").click()
    expect(framed(page).get_by_role("heading", name="Thank you")).to_be_visible()


def focused(page):
    """The name of what has the focus, inside the widget too."""
    return page.evaluate(
        "() => { let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
        " return at === document.body ? 'the browser' : at.textContent || at.title }"
    )


def test_a_button_opens_a_dialog_in_which_answers_are_given(browser, live_server, survey):
    with website(live_server, survey) as site, opened(browser) as page:
        page.goto(site.origin)
        page.get_by_role("button", name="Tell us").click()
        expect(page.get_by_role("dialog", name="Tell us")).to_be_visible()
        answer(page)

    stored = Response.objects.get()
    assert (stored.mode, stored.ratings) == (Mode.WIDGET, "44444")


def test_the_dialog_holds_the_focus_and_gives_it_back(browser, live_server, survey):
    with website(live_server, survey) as site, opened(browser) as page:
        page.goto(site.origin)
        page.get_by_role("button", name="Tell us").focus()
        page.keyboard.press("Enter")
        expect(framed(page).get_by_role("heading", name="How did we do?")).to_be_visible()
        seen = []
        for _ in range(30):
            page.keyboard.press("Tab")
            seen.append(focused(page))
        framed(page).locator("[name=speed][value='4']").focus()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()

        assert set(seen) == {"Close", "Tell us", "the browser"}, "never the page behind it"
        assert focused(page) == "Tell us"


def test_in_the_page_it_is_as_high_as_its_content(browser, live_server, survey):
    with website(live_server, survey, mode="inline") as site, opened(browser, "phone") as page:
        page.goto(site.origin)
        expect(framed(page).get_by_role("heading", name="How did we do?")).to_be_visible()
        frame = page.frames[1]
        wait_for(
            page, "document.querySelector('body > div').shadowRoot.querySelector('iframe').offsetHeight > 500"
        )

        def heights():
            inner = frame.evaluate("[document.documentElement.scrollHeight, innerHeight]")
            return inner[0] - inner[1]

        wait_until(lambda: heights() == 0)
        page.set_viewport_size({"width": 900, "height": 700})
        wait_for(frame, "innerWidth > 500")
        wait_until(lambda: heights() == 0)
        answer(page)
        # The thanks are short.
        wait_until(lambda: page.frames[1].evaluate("innerHeight") < 500)


def test_after_some_seconds_it_opens_once_and_never_after_an_answer(browser, live_server, survey):
    with website(live_server, survey, mode="timed", after="1") as site, opened(browser) as page:
        dialog = page.get_by_role("dialog", name="Tell us")
        page.goto(site.origin)
        expect(dialog).to_be_visible()
        page.reload()
        page.wait_for_timeout(1600)
        once = dialog.is_hidden()
        past_days(page, 31)
        page.reload()
        expect(dialog).to_be_visible()
        answer(page)
        wait_until(lambda: "answered" in page.evaluate("Object.values(localStorage)"))
        past = page.evaluate("Object.values(localStorage)")
        page.reload()
        page.wait_for_timeout(1600)

        assert once
        assert past == ["answered"]
        assert dialog.is_hidden()


def past_days(page, days):
    page.evaluate(
        "days => { for (const key of Object.keys(localStorage))"
        " localStorage.setItem(key, localStorage.getItem(key) - days * 864e5) }",
        days,
    )


def test_it_does_not_open_while_somebody_writes(browser, live_server, survey):
    with website(live_server, survey, mode="timed", after="1") as site, opened(browser) as page:
        page.goto(site.origin)
        page.get_by_label("Search").focus()
        page.wait_for_timeout(1600)

        assert page.get_by_role("dialog").is_hidden()


def test_a_website_that_is_not_allowed_gets_no_survey(browser, live_server, survey):
    with website(live_server, survey, is_allowed=False, mode="inline") as site:
        said = []
        page = browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(site.origin)
        wait_until(lambda: page.wait_for_timeout(50) or page.frames[1].url.startswith("chrome-error:"))
        wait_until(lambda: page.wait_for_timeout(50) or any("frame-ancestors" in text for text in said))
        page.context.close()

    assert Response.objects.count() == 0


@pytest.mark.parametrize("path", ["/s/service/embed/", f"/s/service/embed/thanks/?r={sealed(uuid4())}"])
def test_axe_finds_nothing_in_the_frame(browser, live_server, survey, path):
    found = {}
    with opened(browser) as page:
        page.goto(f"{live_server.url}{path}")
        for size, theme in LOOKS:
            look(page, size, theme)
            found[size, theme] = axe(page)

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("mode", ["button", "inline", "timed"])
def test_axe_finds_nothing_on_a_page_with_the_widget(browser, live_server, survey, mode):
    found = {}
    with website(live_server, survey, mode=mode, after="0") as site, opened(browser) as page:
        page.context.add_init_script("delete window.axe")
        page.goto(site.origin)
        if mode == "button":
            page.get_by_role("button", name="Tell us").click()
        expect(framed(page).get_by_role("heading", name="How did we do?")).to_be_visible()
        for size, theme in LOOKS:
            look(page, size, theme)
            found[size, theme] = [line for line in axe(page) if not re.match("landmark|region", line)]

    assert {name: lines for name, lines in found.items() if lines} == {}
