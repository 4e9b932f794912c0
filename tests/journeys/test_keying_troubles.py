"""What may happen to a clerk in the middle of a stack: the server is away and the page is loaded again, the sign-in
ends, somebody else sits down, a reply is lost, a second tab is open. No card is lost and none is doubled.
"""

import pytest

from tests.browser import opened
from tests.cards.desk import READY, all_sent, is_red
from tests.cards.ground import EMAIL, PASSWORD, QUESTIONS
from tests.cards.site import Site
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.processes]
# The page and every file that it loaded: the worker keeps them one by one.
IS_KEPT = """async () => {
  const files = performance.getEntriesByType('resource').filter((entry) => entry.initiatorType !== 'fetch')
  const addresses = [location.href, ...files.map((entry) => entry.name)]
  const kept = await Promise.all(addresses.map((address) => caches.match(address, { ignoreVary: true })))
  return Boolean(navigator.serviceWorker.controller) && kept.every(Boolean)
}"""


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """One site for all of them: each looks at what is new since it began."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    site.server.stop()


@pytest.fixture
def site(ground):
    """Runs, and nothing was keyed."""
    if not ground.server.is_running():
        ground.start()
    ground.before = len(ground.filed())
    return ground


@pytest.fixture
def page(browser, site):
    with opened(browser) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        sit(page, site)
        yield page


def sit(page, site, name="session"):
    site.sign_in(page.context, name)
    page.goto(site.page)
    page.wait_for_selector(READY)


def card(number):
    """A card that no other number has."""
    return (
        f"{number:03d}".translate(str.maketrans("0123456789", "1234512345"))
        + "5" * (QUESTIONS - 3 - number % 3)
        + "4" * (number % 3)
    )


def key(page, *numbers):
    for number in numbers:
        page.keyboard.type(f"{card(number)}\n")


def new(site):
    return site.filed()[site.before :]


def test_loaded_again_while_the_server_is_away(page, site):
    wait_until(lambda: page.evaluate(IS_KEPT))
    key(page, 1, 2)
    site.server.stop()
    key(page, 3, 4, 5)
    assert is_red(page)
    page.reload()
    page.wait_for_selector(READY)
    assert is_red(page)
    key(page, 6)
    site.start()
    all_sent(page)

    assert new(site) == [card(number) for number in range(1, 7)]


def test_sign_in_ends_and_comes_back_in_a_new_tab(page, site):
    key(page, 1)
    all_sent(page)
    site.sign_everybody_out()
    key(page, 2, 3)
    assert is_red(page)
    link = page.locator("#sign-in")
    link.wait_for()
    assert page.locator("#trouble").text_content() == "You are signed out."
    with page.context.expect_page() as opening:
        link.click()
    tab = opening.value
    tab.locator("input[name=login]").fill(EMAIL)
    tab.locator("input[name=password]").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.wait_for_selector(READY)
    all_sent(page)

    assert new(site) == [card(1), card(2), card(3)]


def test_somebody_else_sits_down(browser, site):
    with opened(browser) as page:
        sit(page, site)
        site.server.stop()
        key(page, 1, 2)
        assert is_red(page)
        site.sign_in(page.context, "other_session")
        site.start()
        page.locator("#trouble", has_text="Somebody else is signed in").wait_for()
        other = page.context.new_page()
        other.goto(site.page)
        other.wait_for_selector(READY)
        key(other, 3)
        all_sent(other)
        assert new(site) == [card(3)]
        site.sign_in(page.context)
        all_sent(page)

    assert new(site) == [card(3), card(1), card(2)]


def test_a_lost_reply_doubles_nothing(browser, site):
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route)
        route.abort("connectionreset")

    with opened(browser) as page:
        sit(page, site)
        page.route("**/key/cards/", lose, times=2)
        key(page, 1, 2)
        all_sent(page)

    assert lost
    assert new(site) == [card(1), card(2)]


def test_two_tabs_send_each_card_once(browser, site):
    with opened(browser) as page:
        sit(page, site)
        other = page.context.new_page()
        other.goto(site.page)
        other.wait_for_selector(READY)
        key(page, 1)
        key(other, 2)
        page.keyboard.type("543")
        site.server.stop()
        key(other, 3, 4)
        site.start()
        key(other, 5)
        all_sent(other)
        all_sent(page)

    assert sorted(new(site)) == sorted(card(number) for number in range(1, 6))
