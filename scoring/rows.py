"""What the counter reads: responses of one place and day side by side, and the plan of their version."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import StringAgg, Value
from django.db.models.functions import Concat, Substr

from surveys.enums import MAX_QUESTIONS, Dimension, Kind, Mode
from surveys.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from surveys.models import Response
    from surveys.models.responses import ResponseQuerySet

# Every response is read as wide as the longest survey, so that a thousand of them are one block of bytes.
WIDTH = MAX_QUESTIONS
PADDING = "." * WIDTH

# The counter's keys are numbers. Their order is the order in which cells are locked, in every process alike.
MODES = tuple(sorted(Mode.values))
DIMENSIONS = tuple(sorted(Dimension.values))


class Row(NamedTuple):
    """One or more responses of one version at one place on one day: `ratings` has WIDTH characters for each."""

    version: int
    location: int
    touchpoint: int
    mode: str
    day: date
    ratings: str


class Item(NamedTuple):
    """A rating question: its place in `Response.ratings` (from 0) and how it counts."""

    position: int
    measure: int
    dimension: str
    weight: int
    is_reversed: bool


class Plan(NamedTuple):
    """How the responses of one version are counted."""

    survey: int
    items: tuple[Item, ...]


def rows_of(responses: ResponseQuerySet) -> Iterator[Row]:
    """The rows of these responses, put side by side by the database, streamed."""
    padded = Substr(Concat("ratings", Value(PADDING)), 1, WIDTH)
    grouped = (
        responses.order_by()
        .values_list("version_id", "location_id", "touchpoint_id", "mode", "received_on")
        .annotate(joined=StringAgg(padded, Value("")))
    )
    return (Row(*values) for values in grouped.iterator(chunk_size=500))


def row_of(response: Response) -> Row:
    return Row(
        response.version_id,
        response.location_id,
        response.touchpoint_id,
        response.mode,
        response.received_on,
        response.ratings.ljust(WIDTH, ".")[:WIDTH],
    )


def plans_of(versions: Iterable[int]) -> dict[int, Plan]:
    """The plan of each version. A published version never changes, so its plan does not either."""
    plans: dict[int, Plan] = {}
    asked = (
        Question.objects.filter(version__in=set(versions), measure__kind=Kind.RATING)
        .order_by("version", "position")
        .values_list(
            "version",
            "measure__survey",
            "position",
            "measure",
            "measure__dimension",
            "weight",
            "measure__is_reversed",
        )
    )
    for version, survey, position, measure, dimension, weight, is_reversed in asked:
        items = plans[version].items if version in plans else ()
        item = Item(position - 1, measure, dimension, weight, is_reversed)
        plans[version] = Plan(survey, (*items, item))
    return plans
