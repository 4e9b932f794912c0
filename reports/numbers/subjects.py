"""What the numbers of a report are about, each under a path: `quality.location.harbour`, `question.wait.version.2`.

Only what is shown has a path, so no number can be opened that the page withholds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import sub
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from metrics.comparison import UNKNOWN
from metrics.ratings import Distribution
from reports import numerals
from reports.findings import name_of
from reports.results import Computed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from metrics.comparison import Change
    from metrics.control import Controlled
    from metrics.dimensions import DimensionSums
    from reports.results import DimensionResult, QuestionResult, Report

    type Scores = DimensionSums | Distribution


class Part(NamedTuple):
    """Some of the responses behind a score, which add up to it. `name` is empty where they are all of them."""

    name: str
    scores: Scores


@dataclass(frozen=True, slots=True)
class Subject:
    """A score that is shown, the parts that it is made of, and what it is compared with.

    `narrows`: the changes to the report's filters that leave just these responses; None where no filter does.
    """

    path: str
    name: str
    score: Computed
    parts: tuple[Part, ...]
    change: Change = UNKNOWN
    compared: tuple[Part, ...] = ()  # the two sides of the change
    control: Controlled | None = None
    usual: tuple[Part, ...] = ()  # the points from which the limits were worked out
    false_alarm: float = 0.0
    points: int = 0  # of the trend, that have limits
    ratings: tuple[Part, ...] = ()  # distributions
    not_applicable: int | None = None
    blank: int | None = None
    narrows: Mapping[str, Any] | None = field(default_factory=dict)


def subjects(report: Report) -> Iterator[Subject]:
    """Everything in the report that has a score to show."""
    for result in report.computed:
        yield _dimension(result, report)
        yield from _previous(result, report)
        yield from _locations(result)
        yield from _buckets(result, report)
    for result in report.dimensions:
        for question in result.questions:
            yield from _question(question)


def _dimension(result: DimensionResult, report: Report) -> Subject:
    name, score = name_of(result.dimension), computed(result.score)
    compared: tuple[Part, ...] = ()
    if isinstance(result.previous, Computed) and report.filters.previous:
        now, before = numerals.days_of(report.filters), numerals.days(report.filters.previous)
        compared = (Part(now, score.scores), Part(before, result.previous.scores))
    ratings = tuple(
        Part(question.wording, question.score.scores)
        for question in result.questions
        if isinstance(question.score, Computed)
    )
    return Subject(
        path=result.dimension,
        name=name,
        score=score,
        parts=_by_location(result),
        change=result.change,
        compared=compared,
        false_alarm=result.false_alarm,
        points=sum(bucket.control is not None for bucket in result.trend),
        ratings=ratings if isinstance(result.ratings, Distribution) else (),
        narrows={"dimension": (result.dimension,)},
    )


def _by_location(result: DimensionResult) -> tuple[Part, ...]:
    """The locations that are shown by themselves, then all others as one: what subtraction tells anyway."""
    total = computed(result.score).scores
    parts = [
        Part(place.name, place.score.scores)
        for place in result.locations
        if isinstance(place.score, Computed)
    ]
    rest = without(total, [part.scores for part in parts])
    if not parts or (len(parts) == 1 and not rest.n):
        return (Part("", total),)
    return (*parts, Part(_("All others together"), rest)) if rest.n else tuple(parts)


def without(total: Scores, parts: Iterable[Scores]) -> Any:
    """What is left of the sums, or of the ratings: all of one kind."""
    return reduce(sub, parts, total)


def _previous(result: DimensionResult, report: Report) -> Iterator[Subject]:
    if isinstance(result.previous, Computed) and report.filters.previous:
        days = report.filters.previous
        yield Subject(
            path=f"{result.dimension}.previous",
            name=_("%(score)s, %(days)s") % {"score": name_of(result.dimension), "days": numerals.days(days)},
            score=result.previous,
            parts=(Part("", result.previous.scores),),
            narrows=_only_days(result, days),
        )


def _locations(result: DimensionResult) -> Iterator[Subject]:
    total = computed(result.score).scores
    for place in result.locations:
        if isinstance(place.score, Computed):
            scores, rest = place.score.scores, without(total, [place.score.scores])
            others = (Part(place.name, scores), Part(_("The other locations together"), rest))
            yield Subject(
                path=f"{result.dimension}.location.{place.code}",
                name=_("%(score)s, %(place)s") % {"score": name_of(result.dimension), "place": place.name},
                score=place.score,
                parts=(Part("", scores),),
                change=place.against,
                compared=others,
                narrows={"dimension": (result.dimension,), "location": (place.code,), "region": ()},
            )


def _buckets(result: DimensionResult, report: Report) -> Iterator[Subject]:
    by = report.filters.by
    for bucket in result.trend:
        if isinstance(bucket.score, Computed):
            days = numerals.bucket(bucket.period, by)
            usual = [
                Part(numerals.bucket(one.period, by), one.score.scores)
                for one in result.trend
                if isinstance(one.score, Computed)
                and one.control
                and bucket.control
                and one.control.centre == bucket.control.centre
            ]
            yield Subject(
                path=f"{result.dimension}.days.{bucket.period.start}",
                name=_("%(score)s, %(days)s") % {"score": name_of(result.dimension), "days": days},
                score=bucket.score,
                parts=(Part("", bucket.score.scores),),
                control=bucket.control,
                usual=tuple(usual),
                narrows=_only_days(result, bucket.period),
            )


def _only_days(result: DimensionResult, days: object) -> dict[str, Any]:
    return {"dimension": (result.dimension,), "period": days, "shortcut": None}


def _question(question: QuestionResult) -> Iterator[Subject]:
    if not isinstance(question.score, Computed):
        return
    path, narrows = f"question.{question.key}", {"dimension": (question.dimension,)}
    parts = _by_version(question, question.score)
    yield Subject(
        path=path,
        name=f"“{question.wording}”",
        score=question.score,
        parts=parts,
        ratings=parts,
        not_applicable=question.not_applicable,
        blank=question.blank,
        narrows=narrows,
    )
    for line in question.lines:
        if isinstance(line.score, Computed):
            whole = (Part("", line.score.scores),)
            name = f"{_version(line.number)}: “{line.wording}”"
            of_version = f"{path}.version.{line.number}"
            yield Subject(of_version, name, line.score, whole, ratings=whole, narrows=narrows)


def _by_version(question: QuestionResult, score: Computed) -> tuple[Part, ...]:
    """The versions that are shown by themselves, then all others as one."""
    lines = [(line.number, line.score) for line in question.lines]
    parts = [Part(_version(number), one.scores) for number, one in lines if isinstance(one, Computed)]
    rest = without(score.scores, [part.scores for part in parts])
    if not parts:
        return (Part("", score.scores),)
    return (*parts, Part(_("All others together"), rest)) if rest.n else tuple(parts)


def _version(number: int) -> str:
    return _("Version %(number)s") % {"number": number}


def computed(score: object) -> Computed:
    """Of what is known to have a score."""
    if not isinstance(score, Computed):
        raise TypeError(score)
    return score
