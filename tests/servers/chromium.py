"""Which Chromium the browser tests use, and what happens when there is none."""

import functools
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "There is no Chromium for the browser tests: run tools/browser, or install chromium."

# Nothing but the page under test may leave the browser, and nothing but this machine may answer it.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class NoChromiumError(RuntimeError):
    pass


@functools.cache
def on_path() -> str | None:
    """The first that runs: on some systems `chromium-browser` is only a note that it could be installed."""
    for name in NAMES:
        found = shutil.which(name)
        if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return found
    return None


def launch_options() -> dict[str, Any]:
    """For `playwright.chromium.launch(**launch_options())`; without an executable playwright takes its own."""
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    options: dict[str, Any] = {"headless": True, "args": [*QUIET, *sandbox]}
    if executable := on_path():
        options["executable_path"] = executable
    return options


def launch(playwright: "Playwright") -> "Browser":
    """Start the browser; NoChromiumError if there is none."""
    from playwright.sync_api import Error  # half a second that only browser tests pay

    try:
        return playwright.chromium.launch(**launch_options())
    except Error as error:
        if "Executable doesn't exist" in str(error):
            raise NoChromiumError(MISSING) from error
        raise


def is_required() -> bool:
    """In CI a missing browser is a failure; elsewhere the tests are skipped, and the run says so at its end."""
    return os.environ.get("CI", "").lower() in {"true", "1"}
