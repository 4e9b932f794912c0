"""The count from scratch that proves the cells, and mends them if they are wrong."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from scoring.cells import apply_difference, move_data_versions
from scoring.models import DimensionCell, MeasureCell, ScoringState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scoring.recounts import Recount


def recount(*, check: bool, now: datetime) -> Recount:
    """Count every scored response again and compare with every cell, both ways, in one snapshot.

    With `check` nothing is written and nobody waits. Without it the cells become what was counted, in one
    transaction, and whoever else wants to move cells waits for its end.
    """
    from scoring.recounts import Recount, compare, windows  # noqa: PLC0415 (numpy)

    result, mended = Recount(), set()
    with _snapshot() if check else _sole_mover():
        for window in windows():
            difference = compare(window, result)
            if not check and (len(difference.measures.keys) or len(difference.dimensions.keys)):
                apply_difference(difference)
                mended.add(window.survey)
        if mended:
            move_data_versions(surveys=mended, now=now)
    return result


def check_cells(*, now: datetime) -> Recount:
    """Recount without changing a cell, and keep the outcome where the staff can see it."""
    result = recount(check=True, now=now)
    ScoringState.note_recount(at=now, differed=result.differed)
    return result


@contextmanager
def _snapshot() -> Iterator[None]:
    """All queries see one moment. In SQLite by a transaction that is not IMMEDIATE, so that writers go on."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


@contextmanager
def _sole_mover() -> Iterator[None]:
    """One moment, too, in which the cells belong to us. The lock comes first: the first query fixes the moment."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if is_outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            tables = f"{MeasureCell._meta.db_table}, {DimensionCell._meta.db_table}"  # noqa: SLF001
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        yield
