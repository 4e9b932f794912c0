"""What tests with a browser share waits for a page that arrives slowly."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser import axe_violations, opened, overflow

pytestmark = pytest.mark.browser
FIRST = (
    b'<!doctype html><html lang="en"><head><title>Slow</title></head><body><a href="/next">On</a>'
    + b" " * 2048
)
REST = b'<main><h1>Here</h1><p style="width: 3000px">Wide</p></main></body></html>'


class Slow(BaseHTTPRequestHandler):
    """Sends the first half of a page, and the rest half a second later."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(FIRST)
        self.wfile.flush()
        time.sleep(0.5)
        self.wfile.write(REST)

    def log_message(self, *said):
        """Nothing is written between the dots of a test run."""


@pytest.fixture
def slow_site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_looks_are_judged_once_the_page_is_there(browser, slow_site):
    with opened(browser) as page:
        page.goto(slow_site)
        page.get_by_role("link", name="On").click()
        found = axe_violations(page, [("desktop", "light")]).get("desktop, light", [])

        assert [line for line in found if "landmark-one-main" in line or "heading-one" in line] == []


def test_width_is_taken_once_the_page_is_there(browser, slow_site):
    with opened(browser) as page:
        page.goto(slow_site)
        page.get_by_role("link", name="On").click()

        assert overflow(page) > 1000
