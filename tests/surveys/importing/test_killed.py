"""An import whose process is killed in the middle, for real."""

import contextlib
import sqlite3

import pytest

from tests.servers.processes import python

ROWS = 20_000
PREPARE = """
import django

django.setup()
from django.core.management import call_command
from tests.factories import make_published, make_survey

call_command("migrate", verbosity=0)
make_published(make_survey(slug="shop"), questions=[("speed", "speed")])
"""
MAP = '[questions]\nspeed = "Speed"\n[location]\ncolumn = "Shop"\ncreate = true\n'


@pytest.fixture
def site(tmp_path):
    """Runs a program of the site in a folder of its own."""
    plain = dict.fromkeys(["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG"])
    environment = {**plain, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "feedback_site.settings"}

    def site(*arguments):
        return python(*arguments, environment=environment)

    with site("-c", PREPARE) as preparing:
        assert preparing.wait() == 0
    return site


@pytest.fixture
def command(tmp_path):
    (tmp_path / "map.toml").write_text(MAP)
    rows = "".join(f"{number % 5 + 1},North\n" for number in range(ROWS))
    (tmp_path / "answers.csv").write_text(f"Speed,Shop\n{rows}")
    where = (str(tmp_path / "answers.csv"), "--survey=shop", f"--map={tmp_path / 'map.toml'}")
    return ("manage.py", "import_responses", *where)


def stored(folder):
    """Responses, those that count for nothing yet, and the states of the runs."""
    with contextlib.closing(sqlite3.connect(folder / "feedback.sqlite3")) as database:
        counts = database.execute(
            "SELECT count(*), coalesce(sum(is_held), 0) FROM surveys_response"
        ).fetchone()
        states = database.execute("SELECT state FROM surveys_importrun").fetchall()
    return *counts, [state for (state,) in states]


@pytest.mark.processes
def test_an_import_that_was_killed_counts_nothing_until_it_is_begun_again(tmp_path, site, command):
    with site(*command) as process:
        process.wait_for_log("4000 rows")
        process.kill()
    written, held, states = stored(tmp_path)

    with site(*command) as process:
        assert process.wait() == 0

    assert (0 < written < ROWS, written - held, states) == (True, 0, ["importing"])
    assert stored(tmp_path) == (ROWS, 0, ["imported"])
