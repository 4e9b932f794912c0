"""A count from scratch, compared with every cell: what proves the cells, and mends them if they are wrong."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Count

from scoring.cells import apply_difference, move_data_versions
from scoring.models import DimensionCell, MeasureCell
from scoring.rows import plans_of, rows_of
from scoring.statements import DIMENSIONS_OF_RESPONSES, MEASURES, NAMES, CellKind
from surveys.models import Response, Survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scoring.counting import Cells, Table

# Responses compared at a time (more only if one day has more): they bound the memory, whatever there is in all.
WINDOW = 50_000
# Differences that are described; the rest is only numbered.
SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not what a count from scratch makes it. A missing cell holds nothing but zeros."""

    kind: str
    key: dict[str, Any]
    stored: tuple[int, ...]
    counted: tuple[int, ...]

    def __str__(self) -> str:
        place = " ".join(f"{name}={value}" for name, value in self.key.items())
        return f"{self.kind} {place}: stored {self.stored}, counted {self.counted}"


@dataclass(slots=True)
class Recount:
    """What a recount found: `found` cells differ, and the first of them are described."""

    responses: int = 0
    cells: int = 0
    found: int = 0
    differences: list[Difference] = field(default_factory=list)


class Window(NamedTuple):
    """Some days of one survey; the windows of a survey cover all of time."""

    survey: int
    first: date
    last: date


def recount(*, check: bool, now: datetime) -> Recount:
    """Count every scored response again and compare with every cell, in both directions, in one snapshot.

    With `check` nothing is changed and nobody is kept waiting; without it the cells become what was counted, in
    one transaction, during which nobody else moves cells.
    """
    with _snapshot() if check else _only_writer():
        result = Recount()
        for survey in Survey.objects.order_by("pk"):
            if _recount_survey(survey, result) if check else _mend_survey(survey, result):
                pass
    return result
