"""Making blocks: their cells are added up when they are over and calm, so that a report reads a few sums."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from scoring.blocks import days_of
from scoring.models import SUM_COLUMNS, Block, BlockSum
from scoring.rows import rows_of
from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from django.db.backends.utils import CursorWrapper

    from scoring.models import BlockQuerySet
    from scoring.sums import SumRow

# How long nothing of a block must have moved. What still moves is read from the cells.
CALM = timedelta(minutes=1)
COLUMNS = ("block_id", "touchpoint", "mode", "location", "version_id", "responses", *SUM_COLUMNS, "ratings")
TABLE = BlockSum._meta.db_table  # noqa: SLF001 (Django's documented API)
# Whoever else makes the same block waits; the number is this lock's own.
LOCK = "SELECT pg_advisory_xact_lock(1651270507, %s)"
COPY = f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN"
INSERT = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608


class MovedMeanwhileError(Exception):
    """Cells of the block moved while they were added up. It is still due."""


def due_blocks(*, now: datetime) -> BlockQuerySet:
    """Blocks to be made: moved since they were made, over, and calm; the latest first."""
    return Block.objects.due().over(on=now.date()).filter(moved_at__lte=now - CALM).order_by("-day", "pk")


def make_due_blocks(*, clock: Callable[[], datetime], until: datetime | None = None) -> int:
    """Make blocks until none is due, there are responses to score, or the time is over; returns how many."""
    made = 0
    passed: set[int] = set()
    while until is None or clock() < until:
        block = due_blocks(now=clock()).exclude(pk__in=passed).first()
        if block is None or Response.objects.unscored().exists():
            break
        try:
            make_block(block)
            made += 1
        except MovedMeanwhileError:
            passed.add(block.pk)
    return made


def make_block(block: Block) -> None:
    """Add up what counts in the block's days, as it stood when the block was read. Raises MovedMeanwhileError.

    Counted before anything is locked, so that scoring and corrections go on. Whoever moved a cell of it meanwhile has
    moved the block's number, and then nothing is written.
    """
    from scoring.sums import sum_rows  # noqa: PLC0415 (numpy)

    responses = Response.objects.scored().filter(
        version__survey=block.survey_id, received_on__range=days_of(block.span, block.day)
    )
    rows = sum_rows(rows_of(responses), block.day, block.span)
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(LOCK, [block.pk])
            BlockSum.objects.filter(block=block).delete()
            _write(cursor, block.pk, rows)
        # Last, as it is what movers wait for.
        if not Block.objects.filter(pk=block.pk, moved=block.moved).update(made=block.moved):
            raise MovedMeanwhileError


def _write(cursor: CursorWrapper, block: int, rows: Iterable[SumRow]) -> None:
    lines: Iterator[list[Any]] = ([block, *row.key, *row.sums, row.ratings] for row in rows)
    if connection.vendor == "postgresql":
        with cursor.copy(COPY) as copy:
            for line in lines:
                copy.write_row(line)
    else:
        cursor.executemany(INSERT, list(lines))
