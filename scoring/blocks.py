"""Blocks: the days, weeks and months whose cells are added up ahead, and the note that one of their cells moved."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from scoring.enums import Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

DAYS_OF_A_WEEK = 7
# Blocks of one statement: they bound its parameters.
CHUNK = 1_000
MARK = """
    INSERT INTO scoring_block (survey_id, span, day, moved, made, moved_at) VALUES {rows}
    ON CONFLICT (survey_id, span, day)
    DO UPDATE SET moved = scoring_block.moved + 1, moved_at = excluded.moved_at
"""


class Days(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date


def days_of(span: str, day: date) -> Days:
    """The days of the block of that span in which a day is."""
    if span == Span.MONTH:
        return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    if span == Span.WEEK:
        monday = max(day.toordinal() - day.weekday(), date.min.toordinal())
        sunday = min(day.toordinal() - day.weekday() + DAYS_OF_A_WEEK - 1, date.max.toordinal())
        return Days(date.fromordinal(monday), date.fromordinal(sunday))
    return Days(day, day)


def mark_moved(*, days: Iterable[tuple[int, date]], now: datetime) -> None:
    """Note that cells of these surveys and days moved: what was added up of them holds no longer.

    In the transaction of the cells and after them. It takes the blocks in the order of their keys, as every mover.
    """
    blocks = sorted({(survey, span.value, days_of(span, day).first) for survey, day in days for span in Span})
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        for start in range(0, len(blocks), CHUNK):
            chunk = blocks[start : start + CHUNK]
            values = [value for block in chunk for value in (*block, moment)]
            cursor.execute(MARK.format(rows=", ".join(["(%s, %s, %s, 1, 0, %s)"] * len(chunk))), values)
