"""A report, made once from one reading of the sums. Everything that is shown anywhere comes out of here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from metrics.comparison import UNKNOWN
from reports.crossings import Line
from reports.dimensions import Setting, nestings_of, places_of, score_dimensions
from reports.enums import ResultState
from reports.marks import change_marks, marks_of
from reports.mix import mode_marks, tally_modes
from reports.questions import questions_by_dimension, with_questions
from reports.results import Computed, DimensionResult, Empty, NotAsked, Report, VersionResult, Withheld
from reports.suppression import NONE_NEAR, RESPONSES, added_up, hidden_versions, let_through, may_show_total
from reports.tallies import tally_dimensions, tally_measures, tally_versions
from reports.wordings import wordings_of
from surveys.enums import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reports.queries import ModeRow, PieceRow, PlaceRow, Raw, Reader
    from reports.results import ModeMark
    from reports.suppression import Near
    from reports.tallies import MeasureTally, VersionTally
    from reports.vocabulary import Vocabulary
    from reports.wordings import Wording


def make_report(reader: Reader, vocabulary: Vocabulary) -> Report:
    """At most five queries. Where nothing was answered it says what the survey asks today."""
    survey = reader.survey
    material, locations = _read(reader), list(vocabulary.locations.values())
    changes = change_marks(reader.changes(), reader.choice, locations, list(vocabulary.touchpoints.values()))
    told, hidden = _told(material, reader), _hidden_versions(material, reader)
    setting = Setting(
        reader.filters,
        reader.choice,
        places_of(locations, reader.choice),
        material.numbers,
        survey.minimum,
        phase_days=[change.day for change in changes if change.begins_phase],
        near=material.near,
        untold_versions=None if told is None else hidden,
    )
    dimensions = tuple(_dimensions(material, setting))
    shifts = _shifts(material, reader) if told is not None else []
    return Report(
        state=_state(dimensions),
        filters=reader.filters,
        survey_name=survey.name,
        minimum=survey.minimum,
        data_version=survey.data_version,
        counted_at=survey.counted_at,
        responses=told,
        dimensions=dimensions,
        versions=_versions(material, reader, hidden if told is not None else material.versions.keys()),
        marks=marks_of(dimensions, [*changes, *shifts]),
    )


class Material(NamedTuple):
    """What was read for one report; `numbers` are those of the versions answered in it, by key. `versions`: all that ask
    about any dimension, wherever they were answered; `asking`: those that ask about one of the report's.
    """

    places: list[PlaceRow]
    before: list[Mapping[str, Raw]]
    pieces: list[PieceRow]
    modes: list[ModeRow]
    measures: dict[int, dict[int, MeasureTally]]
    wordings: list[Wording]
    numbers: dict[int, int]
    versions: dict[int, VersionTally]
    asking: set[int]
    near: dict[str, Near]


def _read(reader: Reader) -> Material:
    places = reader.place_rows()
    lets = reader.choice.locations.lets
    answered = any(row.is_current and row.facet == 0 and row.sums and lets(row.part) for row in places)
    pieces = reader.piece_rows() if answered else []
    modes = reader.mode_rows() if answered else []
    measures = reader.measure_rows() if answered else []
    versions = tally_versions(places, pieces)
    rated = {row.version for row in pieces if row.is_chosen and row.sums}
    asked = wordings_of({*versions, reader.survey.live_version})
    wordings = [one for one in asked if one.version in {*rated, reader.survey.live_version}]
    numbers = {one.version: one.number for one in wordings if one.version in rated}
    asking = {one.version for one in asked if one.dimension in reader.dimensions}
    told = {version: versions[version] for version in {one.version for one in asked} & versions.keys()}
    tallies = tally_measures(measures)
    lines = _rated(tallies, [one for one in asked if one.dimension in reader.dimensions])
    near = _near(reader, places, told.keys(), lines) if answered else {}
    before = reader.before_rows()
    return Material(places, before, pieces, modes, tallies, wordings, numbers, told, asking, near)


def _rated(measures: Mapping[int, Mapping[int, MeasureTally]], asked: Iterable[Wording]) -> dict[Line, int]:
    """How many rated each question in each version."""
    return {
        Line(one.dimension, one.measure, one.version): tally.ratings.n
        for one in asked
        if (tally := measures.get(one.measure, {}).get(one.version))
    }


def _shifts(material: Material, reader: Reader) -> list[ModeMark]:
    filters, minimum = reader.filters, reader.survey.minimum
    tally = tally_modes(material.modes, material.pieces, filters)
    return mode_marks(tally, filters.period.start, reader.choice.modes, nestings_of(filters.by), minimum)


def _near(
    reader: Reader, places: Sequence[PlaceRow], asking: AbstractSet[int], rated: Mapping[Line, int]
) -> dict[str, Near]:
    """Everything is near to nothing: it comes first."""
    from reports.nearness import find_near  # noqa: PLC0415 (numpy)

    return {} if reader.choice.is_everything else find_near(reader, places, asking, rated)


def _dimensions(material: Material, setting: Setting) -> list[DimensionResult]:
    """Those that were chosen, else all there are."""
    filters, choice = setting.filters, setting.choice
    tallies = tally_dimensions(material.places, material.pieces, choice, filters.by, material.before)
    scores = score_dimensions(tallies, setting)
    questions = questions_by_dimension(material.wordings, material.measures)
    results = [_asked_or_not(name, scores, questions) for name in filters.dimension or Dimension.values]
    return with_questions(results, questions, tallies, setting)


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


def _told(material: Material, reader: Reader) -> int | None:
    """How many responses there are, where the choice may be shown as one group, and every version asks."""
    places, facets = added_up(tally.places for tally in material.versions.values()), reader.choice.facets
    near = material.near.get(RESPONSES, NONE_NEAR)
    if near.total or not material.versions.keys() <= material.asking:
        return None
    if not may_show_total(places, facets, reader.survey.minimum):
        return None
    return let_through(places, facets)


def _hidden_versions(material: Material, reader: Reader) -> set[int]:
    facets, tallies = reader.choice.facets, material.versions
    places = {version: one.places for version, one in tallies.items() if let_through(one.places, facets)}
    totals = {version: tallies[version].everything for version in places}
    near = material.near.get(RESPONSES, NONE_NEAR).versions
    return hidden_versions(places, totals, facets, reader.survey.minimum, near)


def _versions(material: Material, reader: Reader, hidden: AbstractSet[int]) -> tuple[VersionResult, ...]:
    facets = reader.choice.facets
    results = [
        VersionResult(
            material.numbers[version],
            None if version in hidden else let_through(tally.places, facets),
        )
        for version, tally in material.versions.items()
        if version in material.numbers
    ]
    return tuple(sorted(results, key=lambda result: result.number))
