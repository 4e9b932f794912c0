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
from reports.ranks import Field, Place, ranked
from reports.results import BucketResult, Computed, DimensionResult, Empty
from reports.scores import Judged, scored_each
from reports.suppression import NONE_NEAR, Counts, hidden_buckets, hidden_locations, may_show_total
from reports.tallies import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from metrics.comparison import Change
    from metrics.ratings import Distribution
    from reports.choice import Choice
    from reports.filters import Filters
    from reports.results import Shown
    from reports.suppression import Near
    from reports.tallies import DimensionTally
    from reports.vocabulary import KnownLocation

WEEK, MONTH, QUARTER = (
    partial(bucket_start, by) for by in (TrendStep.WEEK, TrendStep.MONTH, TrendStep.QUARTER)
)
# For each step the steps of which its buckets are parts, the longest first.
WITHIN: dict[TrendStep, list[Sequence[Callable[[date], date]]]] = {
    TrendStep.DAY: [(QUARTER, MONTH), (WEEK,)],
    TrendStep.MONTH: [(QUARTER,)],
}
NOW, BEFORE = "now", "before"  # the two periods
LONGEST_EMPTY_TREND = 3 * 366  # days; a longer one begins and ends with its answers


@dataclass(frozen=True, slots=True)
class Setting:
    """What all parts of one report share."""

    filters: Filters
    choice: Choice
    places: Sequence[Place]  # those that the filters let through
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


def places_of(locations: Iterable[KnownLocation], choice: Choice) -> list[Place]:
    """Those that are let through, in their order."""
    return [
        Place(one.pk, one.code, one.name, one.region.name if one.region else "")
        for one in locations
        if choice.locations.lets(one.pk)
    ]


def score_dimensions(tallies: Mapping[str, DimensionTally], setting: Setting) -> dict[str, DimensionResult]:
    """Every dimension that was answered in one of the two periods. Verdicts hold for all of them at once."""
    totals = scored_each(
        {name: _totals(name, tally, setting) for name, tally in tallies.items()}, setting.minimum
    )
    shown = {name: tally for name, tally in tallies.items() if isinstance(totals[name][NOW], Computed)}
    trends = scored_each(
        {name: _buckets(name, tally, setting) for name, tally in shown.items()}, setting.minimum
    )
    results = [DimensionResult(name, score[NOW], score[BEFORE], UNKNOWN) for name, score in totals.items()]
    whole = [
        _with_trend(one, tallies[one.dimension], trends[one.dimension], setting)
        if one.dimension in shown
        else one
        for one in results
    ]
    changed = {result.dimension: result for result in _changed(whole, setting.minimum)}
    fields = [_at_places(name, tally, setting) for name, tally in shown.items()]
    ranks = zip(shown, ranked(fields, setting.places, setting.minimum), strict=True)
    return changed | {name: replace(changed[name], locations=locations) for name, locations in ranks}


def _totals(name: str, tally: DimensionTally, setting: Setting) -> Judged[str, DimensionSums]:
    """Of the period and the one compared with."""
    near = setting.near.get(name, NONE_NEAR)
    is_near = {NOW: near.total, BEFORE: near.before}
    hidden = {
        key
        for key, responses in {NOW: tally.places, BEFORE: tally.places_before}.items()
        if is_near[key] or not may_show_total(responses, setting.choice.facets, setting.minimum)
    }
    return Judged({NOW: tally.total, BEFORE: tally.before}, hidden)


def _buckets(name: str, tally: DimensionTally, setting: Setting) -> Judged[date, DimensionSums]:
    """Of the days, weeks, months or quarters with answers."""
    inside = {start: sums.n for start, sums in tally.by_bucket.items()}
    counts = Counts(inside, tally.outside_by_bucket)
    near = setting.near.get(name, NONE_NEAR).buckets
    hidden = hidden_buckets(counts, nestings_of(setting.filters.by), setting.minimum, near)
    return Judged(tally.by_bucket, hidden)


def _at_places(name: str, tally: DimensionTally, setting: Setting) -> Field:
    """Of the locations."""
    near = setting.near.get(name, NONE_NEAR).locations
    hidden = hidden_locations(tally.places, setting.choice.facets, setting.minimum, near)
    return Field(tally.total, tally.by_location, hidden)


def _with_trend(
    result: DimensionResult, tally: DimensionTally, trend: Mapping[date, Shown], setting: Setting
) -> DimensionResult:
    buckets = list(_trend(trend, tally, setting))
    starts = phase_starts([bucket.period for bucket in buckets], setting.phase_days)
    found = control([_shown_sums(bucket.score) for bucket in buckets], starts=starts)
    return replace(
        result,
        trend=tuple(
            BucketResult(bucket.period, bucket.score, bucket.begins, one)
            for bucket, one in zip(buckets, found, strict=True)
        ),
        false_alarm=false_alarm_of(found, starts=starts),
    )


def _trend(scores: Mapping[date, Shown], tally: DimensionTally, setting: Setting) -> Iterable[BucketResult]:
    """One result for each day, week, month or quarter of the period, also for those without answers."""
    filters = setting.filters
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


def _changed(results: Sequence[DimensionResult], minimum: int) -> list[DimensionResult]:
    """Each against the period that it is compared with."""
    pairs = [(_sums(result.score), _sums(result.previous)) for result in results]
    changes = _held(pairs, minimum)
    return [replace(result, change=change) for result, change in zip(results, changes, strict=True)]


def _held(pairs: Sequence[tuple[DimensionSums, DimensionSums]], minimum: int) -> list[Change]:
    return hold_verdicts(changes_in_mean(pairs, minimum=minimum))


def _sums(score: Shown) -> DimensionSums:
    """What may be compared: nothing, where nothing may be shown."""
    if isinstance(score, Computed) and isinstance(score.scores, DimensionSums):
        return score.scores
    return NOTHING
