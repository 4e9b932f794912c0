"""Scores with and without the flagged answers, and the difference. Flagged answers always count; this is to look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.cache import cache

from metrics.comparison import UNKNOWN, Change, changes_in_mean
from metrics.disclosure import is_too_small, withheld
from metrics.false_discovery import hold_verdicts
from metrics.intervals import Interval
from reports.choice import Margins, choose
from reports.flagged.sides import Sides
from reports.queries import Reader
from reports.reading import CODE, KEPT_SECONDS, report_for
from reports.results import Computed, Withheld
from reports.scores import scored
from reports.suppression import RESPONSES, let_through, may_show_total
from reports.tallies import tally_dimensions
from reports.vocabulary import digest
from surveys.enums import Dimension, Flag

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from metrics.dimensions import DimensionSums
    from metrics.ratings import Distribution
    from reports.choice import Choice
    from reports.flagged.counted import Flagged
    from reports.reading import Asked
    from reports.results import DimensionResult, Report, Shown
    from reports.tallies import DimensionTally


@dataclass(frozen=True, slots=True)
class FlaggedDimension:
    """`flagged` are responses; None: too few, or too few besides, so that neither they nor the rest are told.

    `change`: with minus without, from the two groups apart, since the one is a part of the other.
    """

    dimension: str
    everything: Shown
    without: Shown
    flagged: int | None
    change: Change = UNKNOWN


@dataclass(frozen=True, slots=True)
class FlaggedQuestion:
    """The same of one question; `flagged` are those who rated it."""

    key: str
    dimension: str
    wording: str
    everything: Shown
    without: Shown
    flagged: int | None
    change: Change = UNKNOWN


@dataclass(frozen=True, slots=True)
class FlaggedResult:
    """`reasons`: how many responses have each flag (a response can have several); None where they are too few."""

    dimensions: tuple[FlaggedDimension, ...]
    questions: tuple[FlaggedQuestion, ...]
    responses: int | None
    reasons: tuple[tuple[Flag, int | None], ...]


def flagged_result(asked: Asked) -> FlaggedResult | None:
    """Kept until a cell of the survey moves. None: there are too many to be counted here, or they moved meanwhile."""
    vocabulary = asked.vocabulary
    parts = [CODE, asked.filters, asked.survey, sorted(vocabulary.scope or ()), vocabulary.mark]
    key = "flagged:" + digest(parts)
    kept: FlaggedResult | None = cache.get(key)
    if kept is None and (kept := _counted(asked)) is not None:
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _counted(asked: Asked) -> FlaggedResult | None:
    from reports.flagged.counted import read_flagged  # noqa: PLC0415 (numpy)
    from reports.flagged.nearness import near_flagged  # noqa: PLC0415 (numpy)

    choice, minimum = choose(asked.filters, asked.vocabulary), asked.survey.minimum
    reader = Reader(asked.survey, asked.filters, choice, asked.vocabulary.scope)
    found = read_flagged(asked, choice, reader.compared_choices())
    if found is None:
        return None
    near = near_flagged(reader, found) if found.responses else frozenset()
    try:
        dimensions, questions = _scores(report_for(asked), reader, found, near)
    except ValueError:  # a response was held or deleted between the two readings
        return None
    is_told = any(one.flagged for one in dimensions) and RESPONSES not in near
    told = _told(found, minimum, is_told=is_told)
    return FlaggedResult(tuple(_held(dimensions)), tuple(_held(questions)), *told)


def _scores(
    report: Report, reader: Reader, found: Flagged, near: AbstractSet[str]
) -> tuple[list[FlaggedDimension], list[FlaggedQuestion]]:
    """What the report shows, with and without the flagged. Raises ValueError where these are no part of all."""
    filters, choice, minimum = reader.filters, reader.choice, reader.survey.minimum
    places = reader.place_rows()
    whole = tally_dimensions(places, [], choice, filters.by)
    flagged = tally_dimensions(found.places, [], choice, filters.by)
    shown = {one.dimension for one in report.computed}
    dimensions = [
        _dimension(name, whole[name], flagged.get(name), choice, minimum, is_near=name in near)
        if name in shown
        else _nothing(name, whole[name], minimum)
        for name in filters.dimension or Dimension.values
        if name in whole
    ]
    told = {one.dimension for one in dimensions if one.flagged is not None}
    sides = Sides.of(reader, places, found)
    questions = [
        question
        for result in report.dimensions
        for question in _questions(result, sides, minimum, is_told=result.dimension in told)
    ]
    return dimensions, questions


def _told(
    found: Flagged, minimum: int, *, is_told: bool
) -> tuple[int | None, tuple[tuple[Flag, int | None], ...]]:
    """How many responses are flagged, and how many of them for each reason."""
    is_told = is_told and found.responses >= minimum
    hidden = _hidden_reasons(found, minimum) if is_told else set(found.reasons)
    reasons = tuple((flag, None if flag in hidden else n) for flag, n in found.reasons.items())
    return (found.responses if is_told or not found.responses else None), reasons


def _hidden_reasons(found: Flagged, minimum: int) -> set[Flag]:
    """Those that a few have, or all but a few; and another where one alone could be worked out from the others."""
    rests = {flag for flag, n in found.reasons.items() if is_too_small(found.responses - n, minimum)}
    return withheld(found.reasons, minimum, unsafe=rests)


def _dimension(
    name: str,
    whole: DimensionTally,
    flagged: DimensionTally | None,
    choice: Choice,
    minimum: int,
    *,
    is_near: bool,
) -> FlaggedDimension:
    facets = choice.facets
    everything = scored({"it": whole.total}, set(), minimum)["it"]
    if flagged is None or not flagged.total.n:
        return FlaggedDimension(name, everything, everything, 0)
    rest = whole.total - flagged.total
    sides = [flagged.places, _less(whole.places, flagged.places)]
    if is_near or not all(
        may_show_total(side, facets, minimum) for side in sides if let_through(side, facets)
    ):
        return FlaggedDimension(name, everything, Withheld(minimum), None)
    without = scored({"it": rest}, set(), minimum)["it"]
    change = _difference(whole.total, flagged.total, rest, minimum)
    return FlaggedDimension(name, everything, without, flagged.total.n, change)


def _questions(
    result: DimensionResult, sides: Sides, minimum: int, *, is_told: bool
) -> Iterable[FlaggedQuestion]:
    """Those of a dimension, whose score without the flagged may be told."""
    hidden = sides.hidden(result, minimum) if is_told else {one.key for one in result.questions}
    for one in result.questions:
        about = one.key, one.dimension, one.wording
        whole, flagged = sides.ratings(result.dimension, one.key)
        if not isinstance(one.score, Computed):
            yield FlaggedQuestion(*about, one.score, one.score, None)
        elif one.key in hidden:
            yield FlaggedQuestion(*about, one.score, Withheld(minimum), None)
        elif not flagged.n:
            yield FlaggedQuestion(*about, one.score, one.score, 0)
        else:
            without = scored({"it": whole - flagged}, set(), minimum)["it"]
            change = _difference(whole, flagged, whole - flagged, minimum)
            yield FlaggedQuestion(*about, one.score, without, flagged.n, change)


def _nothing(name: str, whole: DimensionTally, minimum: int) -> FlaggedDimension:
    """Where the report does not show the score either."""
    hidden = scored({"it": whole.total}, {"it"}, minimum)["it"]
    return FlaggedDimension(name, hidden, hidden, None)


def _less(whole: Margins, part: Margins) -> Margins:
    return Margins(*(_left(all_of_it, some) for all_of_it, some in zip(whole, part, strict=True)))


def _left(whole: Mapping[Hashable, int], part: Mapping[Hashable, int]) -> dict[Hashable, int]:
    return {key: n - part.get(key, 0) for key, n in whole.items()}


def _difference[Scores: (DimensionSums, Distribution)](
    whole: Scores, flagged: Scores, rest: Scores, minimum: int
) -> Change:
    """With minus without = share of the flagged * (their mean - the others' mean); so is its interval."""
    apart = changes_in_mean([(flagged, rest)], minimum=minimum)[0]
    if apart.difference is None or apart.interval is None:
        return UNKNOWN
    share = flagged.n / whole.n
    interval = Interval(share * apart.interval.low, share * apart.interval.high)
    return replace(apart, difference=share * apart.difference, interval=interval)


def _held[Told: (FlaggedDimension, FlaggedQuestion)](told: list[Told]) -> list[Told]:
    """Dimensions are one family of comparisons, questions another."""
    changes = hold_verdicts([one.change for one in told])
    return [replace(one, change=change) for one, change in zip(told, changes, strict=True)]
