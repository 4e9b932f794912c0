"""What tests with a real browser share: a page that complains, the four looks, axe, and a way in.

with opened(browser) as page:
    enter(page, live_server, member)
    page.goto(f"{live_server.url}/surveys/")

    assert axe_violations(page) == {}
"""

from contextlib import contextmanager
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from surveys.answering import places
from tests.servers.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Frame, Page

VIEWPORTS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
THEMES = ("light", "dark")
LOOKS = [(size, theme) for size in VIEWPORTS for theme in THEMES]
# A refused request is often what a test is about, and the browser always writes a line about it.
REFUSED = "Failed to load resource: the server responded with a status of 4"
# So is a connection that broke on a busy machine; a name that may not be asked for is another matter.
BROKEN = tuple(
    f"Failed to load resource: net::ERR_{kind}"
    for kind in ("CONNECTION_", "EMPTY_RESPONSE", "ABORTED", "SOCKET_")
)


@contextmanager
def opened(browser: "Browser", size="desktop", theme="light", **options) -> "Iterator[Page]":
    """A page in a fresh context. At the end nothing may have gone wrong in it: no script error, nothing refused
    by the content policy.
    """
    # A last request of the page before may have been answered after its test, and its address been remembered since.
    places.forget()
    # Without motion a page is at rest as soon as its look has changed.
    options = {"viewport": VIEWPORTS[size], "color_scheme": theme, "reduced_motion": "reduce", **options}
    context = browser.new_context(**options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(complaint(message)))
    try:
        yield page
    finally:
        # Whatever was still on its way when the page is closed is no complaint about the page.
        heard = list(complaints)
        context.close()
    assert heard == [], heard


def complaint(message: "ConsoleMessage") -> list[str]:
    is_one = message.type == "error" and not message.text.startswith((REFUSED, *BROKEN))
    return [message.text] if is_one else []


def enter(page: "Page", live_server, member) -> None:
    """Sign the member in without the sign-in page."""
    client = Client()
    client.force_login(member)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


def look(page: "Page", size: str, theme: str) -> None:
    # A click waits only until the next page has begun to arrive.
    page.wait_for_load_state()
    page.set_viewport_size(VIEWPORTS[size])
    page.emulate_media(color_scheme=theme)


def wait_for(page: "Page | Frame", expression: str, arg=None) -> None:
    """Until it is true there. It is asked from here each time: our policy lets a page evaluate no text by itself."""
    wait_until(lambda: page.wait_for_timeout(50) or page.evaluate(expression, arg))


def axe_violations(page: "Page", looks=LOOKS) -> dict[str, list[str]]:
    """What axe finds on the page that is open, in each look: {} when it finds nothing."""
    found, sizes = {}, set()
    for size, theme in looks:
        look(page, size, theme)
        # The themes differ in their colours alone.
        if violations := axe(page, only="color-contrast" if size in sizes else None):
            found[f"{size}, {theme}"] = violations
        sizes.add(size)
    return found


def axe(page: "Page", only: str | None = None) -> list[str]:
    """One line for each rule and element of the page as it looks now, once it is there in whole. `only`: one rule."""
    page.wait_for_load_state()
    options = {"resultTypes": ["violations"]} | ({"runOnly": [only]} if only else {})
    results = Axe().run(page, options=options).response
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: "Page") -> int:
    """By how many pixels the page is wider than its window, once it is there in whole."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
