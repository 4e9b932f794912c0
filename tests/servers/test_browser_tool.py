"""tools/browser, in a copy of the repository's shape with stand-ins for the programs it calls."""

import shutil
import subprocess

import pytest

from tests.servers.processes import ROOT


@pytest.fixture
def place(tmp_path):
    """A folder whose `bin` is all of PATH; every program in it writes its name into `called`."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools/browser", tmp_path / "tools/browser")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/dirname").symlink_to(shutil.which("dirname"))
    program(tmp_path, "bin/id", "echo 0")
    return tmp_path


def program(place, name, does):
    (place / name).write_text(f'#!/bin/sh\necho "{name} $*" >>"{place}/called"\n{does}\n')
    (place / name).chmod(0o755)


def run(place):
    """Returns what was called besides id, and what the person saw; fails if the exit code is not 0."""
    ran = subprocess.run(
        [shutil.which("sh"), place / "tools/browser"],
        env={"PATH": str(place / "bin")},
        capture_output=True,
        text=True,
        check=True,
    )
    called = (place / "called").read_text().splitlines() if (place / "called").exists() else []
    return [line for line in called if not line.startswith("bin/id")], ran.stdout + ran.stderr


def test_browser_on_path_is_enough(place):
    program(place, "bin/google-chrome", "exit 0")
    program(place, "bin/apt-get", "exit 0")

    assert run(place) == (["bin/google-chrome --version"], "")


def test_root_on_debian_installs_the_package(place):
    program(place, "bin/apt-get", f'[ "$1" = update ] || /bin/cp "{place}/bin/id" "{place}/bin/chromium"')

    called, seen = run(place)

    assert called == [
        "bin/apt-get update -qq",
        "bin/apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core",
    ]
    assert seen == "Installing Chromium ...\n"


def test_ordinary_user_takes_the_one_of_playwright(place):
    program(place, "bin/id", "echo 1000")
    program(place, "bin/apt-get", "exit 0")
    program(place, ".venv/bin/playwright", "exit 0")

    assert run(place) == ([".venv/bin/playwright install chromium"], "")


def test_package_that_is_only_a_stub_leads_to_the_one_of_playwright(place):
    program(place, "bin/apt-get", "exit 0")
    program(place, "bin/chromium-browser", "exit 1")
    program(place, ".venv/bin/playwright", "exit 0")

    called, _ = run(place)

    assert called[-1] == ".venv/bin/playwright install chromium"


def test_nothing_works_and_one_line_says_so(place):
    program(place, ".venv/bin/playwright", "exit 1")

    _, seen = run(place)

    assert seen == (
        "There is no Chromium and none could be installed; install chromium, or the browser tests are left out.\n"
    )
