"""What a breakdown reads: the sums told apart by its ways, and by every facet that its filters choose from.

Four queries at most, whatever is asked: the blocks, what is asked in which version, the scores, the ratings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from reports.breakdown.address import breakdown_filters
from reports.breakdown.enums import Way
from reports.breakdown.lines import AXES, FACETS
from reports.breakdown.statements import Told, ratings_by, scores_by
from reports.choice import choose
from reports.pieces import BlockRow, Blocks, Stretch
from reports.selections import fetch
from scoring.models import Block
from surveys.enums import Dimension
from surveys.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from reports.breakdown.address import BreakdownFilters
    from reports.choice import Choice
    from reports.periods import Period
    from reports.pieces import Pieces
    from reports.reading import Asked
    from reports.vocabulary import SurveyChoice, Vocabulary

DAYS_OF_A_WEEK = 7


class Label(NamedTuple):
    """Of which survey, day of the week (0 is Monday) and step of time a sum is; None: of all."""

    survey: int
    weekday: int | None = None
    time: date | None = None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A measure by its latest wording, and the versions that ask it."""

    key: str
    survey: str
    dimension: str
    wording: str
    versions: frozenset[int]


class ScoreRow(NamedTuple):
    """`sums`: of one dimension after the other, as a dimension cell has them."""

    label: Label
    location: int
    touchpoint: int
    mode: str
    version: int
    sums: Sequence[int]


class RatingRow(NamedTuple):
    """`ratings` as block sums hold them; or None, and what one measure's cells count: its key, n1 to n5."""

    label: Label
    location: int
    touchpoint: int
    mode: str
    version: int
    ratings: bytes | None
    counts: Sequence[int]


@dataclass(slots=True)
class Material:
    """What was read for one breakdown. `questions` by measure, `numbers` of versions by key; raw throughout."""

    filters: BreakdownFilters
    vocabulary: Vocabulary
    choice: Choice
    surveys: tuple[SurveyChoice, ...]
    questions: Mapping[int, AskedQuestion]
    numbers: Mapping[int, int]
    dimensions: tuple[str, ...]
    buckets: Sequence[tuple[date, Period]] = ()
    scores: Sequence[ScoreRow] = ()
    ratings: Sequence[RatingRow] = field(default_factory=list)

    @property
    def minimum(self) -> int:
        return self.surveys[0].minimum

    @property
    def modes(self) -> set[str]:
        return {row.mode for row in self.scores}

    @property
    def versions(self) -> set[int]:
        return {row.version for row in self.scores}

    @property
    def is_asked(self) -> bool:
        """Whether any of the surveys ever asked about these dimensions."""
        return any(question.dimension in self.dimensions for question in self.questions.values())


def read(asked: Asked) -> Material:
    filters, vocabulary = breakdown_filters(asked.filters), asked.vocabulary
    surveys = vocabulary.surveys if Way.SURVEY in filters.ways else (asked.survey,)
    questions, numbers = _questions(surveys)
    dimensions = _dimensions(filters, questions)
    material = Material(
        filters,
        vocabulary,
        choose(filters, vocabulary),
        surveys,
        {key: one for key, one in questions.items() if one.dimension in dimensions},
        numbers,
        dimensions,
    )
    told, labels = _told(material), _labelled(material)
    names = dict(enumerate(labels))
    pieces = dict(enumerate(labels.values()))
    material.scores = [
        ScoreRow(names[label], location, touchpoint, mode, version, sums)
        for label, location, touchpoint, mode, version, *sums in fetch(scores_by(told, pieces, dimensions))
    ]
    if Way.MEASURE in filters.ways:
        material.ratings = [
            RatingRow(names[label], location, touchpoint, mode, version, ratings, counts)
            for label, location, touchpoint, mode, version, ratings, *counts in fetch(
                ratings_by(told, pieces)
            )
        ]
    return material


def _questions(surveys: Iterable[SurveyChoice]) -> tuple[dict[int, AskedQuestion], dict[int, int]]:
    """In the order of the latest version that asks them."""
    rows: Iterable[tuple[Any, ...]] = (
        Question.objects.filter(version__survey__in=[survey.id for survey in surveys])
        .exclude(version__number=None)
        .exclude(measure__dimension="")
        .order_by("version__survey", "-version__number", "position")
        .values_list(
            "measure_id",
            "measure__key",
            "version__survey__slug",
            "measure__dimension",
            "text",
            "version_id",
            "version__number",
        )
    )
    told: dict[int, tuple[str, str, str, str]] = {}
    versions: dict[int, set[int]] = {}
    numbers: dict[int, int] = {}
    for measure, key, survey, dimension, text, version, number in rows:
        told.setdefault(measure, (key, survey, dimension, text))
        versions.setdefault(measure, set()).add(version)
        numbers[version] = number
    found = {key: AskedQuestion(*one, frozenset(versions[key])) for key, one in told.items()}
    return found, numbers


def _dimensions(filters: BreakdownFilters, questions: Mapping[int, AskedQuestion]) -> tuple[str, ...]:
    """Of questions all that were chosen, else all; otherwise one: the first chosen, overall, or the first asked."""
    asked = {question.dimension for question in questions.values()}
    if filters.only and filters.only.way is Way.MEASURE:
        return tuple({one.dimension for one in questions.values() if one.key == filters.only.code})
    if Way.MEASURE in filters.ways:
        return filters.dimension or tuple(name for name in Dimension.values if name in asked)
    if filters.dimension:
        return filters.dimension[:1]
    usual = (Dimension.OVERALL.value, *Dimension.values)
    return (next((name for name in usual if name in asked), Dimension.OVERALL.value),)


def _told(material: Material) -> Told:
    """What the filters leave out is read as well, by every facet that `neighbours` compares with: whether the rest may
    be shown depends on it.
    """
    ways, choice = material.filters.ways, material.choice
    axes = {AXES[way] for way in ways}
    picked = [
        name in axes or is_compared for name, is_compared in zip(FACETS, choice.compared_by, strict=True)
    ]
    places = [place for place in material.vocabulary.locations.values() if place.region is None]
    # Those without a region are no group that can be chosen; a version is held against the others by every facet.
    if (Way.REGION in ways and len(places) > 1) or (Way.VERSION in ways and len(material.numbers) > 1):
        picked = [True] * len(FACETS)
    location, touchpoint, mode = (any(picked[at:]) for at in range(len(FACETS)))
    return Told(location, touchpoint, mode, material.vocabulary.scope)


def _labelled(material: Material) -> dict[Label, Pieces]:
    """The pieces of the period by survey, day of the week and step of time, as far as these are told apart."""
    period, ways = material.filters.period, material.filters.ways
    rows = _blocks(material)
    blocks = {survey: Blocks(some) for survey, some in rows.items()}
    together = Blocks(row for some in rows.values() for row in some)
    whole = together.ends(Stretch(period.start, period.end))
    if Way.TIME in ways:
        buckets = period.buckets(material.filters.by, whole.first, whole.last)
        material.buckets = list(buckets)
    steps: list[tuple[date | None, Stretch]] = [
        (start, Stretch(bucket.start, bucket.end)) for start, bucket in material.buckets
    ] or [(None, Stretch(period.start, period.end))]
    weekdays = range(DAYS_OF_A_WEEK) if Way.WEEKDAY in ways else (None,)
    return {
        Label(survey, weekday, start): one.pieces(_days(stretch, whole, weekday))
        for survey, one in blocks.items()
        for start, stretch in steps
        for weekday in weekdays
    }


def _days(stretch: Stretch, whole: Stretch, weekday: int | None) -> list[Stretch]:
    """The stretch, or its days of one name, each by itself."""
    if weekday is None:
        return [stretch]
    first, last = max(stretch.first, whole.first), min(stretch.last, whole.last)
    start = first.toordinal() + (weekday - first.weekday()) % DAYS_OF_A_WEEK
    days = range(start, last.toordinal() + 1, DAYS_OF_A_WEEK)
    return [Stretch(day, day) for day in map(type(first).fromordinal, days)]


def _blocks(material: Material) -> dict[int, list[BlockRow]]:
    """By survey: one query."""
    period = material.filters.period
    rows: dict[int, list[BlockRow]] = {survey.id: [] for survey in material.surveys}
    found = Block.objects.filter(survey__in=list(rows), day__range=(period.start, period.end))
    for survey, key, span, day, made, moved in found.values_list(
        "survey_id", "pk", "span", "day", "made", "moved"
    ):
        rows[survey].append(BlockRow(key, span, day, made == moved))
    return rows
