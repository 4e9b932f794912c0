import http.server
import os
import threading

import pytest

from tests.servers import chromium
from tests.servers.processes import ROOT, python


def program(folder, name, code):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\nexit {code}\n")
    (folder / name).chmod(0o755)


def test_browser_on_path_counts_only_once_it_has_run(tmp_path, monkeypatch):
    program(tmp_path, "chromium-browser", 1)
    program(tmp_path, "google-chrome", 0)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert chromium.on_path.__wrapped__() == str(tmp_path / "google-chrome")


@pytest.mark.parametrize(("user", "expected"), [(0, True), (1000, False)])
def test_only_root_goes_without_the_sandbox(monkeypatch, user, expected):
    monkeypatch.setattr(os, "geteuid", lambda: user)

    assert ("--no-sandbox" in chromium.launch_options()["args"]) is expected


@pytest.mark.parametrize(("said", "expected"), [("true", True), ("1", True), ("false", False), ("", False)])
def test_missing_browser_is_a_failure_in_ci_only(monkeypatch, said, expected):
    monkeypatch.setenv("CI", said)

    assert chromium.is_required() is expected


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<title>How was it?</title>")

    def log_message(self, *_: object):
        pass


@pytest.mark.browser
def test_browser_opens_pages_of_this_machine_and_no_others(browser):
    from playwright.sync_api import Error

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server, browser.new_context() as context:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = context.new_page()

        page.goto(f"http://127.0.0.1:{server.server_port}/")
        assert page.title() == "How was it?"
        page.goto(f"http://localhost:{server.server_port}/")
        assert page.title() == "How was it?"
        with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
            page.goto("http://example.com/")
        server.shutdown()


@pytest.mark.processes
@pytest.mark.parametrize(
    ("ci", "code", "outcome"), [("true", 1, "1 error"), ("", 0, "BROWSER TESTS DID NOT RUN")]
)
def test_run_without_a_browser(tmp_path, ci, code, outcome):
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_toy.py").write_text("def test_toy(browser): pass\n")
    run = python(
        *("-m", "pytest", "-p", "tests.servers.fixtures", "-p", "no:cacheprovider", tmp_path),
        environment={
            "CI": ci,
            "PATH": str(tmp_path),
            "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONPATH": str(ROOT),
            "TEST_DATABASE": None,
            "TMPDIR": str(tmp_path),
        },
    )

    assert run.start().wait() == code
    assert outcome in run.log()
    assert chromium.MISSING in run.log()
