"""What a report reads: grouped sums of cells, never a response. The number of queries does not depend on the filters.

The sums come back raw. Nobody but `suppression` decides what of them may be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, Q, Sum
from django.db.models.functions import Cast

from metrics.dimensions import DimensionSums
from metrics.ratings import Distribution
from scoring.models import DimensionCell, MeasureCell
from surveys.enums import Dimension
from surveys.models import Question, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from reports.choice import Choice, Parts
    from reports.filters import Filters
    from reports.vocabulary import SurveyChoice
    from scoring.models import Cell

SUMS = ("responses", "mean_sum", "mean_squares", "share_sum", "share_squares")
COUNTS = ("n1", "n2", "n3", "n4", "n5", "not_applicable", "blank", "unreadable")


type Scope = frozenset[int] | None  # the locations that a member may see; None: all


class PlaceRow(NamedTuple):
    """Sums of one dimension at one place in the period or the one before; touchpoint and mode where asked for."""

    dimension: str
    is_current: bool
    location: int
    touchpoint: int | None
    mode: str | None
    sums: DimensionSums

    @property
    def parts(self) -> Parts:
        return self.location, self.touchpoint, self.mode


class DayRow(NamedTuple):
    """Sums of one dimension on one day; not `is_chosen` is what the filters leave out."""

    dimension: str
    day: date
    version: int
    is_chosen: bool
    sums: DimensionSums


class MeasureRow(NamedTuple):
    """One question as one version asked it, over the whole period; `is_chosen` as in DayRow."""

    measure: int
    version: int
    is_chosen: bool
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
    text: str
    continuity: str


class Reader:
    """Reads the cells of one survey within one member's scope and the filters."""

    def __init__(self, survey: SurveyChoice, filters: Filters, choice: Choice, scope: Scope) -> None:
        self.survey = survey
        self.filters = filters
        self.choice = choice
        self.scope = scope

    def place_rows(self) -> list[PlaceRow]:
        """By place, for the period and the one before.

        Here and below, what the filters leave out is told apart, not cut off: whether the rest may be shown
        depends on it.
        """
        previous, current = self.filters.previous, self.filters.period
        by = ["dimension", "is_current", "location_id"]
        by += [facet.column for facet in self.choice.facets[1:] if facet.chosen is not None]
        is_current = ExpressionWrapper(Q(day__gte=current.start), output_field=BooleanField())
        cells = self._dimension_cells(previous.start if previous else current.start)
        rows = _added_up(cells.annotate(is_current=is_current), by, SUMS)
        return [_place_row(dict(zip(by, row, strict=False)), row[len(by) :]) for row in rows]

    def day_rows(self) -> list[DayRow]:
        """By day and version, in the period."""
        cells = self._dimension_cells(self.filters.period.start).annotate(is_chosen=self.choice.condition)
        rows = _added_up(cells, ["dimension", "day", "version_id", "is_chosen"], SUMS)
        return [DayRow._make((*row[:4], DimensionSums(*row[4:]))) for row in rows]

    def measure_rows(self) -> list[MeasureRow]:
        """By question and version, in the period."""
        cells = MeasureCell.objects.filter(measure__survey_id=self.survey.id)
        if self.filters.dimension:
            cells = cells.filter(measure__dimension__in=self.filters.dimension)
        told_apart = self._between(cells, self.filters.period.start).annotate(is_chosen=self.choice.condition)
        rows = _added_up(told_apart, ["measure_id", "version_id", "is_chosen"], COUNTS)
        return [MeasureRow._make((*row[:3], Distribution(*row[3:8]), *row[8:])) for row in rows]

    def responses_by_place(self, asked: Mapping[int, int]) -> dict[int, dict[Parts, int]]:
        """By version, all its responses in the period by place; `asked` names one question of each version."""
        cells = MeasureCell.objects.filter(measure_id__in=set(asked.values()), version_id__in=set(asked))
        facets = [facet.column for facet in self.choice.facets[1:] if facet.chosen is not None]
        by = ["version_id", "measure_id", "location_id", *facets]
        counts: dict[int, dict[Parts, int]] = {version: {} for version in asked}
        for row in _added_up(self._between(cells, self.filters.period.start), by, COUNTS):
            place = dict(zip(by, row, strict=False))
            if asked.get(place["version_id"]) == place["measure_id"]:
                counts[place["version_id"]][_parts(place)] = sum(row[len(by) :])
        return counts

    def wordings(self, versions: Iterable[int]) -> list[Wording]:
        """How these versions word the rated measures, the latest version first."""
        questions = Question.objects.filter(version_id__in=set(versions)).exclude(measure__dimension="")
        rows: Iterable[tuple[Any, ...]] = questions.order_by("-version__number", "position").values_list(
            "measure_id",
            "measure__key",
            "measure__dimension",
            "version_id",
            "version__number",
            "text",
            "continuity",
        )
        return [Wording(*row) for row in rows]

    def waiting(self) -> int:
        """Responses of the survey, in scope, that are not counted yet."""
        responses = Response.objects.unscored().filter(version__survey_id=self.survey.id)
        if self.scope is not None:
            responses = responses.filter(location_id__in=self.scope)
        return responses.count()

    def _dimension_cells(self, first: date) -> QuerySet[DimensionCell]:
        # All of them are named so that the unique index leads to the days.
        dimensions = self.filters.dimension or Dimension.values
        cells = DimensionCell.objects.filter(survey_id=self.survey.id, dimension__in=dimensions)
        return self._between(cells, first)

    def _between[C: Cell](self, cells: QuerySet[C], first: date) -> QuerySet[C]:
        """Within the member's scope and from that day to the end of the period."""
        cells = cells.filter(day__gte=first, day__lte=self.filters.period.end)
        return cells if self.scope is None else cells.filter(location_id__in=self.scope)


def _added_up[C: Cell](
    cells: QuerySet[C], by: Sequence[str], sums: Sequence[str]
) -> Iterable[tuple[Any, ...]]:
    """One row for each group: what it is grouped by, then the sums as whole numbers on either database."""
    totals = {f"total_{name}": Cast(Sum(name), BigIntegerField()) for name in sums}
    rows: Iterable[tuple[Any, ...]] = cells.values(*by).annotate(**totals).values_list(*by, *totals)
    return rows


def _place_row(place: dict[str, Any], sums: Sequence[int]) -> PlaceRow:
    return PlaceRow(
        place["dimension"],
        place["is_current"],
        *_parts(place),
        DimensionSums(*sums),
    )


def _parts(place: dict[str, Any]) -> Parts:
    return place["location_id"], place.get("touchpoint_id"), place.get("mode")
