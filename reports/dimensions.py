"""The scores of the dimensions: total, the period compared with, the trend, and the locations against each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from metrics.comparison import UNKNOWN, changes_in_mean
from metrics.control import control, false_alarm_of
from metrics.dimensions import DimensionSums
from metrics.false_discovery import hold_verdicts
from reports.enums import TrendStep
from reports.marks import phase_starts
from reports.periods import bucket_start
from reports.results import BucketResult, Computed, DimensionResult, Empty, LocationResult
from reports.scores import scored
from reports.suppression import NONE_NEAR, Counts, hidden_buckets, hidden_locations, may_show_total
from reports.tallies import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from metrics.comparison import Change
    from metrics.ratings import Distribution
    from organisation.models import Location
    from reports.choice import Choice
    from reports.filters import Filters
    from reports.results import Shown
    from reports.suppression import Near
    from reports.tallies import DimensionTally

WEEK, MONTH, QUARTER = (
    partial(bucket_start, by) for by in (TrendStep.WEEK, TrendStep.MONTH, TrendStep.QUARTER)
)
# For each step the steps of which its buckets are parts, the longest first.
WITHIN: dict[TrendStep, list[Sequence[Callable[[date], date]]]] = {
    TrendStep.DAY: [(QUARTER, MONTH), (WEEK,)],
    TrendStep.MONTH: [(QUARTER,)],
}
LONGEST_EMPTY_TREND = 3 * 366  # days; a longer one begins and ends with its answers


@dataclass(frozen=True, slots=True)
class Setting:
    """What all parts of one report share."""

    filters: Filters
    choice: Choice
    locations: Sequence[Location]  # those that the member may see, in their order
    numbers: Mapping[int, int]  # of versions, by key
    minimum: int
    phase_days: Sequence[date] = ()  # on which limits begin anew
    near: Mapping[str, Near] = field(default_factory=dict)  # by dimension
    # Those of which the number of responses is not told; None: nor that of all.
    untold_versions: AbstractSet[int] | None = frozenset()

    def tells_responses(self, versions: AbstractSet[int]) -> bool:
        """Whether it is told, or follows from what is, how many responses these versions have together."""
        untold = self.untold_versions
        return untold is not None and (untold <= versions or untold.isdisjoint(versions))


def nestings_of(by: TrendStep) -> list[Sequence[Callable[[date], date]]]:
    """What hides which points of a trend: see `hidden_buckets`."""
    return WITHIN.get(by, [()])


def score_dimensions(tallies: Mapping[str, DimensionTally], setting: Setting) -> dict[str, DimensionResult]:
    """Every dimension that was answered in one of the two periods. Verdicts hold for all of them at once."""
    results = [_dimension(name, tally, setting) for name, tally in tallies.items()]
    compared = _ranked(_changed(results, setting.minimum), setting.minimum)
    return {result.dimension: result for result in compared}


def _dimension(name: str, tally: DimensionTally, setting: Setting) -> DimensionResult:
    facets, minimum = setting.choice.facets, setting.minimum
    places = {"now": tally.places, "before": tally.places_before}
    near = setting.near.get(name, NONE_NEAR)
    is_near = {"now": near.total, "before": near.before}
    hidden = {
        key
        for key, responses in places.items()
        if is_near[key] or not may_show_total(responses, facets, minimum)
    }
    scores = scored({"now": tally.total, "before": tally.before}, hidden, minimum)
    result = DimensionResult(name, scores["now"], scores["before"], UNKNOWN)
    if not isinstance(result.score, Computed):
        return result
    trend = list(_trend(tally, setting, near))
    starts = phase_starts([bucket.period for bucket in trend], setting.phase_days)
    found = control([_shown_sums(bucket.score) for bucket in trend], starts=starts)
    return replace(
        result,
        trend=tuple(
            BucketResult(bucket.period, bucket.score, bucket.begins, one)
            for bucket, one in zip(trend, found, strict=True)
        ),
        false_alarm=false_alarm_of(found, starts=starts),
        locations=tuple(_locations(tally, setting, near)),
    )


def _trend(tally: DimensionTally, setting: Setting, near: Near) -> Iterable[BucketResult]:
    """One result for each day, week, month or quarter of the period, also for those without answers."""
    filters = setting.filters
    inside = {start: sums.n for start, sums in tally.by_bucket.items()}
    counts = Counts(inside, tally.outside_by_bucket)
    hidden = hidden_buckets(counts, nestings_of(filters.by), setting.minimum, near.buckets)
    scores = scored(tally.by_bucket, hidden, setting.minimum)
    begins = _begins(tally, setting)
    first, last = filters.period.start, filters.period.end
    if filters.days > LONGEST_EMPTY_TREND:
        first, last = min(scores), max(scores)
    for start, period in filters.period.buckets(filters.by, first, last):
        yield BucketResult(period, scores.get(start, Empty()), tuple(sorted(begins[start])))


def _shown_sums(score: Shown) -> DimensionSums | Distribution | None:
    """A point of the trend as it is held against what is usual. Only those that are shown come in, so that gives
    nothing away; the last one may still be growing, which its n takes care of.
    """
    return score.scores if isinstance(score, Computed) else None


def _begins(tally: DimensionTally, setting: Setting) -> dict[date, list[int]]:
    """By bucket, the numbers of the versions that were first answered in it; the oldest is no news."""
    begins: dict[date, list[int]] = defaultdict(list)
    numbered = {setting.numbers[version]: start for version, start in tally.version_starts.items()}
    for number, start in numbered.items():
        if number != min(numbered):
            begins[start].append(number)
    return begins


def _locations(tally: DimensionTally, setting: Setting, near: Near) -> Iterable[LocationResult]:
    """Every location let through, the best mean first; those without a score at the end."""
    places = [place for place in setting.locations if setting.choice.locations.lets(place.pk)]
    sums = {place.pk: tally.by_location.get(place.pk, NOTHING) for place in places}
    hidden = hidden_locations(tally.places, setting.choice.facets, setting.minimum, near.locations)
    scores = scored(sums, hidden, setting.minimum)
    results = [
        LocationResult(place.code, place.name, place.region.name if place.region else "", scores[place.pk])
        for place in places
    ]
    return sorted(results, key=_rank)


def _rank(result: LocationResult) -> tuple[bool, float, str]:
    mean = result.score.mean if isinstance(result.score, Computed) else 0.0
    return isinstance(result.score, Empty), -mean, result.name


def _changed(results: Sequence[DimensionResult], minimum: int) -> list[DimensionResult]:
    """Each against the period that it is compared with."""
    pairs = [(_sums(result.score), _sums(result.previous)) for result in results]
    changes = _held(pairs, minimum)
    return [replace(result, change=change) for result, change in zip(results, changes, strict=True)]


def _ranked(results: Sequence[DimensionResult], minimum: int) -> list[DimensionResult]:
    """Each location against the others taken together, over all dimensions: one family of comparisons."""
    pairs = [
        (_sums(place.score), _rest(_sums(result.score), _sums(place.score)))
        for result in results
        for place in result.locations
    ]
    changes = iter(_held(pairs, minimum))
    return [
        replace(result, locations=tuple(_against(place, next(changes)) for place in result.locations))
        for result in results
    ]


def _against(place: LocationResult, change: Change) -> LocationResult:
    return LocationResult(place.code, place.name, place.region, place.score, change)


def _held(pairs: Sequence[tuple[DimensionSums, DimensionSums]], minimum: int) -> list[Change]:
    return hold_verdicts(changes_in_mean(pairs, minimum=minimum))


def _sums(score: Shown) -> DimensionSums:
    """What may be compared: nothing, where nothing may be shown."""
    if isinstance(score, Computed) and isinstance(score.scores, DimensionSums):
        return score.scores
    return NOTHING


def _rest(total: DimensionSums, part: DimensionSums) -> DimensionSums:
    return total - part if part.n else NOTHING
