"""What a report reads: grouped sums of cells, never a response. The number of queries does not depend on the filters.

The sums come back raw. Nobody but `suppression` decides what of them may be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, Q, Sum
from django.db.models.functions import Cast

from metrics.dimensions import DimensionSums
from metrics.ratings import Distribution
from scoring.models import DimensionCell, MeasureCell
from surveys.models import Question, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import Model, QuerySet

    from reports.filters import Filters
    from reports.vocabulary import SurveyChoice, Vocabulary
    from scoring.models import Cell

SUMS = ("responses", "mean_sum", "mean_squares", "share_sum", "share_squares")
COUNTS = ("n1", "n2", "n3", "n4", "n5", "not_applicable", "blank", "unreadable")


class PlaceRow(NamedTuple):
    """Sums of one dimension at one place in the period or the one before; touchpoint and mode where asked for."""

    dimension: str
    is_current: bool
    location: int
    touchpoint: int | None
    mode: str | None
    sums: DimensionSums


class DayRow(NamedTuple):
    dimension: str
    day: date
    version: int
    sums: DimensionSums


class MeasureRow(NamedTuple):
    """One question as one version asked it, over the whole period."""

    measure: int
    version: int
    ratings: Distribution
    not_applicable: int
    blank: int
    unreadable: int

    @property
    def responses(self) -> int:
        """All that the version got, rated or not."""
        return self.ratings.n + self.not_applicable + self.blank + self.unreadable


class Wording(NamedTuple):
    measure: int
    key: str
    dimension: str
    version: int
    number: int
    position: int
    text: str
    continuity: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters' codes as keys. None: everything visible, without a restriction."""

    locations: frozenset[int] | None
    touchpoints: frozenset[int] | None
    modes: frozenset[str] | None


class Reader:
    """Reads the cells of one survey within one member's scope and the filters."""

    def __init__(self, survey: SurveyChoice, filters: Filters, vocabulary: Vocabulary) -> None:
        self.survey = survey
        self.filters = filters
        self.visible = None if vocabulary.sees_everywhere else _keys(vocabulary.locations.values())
        self.chosen = choose(filters, vocabulary)

    def place_rows(self) -> list[PlaceRow]:
        """By place, for both periods. What is filtered is not cut off but told apart: who may be shown depends
        on those who are left out.
        """
        previous, current = self.filters.previous, self.filters.period
        first = previous.start if previous else current.start
        cells = self._within_scope(self._dimension_cells()).filter(day__gte=first, day__lte=current.end)
        by = ["dimension", "is_current", "location_id"]
        by += ["touchpoint_id"] if self.chosen.touchpoints is not None else []
        by += ["mode"] if self.chosen.modes is not None else []
        is_current = ExpressionWrapper(Q(day__gte=current.start), output_field=BooleanField())
        rows = _added_up(cells.annotate(is_current=is_current), by, SUMS)
        return [_place_row(dict(zip(by, row, strict=False)), row[len(by) :]) for row in rows]

    def day_rows(self) -> list[DayRow]:
        """By day and version, in the period, with every filter."""
        rows = _added_up(self._filtered(self._dimension_cells()), ["dimension", "day", "version_id"], SUMS)
        return [DayRow(dimension, day, version, DimensionSums(*sums)) for dimension, day, version, *sums in rows]

    def measure_rows(self) -> list[MeasureRow]:
        """By question and version, in the period, with every filter."""
        cells = MeasureCell.objects.filter(measure__survey_id=self.survey.id)
        if self.filters.dimension:
            cells = cells.filter(measure__dimension__in=self.filters.dimension)
        rows = _added_up(self._filtered(cells), ["measure_id", "version_id"], COUNTS)
        return [
            MeasureRow(measure, version, Distribution(*counts[:5]), *counts[5:])
            for measure, version, *counts in rows
        ]

    def wordings(self, versions: Iterable[int]) -> list[Wording]:
        """How these versions word the rated measures, the latest version first."""
        questions = Question.objects.filter(version_id__in=set(versions)).exclude(measure__dimension="")
        rows = questions.order_by("-version__number", "position").values_list(
            "measure_id",
            "measure__key",
            "measure__dimension",
            "version_id",
            "version__number",
            "position",
            "text",
            "continuity",
        )
        return [Wording(*row) for row in rows]

    def waiting(self) -> int:
        """Responses of the survey, in scope, that are not counted yet."""
        responses = Response.objects.unscored().filter(version__survey_id=self.survey.id)
        if self.visible is not None:
            responses = responses.filter(location_id__in=self.visible)
        return responses.count()

    def _filtered[C: Cell](self, cells: QuerySet[C]) -> QuerySet[C]:
        period = self.filters.period
        cells = self._within_scope(cells).filter(day__gte=period.start, day__lte=period.end)
        if self.chosen.locations is not None:
            cells = cells.filter(location_id__in=self.chosen.locations)
        if self.chosen.touchpoints is not None:
            cells = cells.filter(touchpoint_id__in=self.chosen.touchpoints)
        return cells if self.chosen.modes is None else cells.filter(mode__in=self.chosen.modes)

    def _within_scope[C: Cell](self, cells: QuerySet[C]) -> QuerySet[C]:
        return cells if self.visible is None else cells.filter(location_id__in=self.visible)

    def _dimension_cells(self) -> QuerySet[DimensionCell]:
        cells = DimensionCell.objects.filter(survey_id=self.survey.id)
        return cells.filter(dimension__in=self.filters.dimension) if self.filters.dimension else cells


def _added_up[C: Cell](cells: QuerySet[C], by: Sequence[str], sums: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    """One row for each group: what it is grouped by, then the sums as whole numbers on either database."""
    totals = {f"total_{name}": Cast(Sum(name), BigIntegerField()) for name in sums}
    return cells.values(*by).annotate(**totals).values_list(*by, *totals)


def _place_row(place: dict[str, Any], sums: Sequence[int]) -> PlaceRow:
    return PlaceRow(
        place["dimension"],
        place["is_current"],
        place["location_id"],
        place.get("touchpoint_id"),
        place.get("mode"),
        DimensionSums(*sums),
    )


def _keys(rows: Iterable[Model]) -> frozenset[int]:
    return frozenset(row.pk for row in rows)


def choose(filters: Filters, vocabulary: Vocabulary) -> Chosen:
    """Values of one facet add up, facets narrow each other."""
    locations: frozenset[int] | None = None
    if filters.location or filters.region:
        locations = frozenset(
            place.pk
            for place in vocabulary.locations.values()
            if (not filters.location or place.code in filters.location)
            and (not filters.region or (place.region and place.region.code in filters.region))
        )
    touchpoints: frozenset[int] | None = None
    if filters.touchpoint or filters.stage:
        touchpoints = frozenset(
            touchpoint.pk
            for touchpoint in vocabulary.touchpoints.values()
            if (not filters.touchpoint or touchpoint.code in filters.touchpoint)
            and (not filters.stage or touchpoint.stage in filters.stage)
        )
    return Chosen(locations, touchpoints, frozenset(filters.mode) or None)
