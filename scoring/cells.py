"""Moves cells with the responses that they count.

Whoever moves cells holds the responses locked already, and takes the cells in the order of their keys, so that
two of them wait for each other but never in a circle: one call in a transaction, after every row lock. Measures
come first, then dimensions, then blocks, then data versions.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.db.models import F

from scoring.blocks import mark_moved
from scoring.models import DataVersion
from scoring.rows import plans_of
from scoring.statements import (
    CHANGE,
    DIMENSIONS_OF_RESPONSES,
    DISCARD_EMPTY,
    ENSURE,
    MEASURES,
    UPSERT,
    CellKind,
    execute,
)
from surveys.models import Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from scoring.counting import Cells, Table
    from scoring.rows import Row


class CellsDisagreeError(Exception):
    """A cell holds less than what is to be taken out of it, so it was wrong before. A recount mends it."""


def move_cells(*, now: datetime, added: Iterable[Row] = (), removed: Iterable[Row] = ()) -> None:
    """Let the cells follow responses that count from now on, or no longer. Runs in their transaction.

    The data version of every survey concerned moves, whether or not a rating did. Raises CellsDisagreeError.
    """
    from scoring import counting  # noqa: PLC0415 (numpy)

    came, went = list(added), list(removed)
    plans = plans_of(row.version for row in (*came, *went))
    counted = counting.added([counting.count(came, plans), counting.count(went, plans).negative()])
    apply_difference(counted, now=now)
    move_data_versions(surveys={plan.survey for plan in plans.values()}, now=now)


def apply_difference(difference: Cells, *, now: datetime) -> None:
    """Add signed counts, sorted by key, to the cells, and say so to their blocks. A cell that comes to nothing goes.

    Raises CellsDisagreeError.
    """
    _apply(MEASURES, difference.measures)
    _apply(DIMENSIONS_OF_RESPONSES, difference.dimensions)
    mark_moved(days=_days(difference), now=now)


def move_data_versions(*, surveys: Iterable[int], now: datetime) -> None:
    concerned = sorted(surveys)
    DataVersion.objects.bulk_create(
        [DataVersion(survey_id=survey, moved_at=now) for survey in concerned], ignore_conflicts=True
    )
    for survey in concerned:
        DataVersion.objects.filter(survey=survey).update(number=F("number") + 1, moved_at=now)


def _days(difference: Cells) -> Iterator[tuple[int, date]]:
    """The survey and day of every cell, most of them several times."""
    measures, dimensions = difference.measures.keys, difference.dimensions.keys
    asked = Version.objects.filter(pk__in=set(measures[:, -1].tolist())).values_list("pk", "survey")
    survey_of = dict(asked) if len(measures) else {}
    moved = {(survey_of[version], day) for day, version in measures[:, [1, -1]].tolist()}
    moved.update(map(tuple, dimensions[:, [0, 2]].tolist()))
    return ((survey, date.fromordinal(day)) for survey, day in moved)


def _apply(kind: CellKind, table: Table) -> None:
    # What takes away has to be an UPDATE: an upsert is checked as a new row before it is found to be an old one.
    grows = bool((table.counts >= 0).all())
    try:
        for statement in (UPSERT,) if grows else (ENSURE, CHANGE, DISCARD_EMPTY):
            execute(statement, kind, table)
    except IntegrityError as error:
        if "counts_are_not_negative" in str(error):
            raise CellsDisagreeError(str(error)) from error
        raise
