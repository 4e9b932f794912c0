"""A clerk at the keying screen of a real browser."""

from django.urls import reverse

from tests.browser import enter

READY = "#keying[data-ready]"


def sit_down(page, live_server, member, batch, name="key"):
    enter(page, live_server, member)
    page.goto(live_server.url + reverse(f"cards:{name}", args=[batch.pk]))
    page.wait_for_selector(READY)


def all_sent(page):
    page.wait_for_selector("#sending[data-tone=good]")


def is_red(page):
    """Whether the page's title says so too, once the screen says that cards wait."""
    page.wait_for_selector("#sending[data-tone=bad]")
    return page.title().startswith("(")


def heard(page):
    return page.locator("#heard").text_content()


def scan(page, code):
    """What a scanner types: a card's address and Enter, all within a moment, however busy the machine is."""
    page.evaluate(
        """(text) => {
          for (const key of [...text, 'Enter']) {
            document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
          }
        }""",
        f"https://feedback.example.org/s/x/?card={code}",
    )
