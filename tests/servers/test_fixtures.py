import re

import pytest

from tests.servers.processes import ROOT, accepts, python

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

SETTINGS = """
import os
from urllib.parse import urlsplit
url = urlsplit(os.environ.get("DATABASE_URL", "sqlite://"))
if url.scheme == "postgres":
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres",
                             "USER": url.username, "HOST": url.hostname, "PORT": url.port}}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = ["django.contrib.contenttypes"]
"""
TESTS = """
import pathlib, pytest
from django.db import connection

@pytest.mark.django_db
@pytest.mark.parametrize("number", range(6))
def test_toy(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    seen = f"{connection.vendor} {connection.settings_dict['NAME']} {connection.settings_dict['PORT']}"
    pathlib.Path(__file__).with_name(f"seen-{number}").write_text(seen)
"""
INI = """
[pytest]
DJANGO_SETTINGS_MODULE = toy_settings
pythonpath = . {root}
addopts = -p tests.servers.fixtures -p no:cacheprovider -p no:randomly -p no:hypothesispytest -p no:valkey
filterwarnings = error
"""


@pytest.fixture
def toy(tmp_path):
    (tmp_path / "toy_settings.py").write_text(SETTINGS)
    (tmp_path / "test_toy.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text(INI.format(root=ROOT))
    return tmp_path


def run(toy, *options: str, **environment):
    """Run the toy project's tests; returns the exit code and what its tests saw."""
    blank = {"DJANGO_SETTINGS_MODULE": None, "DATABASE_URL": None, "TEST_DATABASE": None}
    process = python("-m", "pytest", *options, environment=blank | environment, folder=toy)
    code = process.start().wait()
    return code, sorted({seen.read_text() for seen in toy.glob("seen-*")}), process.log()


def test_without_a_word_the_settings_choose_the_database(toy):
    code, seen, log = run(toy)

    assert code == 0, log
    assert [line.split()[0] for line in seen] == ["sqlite"]


def test_workers_share_one_postgres_that_ends_with_the_run(toy):
    code, seen, log = run(toy, "-n2", TEST_DATABASE="postgres")

    assert code == 0, log
    assert [line.split()[:2] for line in seen] == [
        ["postgresql", "test_postgres_gw0"],
        ["postgresql", "test_postgres_gw1"],
    ]
    (port,) = {line.split()[2] for line in seen}
    assert not accepts(int(port))


def test_run_without_workers_has_its_own_postgres(toy):
    code, seen, log = run(toy, TEST_DATABASE="postgres", DATABASE_URL="postgres://never@127.0.0.1:1/used")

    assert code == 0, log
    assert re.fullmatch(r"postgresql test_postgres \d+", seen[0])
    assert not accepts(int(seen[0].split()[2]))


def test_unknown_database_is_refused(toy):
    code, seen, log = run(toy, TEST_DATABASE="oracle")

    assert (code, seen) == (4, [])
    assert "TEST_DATABASE is 'sqlite' or 'postgres', not 'oracle'." in log
