"""A report, made once from one reading of the cells. Everything that is shown anywhere comes out of here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from metrics.comparison import UNKNOWN
from reports.dimensions import Setting, score_dimensions
from reports.enums import ResultState
from reports.questions import questions_by_dimension, with_questions
from reports.results import Computed, DimensionResult, Empty, NotAsked, Report, VersionResult, Withheld
from reports.suppression import Counts, hidden_groups
from reports.tallies import tally_dimensions, tally_measures
from surveys.enums import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from organisation.models import Location
    from reports.queries import DayRow, PlaceRow, Reader, Wording
    from reports.tallies import MeasureTally


def make_report(reader: Reader, locations: Sequence[Location]) -> Report:
    """At most four queries. Where nothing was answered it says what the survey asks today."""
    survey = reader.survey
    material = _read(reader)
    dimensions = tuple(_dimensions(material, reader, locations))
    counted = _responses(material.measures)
    return Report(
        state=_state(dimensions),
        filters=reader.filters,
        survey_name=survey.name,
        minimum=survey.minimum,
        data_version=survey.data_version,
        counted_at=survey.counted_at,
        responses=_told(sum(counted.values()), survey.minimum),
        dimensions=dimensions,
        versions=_versions(counted, material.numbers, survey.minimum),
    )


class Material(NamedTuple):
    """What was read for one report; `numbers` are those of the versions answered in it, by key."""

    places: list[PlaceRow]
    days: list[DayRow]
    measures: dict[int, dict[int, MeasureTally]]
    wordings: list[Wording]
    numbers: dict[int, int]


def _read(reader: Reader) -> Material:
    places = reader.place_rows()
    answered = any(row.is_current and reader.choice.lets(row.parts) for row in places)
    days = reader.day_rows() if answered else []
    measures = tally_measures(reader.measure_rows() if answered else [])
    versions = {row.version for row in days if row.is_chosen}
    wordings = reader.wordings({*versions, reader.survey.live_version})
    numbers = {wording.version: wording.number for wording in wordings if wording.version in versions}
    return Material(places, days, measures, wordings, numbers)


def _dimensions(
    material: Material, reader: Reader, locations: Sequence[Location]
) -> Iterable[DimensionResult]:
    """Those that were chosen, else all there are."""
    filters, choice = reader.filters, reader.choice
    setting = Setting(filters, choice, locations, material.numbers, reader.survey.minimum)
    tallies = tally_dimensions(material.places, material.days, choice, filters.by)
    scores = score_dimensions(tallies, setting)
    questions = questions_by_dimension(material.wordings, material.measures)
    for name in filters.dimension or Dimension.values:
        result = _asked_or_not(name, scores, questions)
        yield with_questions(result, questions.get(name, {}), tallies.get(name), setting)


def _asked_or_not(
    name: str, scores: Mapping[str, DimensionResult], questions: Mapping[str, object]
) -> DimensionResult:
    result = scores.get(name, DimensionResult(name, Empty(), Empty(), UNKNOWN))
    if isinstance(result.score, Empty) and name not in questions:
        return replace(result, score=NotAsked())
    return result


def _state(dimensions: Iterable[DimensionResult]) -> ResultState:
    scores = [result.score for result in dimensions]
    if any(isinstance(score, Computed) for score in scores):
        return ResultState.COMPUTED
    withheld = any(isinstance(score, Withheld) for score in scores)
    return ResultState.TOO_FEW if withheld else ResultState.EMPTY


def _responses(measures: Mapping[int, Mapping[int, MeasureTally]]) -> dict[int, int]:
    """By version, the responses that the filters let through: each stands in every question's tally."""
    counted: dict[int, int] = {}
    for tallies in measures.values():
        for version, tally in tallies.items():
            counted[version] = max(tally.responses, counted.get(version, 0))
    return {version: n for version, n in counted.items() if n}


def _versions(
    counted: Mapping[int, int], numbers: Mapping[int, int], minimum: int
) -> tuple[VersionResult, ...]:
    hidden = hidden_groups(Counts(counted, {}), minimum)
    results = [
        VersionResult(numbers[version], None if version in hidden else n)
        for version, n in counted.items()
        if version in numbers
    ]
    return tuple(sorted(results, key=lambda result: result.number))


def _told(n: int, minimum: int) -> int | None:
    return n if n >= minimum else None
