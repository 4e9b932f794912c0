"""The count from scratch that proves the cells, and mends them if they are wrong."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from scoring.blocks import mark_moved
from scoring.cells import apply_difference, move_data_versions
from scoring.models import Block, DimensionCell, MeasureCell, ScoringState

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

    result = Recount()
    mended: set[int] = set()
    with _snapshot() if check else _sole_mover():
        for window in windows():
            difference = compare(window, result)
            if not check and (len(difference.measures.keys) or len(difference.dimensions.keys)):
                apply_difference(difference, now=now)
                mended.add(window.survey)
        mended |= _compare_blocks(result, check=check, now=now)
        if mended:
            move_data_versions(surveys=mended, now=now)
    return result


def _compare_blocks(result: Recount, *, check: bool, now: datetime) -> set[int]:
    """Compare the sums of every block that is made; without `check` the wrong ones are due again. Returns surveys."""
    from scoring.recounts import compare_block, days_without_blocks  # noqa: PLC0415 (numpy)

    wrong = [block for block in Block.objects.made().order_by("pk") if not compare_block(block, result)]
    unknown = days_without_blocks()
    result.differed += len(unknown)
    if check:
        return set()
    Block.objects.filter(pk__in=[block.pk for block in wrong]).update(made=0)
    mark_moved(days=unknown, now=now)
    return {block.survey_id for block in wrong} | {survey for survey, _day in unknown}


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
