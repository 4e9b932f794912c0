"""A pytest plugin: real servers as fixtures, and PostgreSQL under the whole run with TEST_DATABASE=postgres.

To be named in addopts as `-p tests.servers.fixtures`. A conftest is too late: pytest-django loads the settings
before any conftest is imported, and the settings read DATABASE_URL.
"""

import os
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests.servers import chromium
from tests.servers.postgres import PostgresServer
from tests.servers.processes import BUSY
from tests.servers.smtp import SmtpServer
from tests.servers.valkey import ValkeyServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The one server of a run: the controller's, whose workers inherit its address; or that of a run without workers.
_of_this_run = pytest.StashKey[PostgresServer]()
_data_directory = pytest.StashKey["TemporaryDirectory[str]"]()


def database_url_for_tests(config: pytest.Config) -> str | None:
    """The URL the settings shall see: None for whatever the settings choose by themselves."""
    wanted = os.environ.get("TEST_DATABASE", "sqlite")
    if wanted not in {"sqlite", "postgres"}:
        raise pytest.UsageError(f"TEST_DATABASE is 'sqlite' or 'postgres', not {wanted!r}.")
    if wanted == "sqlite":
        return None
    if "PYTEST_XDIST_WORKER" in os.environ:
        return os.environ["DATABASE_URL"]
    if _of_this_run not in config.stash:
        config.stash[_of_this_run] = PostgresServer().start()
    return config.stash[_of_this_run].url


def configure(config: pytest.Config) -> None:
    """Prepare the environment before Django's settings are read."""
    # Playwright leaves an event loop running in the main thread, in which Django refuses to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if config.known_args_namespace.help or config.known_args_namespace.version:
        return
    # Plain static files, the styleguide, and a data directory that goes with the run; xdist's workers inherit it.
    os.environ["DEBUG"] = "1"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        config.stash[_data_directory] = TemporaryDirectory(prefix="feedback-tests-")
        os.environ["DATA_DIR"] = config.stash[_data_directory].name
    if url := database_url_for_tests(config):
        os.environ["DATABASE_URL"] = url


def unconfigure(config: pytest.Config) -> None:
    if server := config.stash.get(_of_this_run, None):
        server.stop()
    if directory := config.stash.get(_data_directory, None):
        directory.cleanup()


# A wrapper is entered before the plain hook of this name in which pytest-django loads the settings.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    configure(early_config)
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    unconfigure(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [
        report
        for report in terminalreporter.getreports("skipped")
        if chromium.MISSING in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} skipped. {chromium.MISSING}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One fast PostgreSQL for all tests of a worker that ask for one, each in a database of its own.

    A test that kills its server starts its own: `with PostgresServer(durable=True) as server`.
    """
    with PostgresServer() as server:
        yield server


@pytest.fixture
def valkey_server() -> Iterator[ValkeyServer]:
    """A fresh server for one test, which may pause, flush or kill it."""
    with ValkeyServer() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium, once for all tests of a worker; each test opens its own context in it."""
    from playwright.sync_api import expect, sync_playwright  # half a second that only browser tests pay

    expect.set_options(timeout=1000 * BUSY / 8)
    with sync_playwright() as playwright:
        try:
            running = chromium.launch(playwright)
        except chromium.NoChromiumError as error:
            if chromium.is_required():
                pytest.fail(str(error), pytrace=False)
            pytest.skip(str(error))
        yield running
        running.close()


@pytest.fixture
def smtp(settings, tmp_path):
    """A mail server that takes what the site sends, and a place for the logs of claims."""
    settings.DATA_DIR = tmp_path
    with SmtpServer() as server:
        settings.MAILERS = server.mailers()
        yield server
