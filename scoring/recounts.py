"""A count from scratch beside the cells that are stored, some days at a time. Needs numpy, as the counter does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.db.models import Count

from scoring.blocks import days_of
from scoring.counting import Cells, Table, added, count
from scoring.enums import Span
from scoring.models import SUM_COLUMNS, Block, DimensionCell, MeasureCell
from scoring.rows import WIDTH, plans_of, rows_of
from scoring.statements import DIMENSIONS_OF_RESPONSES, MEASURES, NAMES, CellKind
from scoring.sums import KEY, sum_rows
from surveys.models import Response, Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from scoring.rows import Row

# Responses compared at a time, more only if one day has more: they bound the memory, however many there are.
WINDOW = 50_000
# Differences that are described. Of the others only the number is known.
SHOWN = 1_000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not what a count from scratch makes it. One that is missing holds zeros."""

    kind: str
    key: dict[str, Any]
    stored: tuple[int, ...]
    counted: tuple[int, ...]

    def __str__(self) -> str:
        place = " ".join(f"{name}={value}" for name, value in self.key.items())
        return f"{self.kind} {place}: stored {self.stored}, counted {self.counted}"


@dataclass(slots=True)
class Recount:
    """How much was counted and compared, how many cells differed, and what the first of these look like."""

    responses: int = 0
    cells: int = 0
    differed: int = 0
    differences: list[Difference] = field(default_factory=list)


class Window(NamedTuple):
    """Some days of one survey. All windows of a survey together cover all of time."""

    survey: int
    first: date
    last: date


def windows() -> Iterator[Window]:
    for survey in Survey.objects.order_by("pk").values_list("pk", flat=True):
        first, filled = date.min, 0
        days = Response.objects.filter(version__survey=survey).values_list("received_on")
        for day, responses in days.annotate(Count("pk")).order_by("received_on"):
            filled += responses
            if filled >= WINDOW and day < date.max:
                yield Window(survey, first, day)
                first, filled = day + ONE_DAY, 0
        yield Window(survey, first, date.max)


def compare(window: Window, result: Recount) -> Cells:
    """What is missing in the cells of the window (or, negative, too much), noted in the result as well."""
    counted = _count(window, result)
    stored = _stored(window)
    difference = added([counted, stored.negative()])
    _note(MEASURES, stored.measures, counted.measures, difference.measures, result)
    _note(DIMENSIONS_OF_RESPONSES, stored.dimensions, counted.dimensions, difference.dimensions, result)
    return difference


def compare_block(block: Block, result: Recount) -> bool:
    """Whether the sums of a made block are what a count from scratch makes them, noted in the result if not."""
    first, last = days_of(block.span, block.day)
    responses = Response.objects.scored().filter(
        version__survey=block.survey_id, received_on__range=(first, last)
    )
    counted = {row.key: (row.sums, row.ratings) for row in sum_rows(rows_of(responses), first, block.span)}
    stored = {
        tuple(row[: len(KEY)]): (tuple(row[len(KEY) : -1]), bytes(row[-1]))
        for row in block.sums.values_list(*KEY, "responses", *SUM_COLUMNS, "ratings")
    }
    differing = [key for key in counted.keys() | stored.keys() if counted.get(key) != stored.get(key)]
    result.cells += len(stored)
    result.differed += len(differing)
    for key in sorted(differing)[: SHOWN - len(result.differences)]:
        named = {"survey_id": block.survey_id, "span": block.span, "day": block.day} | dict(
            zip(KEY, key, strict=True)
        )
        before, after = (table.get(key, ((), b""))[0] for table in (stored, counted))
        result.differences.append(Difference("BlockSum", named, before, after))
    return not differing


def days_without_blocks() -> set[tuple[int, date]]:
    """Surveys and days with cells that no block tells of, so that no report would find them."""
    something = MeasureCell.objects.exclude(**dict.fromkeys(MEASURES.counts, 0))
    counted = something.values_list("measure__survey", "day").distinct()
    return set(counted) - set(Block.objects.filter(span=Span.DAY).values_list("survey", "day"))


def _count(window: Window, result: Recount) -> Cells:
    versions = list(Survey.objects.filter(pk=window.survey).values_list("versions", flat=True))
    responses = Response.objects.scored().filter(
        version__in=versions, received_on__range=(window.first, window.last)
    )
    return count(_numbered(rows_of(responses), result), plans_of(versions))


def _numbered(rows: Iterator[Row], result: Recount) -> Iterator[Row]:
    for row in rows:
        result.responses += len(row.ratings) // WIDTH
        yield row


def _stored(window: Window) -> Cells:
    days = (window.first, window.last)
    measures = list(Survey.objects.filter(pk=window.survey).values_list("measures", flat=True))
    return Cells(
        _table(MEASURES, MeasureCell.objects.filter(measure__in=measures, day__range=days)),
        _table(DIMENSIONS_OF_RESPONSES, DimensionCell.objects.filter(survey=window.survey, day__range=days)),
    )


def _table(kind: CellKind, cells: QuerySet[Any]) -> Table:
    readers: list[Callable[[Any], int]] = [_reader(name) for name in kind.key]
    keys, counts = [], []
    for values in cells.values_list(*kind.columns).iterator(chunk_size=5_000):
        keys.append([read(value) for read, value in zip(readers, values, strict=False)])
        counts.append(values[len(kind.key) :])
    return Table(
        np.array(keys, np.int64).reshape(-1, len(kind.key)),
        np.array(counts, np.int64).reshape(-1, len(kind.counts)),
    )


def _reader(name: str) -> Callable[[Any], int]:
    if name == "day":
        return date.toordinal
    return NAMES[name].index if name in NAMES else int


def _note(kind: CellKind, stored: Table, counted: Table, difference: Table, result: Recount) -> None:
    result.cells += len(stored.keys)
    result.differed += len(difference.keys)
    shown = difference.keys[: SHOWN - len(result.differences)]
    for key in map(tuple, shown.tolist()):
        result.differences.append(
            Difference(kind.model.__name__, _readable(kind, key), _find(stored, key), _find(counted, key))
        )


def _readable(kind: CellKind, key: tuple[int, ...]) -> dict[str, Any]:
    readable: dict[str, Any] = dict(zip(kind.key, key, strict=True))
    readable["day"] = date.fromordinal(readable["day"])
    for name in NAMES.keys() & readable.keys():
        readable[name] = NAMES[name][readable[name]]
    return readable


def _find(table: Table, key: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(table.counts[(table.keys == key).all(axis=1)].sum(axis=0).tolist())
