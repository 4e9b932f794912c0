"""Moves cells in the database, by whole tables of differences and in one order of keys.

Whoever moves cells holds its responses locked before, and takes the cells in the order of their keys, so that
two of them wait for each other and never in a circle. Measures come first, then dimensions, then data versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection
from django.db.models import F

from scoring.models import DataVersion, DimensionCell, MeasureCell
from scoring.rows import plans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from scoring.counting import Cells, Table
    from scoring.models import Cell
    from scoring.rows import Row

def move_cells(*, now: datetime, added: Iterable[Row] = (), removed: Iterable[Row] = ()) -> None:
    """Let the cells follow responses that now count, or count no longer. To be called in their transaction.

    Moves the data version of every survey concerned, whether a rating changed or not.
    Raises CellsDisagreeError.
    """
    from scoring import counting  # noqa: PLC0415 (numpy)

    came, went = list(added), list(removed)
    plans = plans_of(row.version for row in (*came, *went))
    difference = counting.added([counting.count(came, plans), counting.count(went, plans).negative()])
    apply_difference(difference)
    move_data_versions(surveys={plan.survey for plan in plans.values()}, now=now)


def apply_difference(difference: Cells) -> None:
    """Add signed counts to the cells; a cell that comes to nothing goes. Raises CellsDisagreeError."""
    _apply(MEASURES, difference.measures)
    _apply(DIMENSIONS, difference.dimensions)


def move_data_versions(*, surveys: Iterable[int], now: datetime) -> None:
    concerned = sorted(surveys)
    DataVersion.objects.bulk_create(
        [DataVersion(survey_id=survey, moved_at=now) for survey in concerned], ignore_conflicts=True
    )
    for survey in concerned:
        DataVersion.objects.filter(survey=survey).update(number=F("number") + 1, moved_at=now)


def _apply(kind: CellKind, table: Table) -> None:
    statements = (UPSERT,) if (table.counts >= 0).all() else (ENSURE, CHANGE, DISCARD)
    try:
        for statement in statements:
            for start in range(0, len(table.keys), CHUNK):
                _execute(statement, kind, type(table)(*(part[start : start + CHUNK] for part in table)))
    except IntegrityError as error:
        if "counts_are_not_negative" in str(error):
            raise CellsDisagreeError(str(error)) from error
        raise


