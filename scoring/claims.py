"""Takes responses off the work list: they are locked, and marked as scored in the transaction that counts them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from scoring.rows import WIDTH, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

# A day at a time: the fewer places and days a batch touches, the fewer cells it moves.
DUE = "NOT is_scored AND NOT is_held ORDER BY version_id, received_on LIMIT %s"
PLACE = "version_id, location_id, touchpoint_id, mode, received_on"
PADDED = f"substr(ratings || '{'.' * WIDTH}', 1, {WIDTH})"

# Rows that somebody else has locked are passed over. They stay visible, so that `due` may exceed what is taken.
# By ctid, because the rows are locked: a join by key would read the whole table.
POSTGRESQL = f"""
    WITH taken AS (
        UPDATE surveys_response SET is_scored = true
        WHERE ctid = ANY(ARRAY(SELECT ctid FROM surveys_response WHERE {DUE} FOR UPDATE SKIP LOCKED))
        RETURNING {PLACE}, {PADDED} AS padded
    )
    SELECT {PLACE}, string_agg(padded, ''), (SELECT count(*) FROM (
        SELECT 1 FROM surveys_response WHERE NOT is_scored AND NOT is_held LIMIT %s
    ) AS unscored)
    FROM taken GROUP BY {PLACE}
"""  # noqa: S608 (constants of ours)
SQLITE = f"""
    UPDATE surveys_response SET is_scored = true
    WHERE rowid IN (SELECT rowid FROM surveys_response WHERE {DUE})
    RETURNING version_id, location_id, touchpoint_id, mode, CAST(received_on AS text), {PADDED}
"""  # noqa: S608 (constants of ours)


class Claim(NamedTuple):
    """What was taken, and whether it is all that was due."""

    rows: list[Row]
    is_everything: bool

    @property
    def responses(self) -> int:
        return sum(len(row.ratings) for row in self.rows) // WIDTH


def claim(*, limit: int) -> Claim:
    """Take at most so many unscored responses, mark them as scored, and return their rows.

    Needs a transaction: when it is rolled back, or its process dies, they are unscored again.
    """
    return _claim_from_postgresql(limit) if connection.vendor == "postgresql" else _claim_from_sqlite(limit)


def _claim_from_postgresql(limit: int) -> Claim:
    found = _rows(POSTGRESQL, [limit, limit + 1])
    if not found:
        return Claim([], is_everything=False)
    taken = Claim([Row(*values) for *values, _due in found], is_everything=False)
    return taken._replace(is_everything=found[0][-1] <= taken.responses)


def _claim_from_sqlite(limit: int) -> Claim:
    rows = [
        Row(version, location, touchpoint, mode, date.fromisoformat(day), ratings)
        for version, location, touchpoint, mode, day, ratings in _rows(SQLITE, [limit])
    ]
    return Claim(rows, is_everything=len(rows) < limit)


def _rows(sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
