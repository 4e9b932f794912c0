"""The kiosk's screen: idle time-outs, the way out, and what it looks like."""

import pytest
from playwright.sync_api import expect

from surveys.answering import places
from surveys.enums import Mode
from surveys.models import Contact, Response, Survey
from tests.browser import LOOKS, axe, look, opened
from tests.factories import (
    make_draft,
    make_kiosk,
    make_published,
    make_question,
    make_review_form,
    make_survey,
)
from tests.factories.surveys import NOW
from tests.servers.processes import wait_until
from tests.surveys.answering.kiosks import address_of

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def version():
    return make_published(make_survey(slug="service"))


@pytest.fixture
def at_kiosk(browser, live_server, version):
    """Opens the kiosk: `with at_kiosk(at_idle="drop") as page`. A page that is left asks whether it may be."""

    def opens(size="desktop", **rule):
        make_kiosk(version.survey, **rule)
        return opened(browser, size)

    return opens


def go(page, live_server, version):
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{live_server.url}{address_of(version)}")
    expect(page.get_by_role("heading", name="How did we do?")).to_be_visible()


def stand_still(page):
    """From here on only the test moves the page's clock: a busy machine takes none of a customer's seconds."""
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 60"))


def rate(page, key, rating):
    page.locator(f"label:has(#q-{key}-{rating})").click()


def to_the_end(page):
    while page.get_by_role("button", name="Next").is_visible():
        page.get_by_role("button", name="Next").click()


def is_empty(page):
    return page.locator("form :checked").count() == 0 and page.locator("[data-opening]").is_visible()


@pytest.mark.parametrize(("at_idle", "stored"), [("submit", ["4----"]), ("drop", [])])
def test_who_walks_away_is_counted_down_and_then_sent_or_dropped(
    live_server, version, at_kiosk, at_idle, stored
):
    with at_kiosk(at_idle=at_idle, idle_seconds=60) as page:
        page.clock.install()
        go(page, live_server, version)
        stand_still(page)
        rate(page, "quality", 4)
        page.clock.run_for(39_000)
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.clock.run_for(2_000)
        expect(page.get_by_role("dialog", name="Are you still there?")).to_be_visible()
        before = page.get_by_role("dialog").locator("p").inner_text()
        page.clock.run_for(20_500)
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.clock.resume()
        wait_until(lambda: page.wait_for_timeout(50) or is_empty(page))
        wait_until(lambda: Response.objects.count() == len(stored))

    assert " s " in before
    assert ("is sent" in before) == (at_idle == "submit")
    assert list(Response.objects.values_list("ratings", flat=True)) == stored


def test_who_walks_away_from_what_must_be_answered_is_sent_as_far_as_it_goes(browser, live_server):
    draft = make_draft(make_survey(slug="service"))
    draft.questions.update(is_required=True)
    version = make_published(draft=draft)
    make_kiosk(version.survey)

    with opened(browser) as page:
        page.clock.install()
        go(page, live_server, version)
        rate(page, "quality", 2)
        page.clock.run_for(61_000)
        wait_until(lambda: page.wait_for_timeout(50) or Response.objects.exists())

    assert Response.objects.get().ratings == "2----"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_screen_has_its_heading_and_only_one(live_server, version, at_kiosk, size):
    with at_kiosk(size) as page:
        page.set_viewport_size({"width": 900 if size == "desktop" else 390, "height": 620})
        go(page, live_server, version)
        seen = []
        while True:
            headings = [one.inner_text() for one in page.get_by_role("heading", level=1).all()]
            seen.append((headings, page.locator(".question:visible").count() > 0))
            if not page.get_by_role("button", name="Next").is_visible():
                break
            page.get_by_role("button", name="Next").click()

    assert len(seen) > 1
    assert set(map(repr, seen)) == {repr((["How did we do?"], True))}


def test_whoever_is_still_there_goes_on(live_server, version, at_kiosk):
    with at_kiosk() as page:
        page.clock.install()
        go(page, live_server, version)
        stand_still(page)
        rate(page, "quality", 4)
        page.clock.run_for(45_000)
        page.get_by_role("button", name="I am still here").click()
        page.clock.run_for(30_000)

        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator("#q-quality-4")).to_be_checked()


def test_an_untouched_kiosk_has_nothing_to_count_down(live_server, version, at_kiosk):
    with at_kiosk() as page:
        page.clock.install()
        go(page, live_server, version)
        page.clock.run_for(300_000)

        expect(page.get_by_role("dialog")).to_be_hidden()


def test_thanks_count_down_to_an_empty_form(live_server, version, at_kiosk):
    with at_kiosk() as page:
        page.clock.install()
        go(page, live_server, version)
        rate(page, "quality", 5)
        to_the_end(page)
        page.get_by_role("button", name="Send my answers").click()
        expect(page.get_by_text("Back to the start in")).to_be_visible()
        page.clock.run_for(11_000)
        wait_until(lambda: page.wait_for_timeout(50) or is_empty(page))
        wait_until(Response.objects.exists)

    assert Response.objects.get().mode == Mode.KIOSK


def test_a_kiosk_goes_on_with_a_new_version_by_itself(live_server, version, at_kiosk):
    with at_kiosk() as page:
        go(page, live_server, version)
        page.wait_for_selector("html[data-kept]", state="attached")
        newer = make_published(draft=make_draft(version.survey, (("price", "quality"),)))
        places.forget()
        rate(page, "quality", 5)
        to_the_end(page)
        with page.expect_response(lambda response: response.request.method == "GET") as fetching:
            page.get_by_role("button", name="Send my answers").click()
        fetching.value.finished()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        page.get_by_role("button", name="Start now").click()
        rate(page, "price", 3)
        page.get_by_role("button", name="Send my answers").click()
        wait_until(lambda: Response.objects.count() == 2)

    assert set(Response.objects.values_list("version", "ratings")) == {(version.pk, "5----"), (newer.pk, "3")}


def test_what_must_be_answered_is_asked_for_where_it_is(browser, live_server):
    draft = make_draft(make_survey(slug="service"))
    draft.questions.filter(measure__key="overall").update(is_required=True)
    version = make_published(draft=draft)
    make_kiosk(version.survey)

    with opened(browser, "phone") as page:
        go(page, live_server, version)
        to_the_end(page)
        page.get_by_role("button", name="Send my answers").click()

        expect(page.locator("#q-overall.wrong")).to_be_in_viewport()
        expect(page.get_by_role("alert").first).to_have_text("Please answer the marked question.")
        expect(page.locator("#q-overall input").first).to_be_focused()


def test_nothing_is_sent_where_nothing_is_answered(live_server, version, at_kiosk):
    with at_kiosk() as page:
        go(page, live_server, version)
        to_the_end(page)
        page.get_by_role("button", name="Send my answers").click()

        expect(page.get_by_text("Please answer at least one question.")).to_be_visible()
        expect(page.get_by_role("heading", name="Thank you")).to_be_hidden()


NO_ROOM = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row) {
    if (row.refused) throw new DOMException("full", "QuotaExceededError");
    return put.call(this, row);
  };
}"""
FORGED = (
    """kept.add({ to: "/kiosk/service/send/", pass: "forged", answers: {}, took: 1, abandoned: false })"""
)


def test_what_is_refused_stops_nobody_behind_it_even_where_the_device_is_full(live_server, version, at_kiosk):
    with at_kiosk() as page:
        go(page, live_server, version)
        page.evaluate(NO_ROOM)
        page.evaluate(FORGED)
        rate(page, "quality", 4)
        to_the_end(page)
        page.get_by_role("button", name="Send").click()

        wait_until(lambda: page.wait_for_timeout(50) or Response.objects.exists())

    assert Response.objects.get().ratings == "4----"


def test_a_tap_opens_no_way_out_and_holding_does(live_server, version, at_kiosk):
    with at_kiosk() as page:
        go(page, live_server, version)
        corner = page.locator("[data-corner]")
        corner.click()
        page.wait_for_timeout(1800)
        expect(page.get_by_role("dialog")).to_be_hidden()
        corner.hover()
        page.mouse.down()
        expect(page.get_by_role("dialog", name="Leave the kiosk")).to_be_visible()
        page.mouse.up()
        page.get_by_label("PIN").fill("1111")
        page.get_by_role("button", name="Leave", exact=True).click()
        expect(page.get_by_text("This is not the PIN.")).to_be_visible()
        expect(page.get_by_role("heading", name="You left the kiosk")).to_be_hidden()
        page.get_by_label("PIN").fill("2468")
        page.get_by_role("button", name="Leave", exact=True).click()
        expect(page.get_by_role("heading", name="You left the kiosk")).to_be_visible()


def test_the_way_back_leads_to_the_kiosk(live_server, version, at_kiosk):
    with at_kiosk() as page:
        go(page, live_server, version)
        rate(page, "quality", 4)
        page.go_back()

        expect(page.locator("#q-quality-4")).to_be_checked()


def small_targets(page):
    return page.evaluate(
        """() => [...document.querySelectorAll("button, .step, .choice, .apart")]
            .filter((one) => one.checkVisibility())
            .map((one) => [one.textContent.trim(), Math.min(one.offsetHeight, one.offsetWidth)])
            .filter(([_name, size]) => size < 64)"""
    )


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_questions_fit_the_screen_and_targets_are_large(browser, live_server, size):
    draft = make_draft(make_survey(slug="service"))
    for position in range(6, 21):
        make_question(draft, position, key=f"q{position}", dimension="quality", text="How was it for you?")
    version = make_published(draft=draft)
    make_kiosk(version.survey)

    with opened(browser, size) as page:
        go(page, live_server, version)
        found = {}
        for screen in range(20):
            tall = page.evaluate("document.documentElement.scrollHeight - innerHeight")
            found[screen] = (small_targets(page) if size == "desktop" else [], tall)
            if not page.get_by_role("button", name="Next").is_visible():
                break
            page.get_by_role("button", name="Next").click()

    assert {screen: seen for screen, seen in found.items() if seen != ([], 0)} == {}


@pytest.mark.parametrize("part", ["asking", "thanks", "staff", "left", "forged"])
def test_axe_finds_nothing(browser, live_server, version, part):
    make_kiosk(version.survey)
    found = {}
    with opened(browser) as page:
        if part == "forged":
            page.goto(f"{live_server.url}/kiosk/service/")
        else:
            go(page, live_server, version)
        if part == "thanks":
            rate(page, "quality", 4)
            to_the_end(page)
            page.get_by_role("button", name="Send my answers").click()
            expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        if part in {"staff", "left"}:
            page.locator("[data-corner]").press("Enter")
        if part == "left":
            page.get_by_label("PIN").fill("2468")
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", name="You left the kiosk")).to_be_visible()
        for size, theme in LOOKS:
            look(page, size, theme)
            found[size, theme] = axe(page)

    assert {name: lines for name, lines in found.items() if lines} == {}


KEPT = """() => new Promise((resolve) => {
  const request = indexedDB.open("kiosk", 1);
  request.onsuccess = () => {
    const rows = request.result.transaction("answers").objectStore("answers").getAll();
    rows.onsuccess = () => resolve(JSON.stringify(rows.result));
  };
})"""


def review_at_kiosk(page, *, email, reach=True):
    """As far as the last screen, with a name and an address."""
    rate(page, "quality", 4)
    while not page.locator("#about-your-name").is_visible():
        page.get_by_role("button", name="Next").click()
    page.get_by_label("Your name, as it may be shown").fill("Ana")
    to_the_end(page)
    page.get_by_label("Your e-mail").fill(email)
    if reach:
        page.locator("#about-may-contact").check(force=True)
    page.get_by_role("button", name="Send my answers").click()


@pytest.mark.parametrize("status", [200, 410])
def test_who_a_customer_is_leaves_the_device_with_the_answers(browser, live_server, status):
    version = make_review_form()
    make_kiosk(version.survey)

    with opened(browser) as page:
        go(page, live_server, version)
        page.route("**/send/", lambda route: route.abort("connectionreset"))
        review_at_kiosk(page, email="ana@example.org")
        expect(page.get_by_text("Back to the start in")).to_be_visible()
        waiting = page.evaluate(KEPT)
        Survey.objects.update(closes_at=NOW if status == 410 else None)
        places.forget()
        page.unroute("**/send/")
        page.evaluate("dispatchEvent(new Event('online'))")
        wait_until(lambda: page.wait_for_timeout(50) or "ana@example" not in page.evaluate(KEPT))
        left = page.evaluate(KEPT)

    assert "ana@example.org" in waiting
    # What was refused stays, without who it was from.
    assert ("Ana" in left, '"refused":410' in left, '"quality":["4"]' in left) == (
        False,
        *[status == 410] * 2,
    )
    assert list(Contact.objects.values_list("name", "email")) == [("Ana", "ana@example.org")] * (
        status == 200
    )


@pytest.mark.parametrize(
    ("email", "reach", "said"),
    [
        ("ana", True, "check this e-mail"),
        ("ana@example.org", False, "tick this box"),
        ("", True, "leave an e-mail"),
    ],
)
def test_what_cannot_be_kept_of_a_customer_is_said_before_they_go(browser, live_server, email, reach, said):
    version = make_review_form()
    make_kiosk(version.survey)

    with opened(browser) as page:
        go(page, live_server, version)
        review_at_kiosk(page, email=email, reach=reach)
        expect(page.locator("[data-trouble]")).to_contain_text(said)
        page.get_by_label("Your e-mail").fill("ana@example.org")
        page.locator("#about-may-contact").check(force=True)
        page.get_by_role("button", name="Send my answers").click()
        expect(page.get_by_text("Back to the start in")).to_be_visible()
        wait_until(lambda: page.wait_for_timeout(50) or Contact.objects.exists())

    assert Contact.objects.get().email == "ana@example.org"
