"""The SQL that changes cells by whole tables: one statement for PostgreSQL, one a cell for SQLite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from scoring.models import DimensionCell, MeasureCell
from scoring.rows import DIMENSIONS, MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scoring.counting import Table
    from scoring.models import Cell

PLACE = ("day", "location_id", "touchpoint_id", "mode", "version_id")
# Cells of one statement: they bound the length of its text.
CHUNK = 5_000


class CellsDisagreeError(Exception):
    """A cell holds less than what is to be taken out of it: it was wrong before. `manage.py recount` mends it."""


@dataclass(frozen=True, slots=True)
class CellKind:
    """The columns of one kind of cell: its unique key, in the order of its index, and its counters."""

    model: type[Cell]
    key: tuple[str, ...]
    counts: tuple[str, ...]

    @property
    def table(self) -> str:
        return self.model._meta.db_table  # noqa: SLF001 (Django's documented API)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.key + self.counts


MEASURES = CellKind(
    MeasureCell,
    ("measure_id", *PLACE),
    ("n1", "n2", "n3", "n4", "n5", "not_applicable", "blank", "unreadable"),
)
DIMENSIONS = CellKind(
    DimensionCell,
    ("survey_id", "dimension", *PLACE),
    ("responses", "mean_sum", "mean_squares", "share_sum", "share_squares"),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One change to many cells. PostgreSQL reads them from arrays, SQLite runs it once for each."""

    postgresql: str
    sqlite: str
    sqlite_takes: str  # which of a cell's values, in which order: k for its key, c for its counts


# Counts only grow: one statement. A new row is checked before it is found to exist already, so what takes away
# has to be an UPDATE: it makes sure of the rows, locks them in order, changes them and removes the empty ones.
UPSERT = Statement(
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {given} ON CONFLICT ({key}) DO UPDATE SET {grown}",
    "INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {grown}",
    "kc",
)
ENSURE = Statement(
    "INSERT INTO {table} ({columns}) SELECT {key}, {zeros} FROM {given} "
    "ON CONFLICT ({key}) DO UPDATE SET {first} = {table}.{first} WHERE false",
    "INSERT INTO {table} ({columns}) VALUES ({key_values}, {zeros}) ON CONFLICT ({key}) DO NOTHING",
    "k",
)
CHANGE = Statement(
    "UPDATE {table} SET {changed} FROM {given} WHERE {same_key}",
    "UPDATE {table} SET {changed_by_value} WHERE {key_is_value}",
    "ck",
)
DISCARD = Statement(
    "DELETE FROM {table} USING {given} WHERE {same_key} AND {empty}",
    "DELETE FROM {table} WHERE {key_is_value} AND {empty}",
    "k",
)


def _execute(statement: Statement, kind: CellKind, table: Table) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement.postgresql.format_map(_words(kind)), list(_arrays(table)))
        else:
            sql = statement.sqlite.format_map(_words(kind))
            cursor.executemany(sql, _values(kind, table, statement.sqlite_takes))


def _words(kind: CellKind) -> dict[str, str]:
    table, key, counts = kind.table, kind.key, kind.counts
    return {
        "table": table,
        "columns": ", ".join(kind.columns),
        "key": ", ".join(key),
        "first": counts[0],
        "zeros": ", ".join("0" for _ in counts),
        "values": ", ".join("%s" for _ in kind.columns),
        "key_values": ", ".join("%s" for _ in key),
        "key_is_value": " AND ".join(f"{name} = %s" for name in key),
        "same_key": " AND ".join(f"{table}.{name} = given.{name}" for name in key),
        "grown": ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in counts),
        "changed": ", ".join(f"{name} = {table}.{name} + given.{name}" for name in counts),
        "changed_by_value": ", ".join(f"{name} = {name} + %s" for name in counts),
        "empty": " AND ".join(f"{table}.{name} = 0" for name in counts),
        "given": _given(kind),
    }


def _given(kind: CellKind) -> str:
    """The arrays as rows, with days and names instead of the counter's numbers."""
    shown = ", ".join(f"{_read(name)} AS {name}" for name in kind.columns)
    arrays = ", ".join("%s::bigint[]" for _ in kind.columns)
    return f"(SELECT {shown} FROM unnest({arrays}) AS number ({', '.join(kind.columns)})) AS given"


def _read(name: str) -> str:
    if name == "day":
        return "date '0001-01-01' + (number.day::int - 1)"
    if name in _names():
        listed = ", ".join(f"'{one}'" for one in _names()[name])
        return f"(ARRAY[{listed}])[number.{name}::int + 1]"
    return f"number.{name}"


def _names() -> dict[str, tuple[str, ...]]:
    from scoring import counting  # noqa: PLC0415 (numpy)

    return {"mode": counting.MODES, "dimension": counting.DIMENSIONS}


def _arrays(table: Table) -> Iterator[str]:
    """Each column as a PostgreSQL array. Written here: it takes a tenth of the time of a list of parameters."""
    for part in table:
        for column in part.T:
            yield "{" + ",".join(map(str, column.tolist())) + "}"


def _values(kind: CellKind, table: Table, takes: str) -> Iterator[list[Any]]:
    names = _names()
    readers: dict[str, Any] = {name: listed.__getitem__ for name, listed in names.items()}
    readers["day"] = lambda ordinal: date.fromordinal(ordinal).isoformat()
    for numbers, counts in zip(table.keys.tolist(), table.counts.tolist(), strict=True):
        key = [readers.get(name, int)(number) for name, number in zip(kind.key, numbers, strict=True)]
        parts = {"k": key, "c": counts}
        yield [value for part in takes for value in parts[part]]
