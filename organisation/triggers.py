"""Rules that a CHECK cannot say, as triggers in either database: a row that may no longer change.

`refusal(...)` makes a migration operation whose trigger raises an IntegrityError with the message given, by
whatever road the write comes: a view, the admin, `QuerySet.update()`, a cascade or a database shell. Whoever owns
the database can still take the trigger away; nobody passes it by mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRUNCATE = "TRUNCATE"
# What a trigger function gives back for the write to go on; a statement has no row.
RETURNED = {"DELETE": "OLD", TRUNCATE: "NULL"}


def refusal(
    *, table: str, when: Mapping[str, str], message: str, timing: str = "BEFORE"
) -> migrations.RunPython:
    """Refuse an event (INSERT, UPDATE, DELETE) on a row of `table` where its SQL condition holds.

    AFTER is for a condition about another table: an INSERT that waited for whoever deletes the same key sees what they
    have written only then.

    A condition speaks of OLD and NEW and may hold subqueries, in SQL that both databases read. Where a row may not
    be deleted, PostgreSQL's TRUNCATE, which asks no row, is refused as a whole, even of an empty table.
    """

    def create(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        statements = _postgresql if is_postgresql else _sqlite
        for event, condition in _events(when, is_postgresql=is_postgresql).items():
            name = f"{table}_refuses_{event.lower()}"
            for statement in statements(name, table, f"{timing} {event}", condition, message):
                schema_editor.execute(statement, params=None)

    def drop(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        place = f" ON {table}" if is_postgresql else ""
        for event in _events(when, is_postgresql=is_postgresql):
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {table}_refuses_{event.lower()}{place}", params=None
            )

    return migrations.RunPython(create, drop)


def _events(when: Mapping[str, str], *, is_postgresql: bool) -> dict[str, str]:
    """What is refused, and where. SQLite has no TRUNCATE."""
    return {**when, TRUNCATE: "true"} if is_postgresql and "DELETE" in when else dict(when)


def _sqlite(name: str, table: str, moment: str, condition: str, message: str) -> list[str]:
    body = f"SELECT RAISE(ABORT, '{message}');"
    return [f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH ROW WHEN {condition} BEGIN {body} END"]


def _postgresql(name: str, table: str, moment: str, condition: str, message: str) -> list[str]:
    event = moment.split()[1]
    row = RETURNED.get(event, "NEW")
    each = "STATEMENT" if event == TRUNCATE else "ROW"
    refuse = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"BEGIN IF {condition} THEN {refuse} END IF; RETURN {row}; END"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]
