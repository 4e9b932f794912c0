import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.base import DatabaseOperations as PostgresqlOperations
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations
from django.db.models.signals import post_init
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from organisation.deeds import DEEDS, THINGS
from reports import vocabulary
from surveys.answering import crowds, onward, places
from surveys.answering.kiosk_pages import drawn_kiosk
from surveys.answering.pages import drawn, drawn_thanks
from surveys.answering.published import published

# How long an example takes says how busy the machine is; what hangs is ended by the time-out of its test.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

# Their own PostgreSQL, whatever the rest runs on.
FAULTS = Path(__file__).parent / "faults"
TOUCHES_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config, items):
    """The second pass, on PostgreSQL, repeats what touches the database; the faults need only that one, and
    what is the same on both (`once`) is left out.
    """
    is_second = os.environ.get("TEST_DATABASE") == "postgres"
    kept, left_out = [], []
    for item in items:
        has_own = FAULTS in item.path.parents
        is_same = bool(item.get_closest_marker("once"))
        touches = item.get_closest_marker("django_db") or TOUCHES_DATABASE & set(item.fixturenames)
        again = has_own or (touches and not is_same)
        (kept if (again if is_second else not has_own) else left_out).append(item)
    if left_out and os.environ.get("TEST_DATABASE"):
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.fixture(autouse=True)
def forget_what_a_process_remembers(settings, monkeypatch):
    """Each test begins as a new process would: rolled-back rows give their keys to others. What is remembered for a
    moment is so until the test says otherwise, however slow the machine is.
    """
    for module in (places, onward, vocabulary):
        monkeypatch.setattr(module, "REMEMBERED", 3600.0)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()
    translation.deactivate()
    published.cache_clear()
    drawn.cache_clear()
    drawn_thanks.cache_clear()
    drawn_kiosk.cache_clear()
    places.forget()
    crowds.forget()
    onward.forget()
    vocabulary.forget_names()


@pytest.fixture(autouse=True)
def passwords_hashed_quickly(settings):
    """What makes guessing slow would make every test about a password or a PIN slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def files_of_its_own(settings, tmp_path):
    """What a test stores is gone with it."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def doorbell_out_of_order(settings):
    """No test rings by accident; those about the doorbell put it back."""
    settings.DOORBELL_TASKS = []


@pytest.fixture(scope="session", autouse=True)
def deeds_have_words():
    """Whatever a test notes in the audit trail can be told: each deed by its sentence, each thing by its name."""

    def look(sender, instance, **kwargs):
        known = instance.action in DEEDS and instance.kind in THINGS
        assert known or instance.kind == "oldthing", (
            f"organisation/deeds.py: {instance.action} {instance.kind}"
        )

    post_init.connect(look, sender="organisation.AuditEntry")
    yield
    post_init.disconnect(look, sender="organisation.AuditEntry")


@pytest.fixture(scope="session", autouse=True)
def flush_past_triggers():
    """Tables are emptied between tests that commit, which our triggers refuse: they step aside."""
    with pytest.MonkeyPatch.context() as patch:
        _step_aside(patch, SqliteOperations, _sqlite_triggers)
        _step_aside(patch, PostgresqlOperations, _postgresql_triggers)
        yield


def _step_aside(patch, operations, triggers):
    plain = operations.sql_flush

    def sql_flush(self, *args, **kwargs):
        with connection.cursor() as cursor:
            aside, back = triggers(cursor)
        return [*aside, *plain(self, *args, **kwargs), *back]

    patch.setattr(operations, "sql_flush", sql_flush)


def _sqlite_triggers(cursor):
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _sql in found], [sql for _name, sql in found]


def _postgresql_triggers(cursor):
    """Those against TRUNCATE, which is how PostgreSQL is emptied."""
    cursor.execute("SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE tgname LIKE '%_refuses_truncate'")
    changes = [f"ALTER TABLE {table} %s TRIGGER {name}" for name, table in cursor.fetchall()]
    return [change % "DISABLE" for change in changes], [change % "ENABLE" for change in changes]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite's test database is a file, as in production: each thread of a server has a connection of its own, where
    one in memory would be shared, and threads would read and end each other's transactions.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "tests.sqlite3")
        # No power cut is survived by what is thrown away.
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Started after the test database is there."""
    return live_server
