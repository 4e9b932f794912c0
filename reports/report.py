"""A report, made once from one reading of the cells. Everything that is shown anywhere comes out of here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from metrics.comparison import UNKNOWN
from reports.dimensions import Setting, score_dimensions
from reports.enums import ResultState
from reports.questions import questions_by_dimension, with_questions
from reports.results import Computed, DimensionResult, Empty, NotAsked, Report, VersionResult, Withheld
from reports.suppression import added_up, hidden_versions, may_show_total
from reports.tallies import tally_dimensions, tally_measures
from surveys.enums import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from organisation.models import Location
    from reports.choice import Parts
    from reports.queries import DayRow, PlaceRow, Reader, Wording
    from reports.tallies import MeasureTally


def make_report(reader: Reader, locations: Sequence[Location]) -> Report:
    """At most five queries. Where nothing was answered it says what the survey asks today."""
    survey = reader.survey
    material = _read(reader)
    dimensions = tuple(_dimensions(material, reader, locations))
    told = _told(material.responses, reader)
    return Report(
        state=_state(dimensions),
        filters=reader.filters,
        survey_name=survey.name,
        minimum=survey.minimum,
        data_version=survey.data_version,
        counted_at=survey.counted_at,
        responses=told,
        dimensions=dimensions,
        versions=_versions(material, reader, told=told is not None),
    )


class Material(NamedTuple):
    """What was read for one report; `numbers` are those of the versions answered in it, by key."""

    places: list[PlaceRow]
    days: list[DayRow]
    measures: dict[int, dict[int, MeasureTally]]
    wordings: list[Wording]
    numbers: dict[int, int]
    responses: dict[int, dict[Parts, int]]  # by version


def _read(reader: Reader) -> Material:
    places = reader.place_rows()
    answered = any(row.is_current and reader.choice.lets(row.parts) for row in places)
    days = reader.day_rows() if answered else []
    measures = tally_measures(reader.measure_rows() if answered else [])
    versions = {row.version for row in days if row.is_chosen}
    wordings = reader.wordings({*versions, reader.survey.live_version})
    numbers = {wording.version: wording.number for wording in wordings if wording.version in versions}
    question = _answered_question(measures)
    responses = reader.responses_by_place(question) if question else {}
    return Material(places, days, measures, wordings, numbers, responses)


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


def _answered_question(measures: Mapping[int, Mapping[int, MeasureTally]]) -> dict[int, int]:
    """By version, the question that stands for its responses: each stands in every question's tally."""
    most: dict[int, tuple[int, int]] = {}
    for measure, tallies in measures.items():
        for version, tally in tallies.items():
            if tally.responses:
                most[version] = max((tally.responses, measure), most.get(version, (0, 0)))
    return {version: measure for version, (_n, measure) in most.items()}


def _told(responses: Mapping[int, Mapping[Parts, int]], reader: Reader) -> int | None:
    """How many responses there are, where the choice may be shown as one group."""
    places, facets = added_up(responses.values()), reader.choice.facets
    if not may_show_total(places, facets, reader.survey.minimum):
        return None
    return _let_through(places, reader)


def _versions(material: Material, reader: Reader, *, told: bool) -> tuple[VersionResult, ...]:
    hidden = hidden_versions(material.responses, reader.choice.facets, reader.survey.minimum)
    results = [
        VersionResult(
            material.numbers[version],
            _let_through(places, reader) if told and version not in hidden else None,
        )
        for version, places in material.responses.items()
        if version in material.numbers
    ]
    return tuple(sorted(results, key=lambda result: result.number))


def _let_through(places: Mapping[Parts, int], reader: Reader) -> int:
    return sum(n for parts, n in places.items() if reader.choice.lets(parts))
