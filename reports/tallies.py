"""The rows of the cells, added up in the ways that a report needs them. Still raw: nothing here may be shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.dimensions import DimensionSums
from metrics.ratings import Distribution
from reports.periods import bucket_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from reports.choice import Choice, Parts
    from reports.enums import TrendStep
    from reports.queries import DayRow, MeasureRow, PlaceRow

NOTHING = DimensionSums()
UNRATED = Distribution()


@dataclass(frozen=True, slots=True)
class DimensionTally:
    """One dimension: responses by place (all of them, also those that the filters leave out), sums of the rest."""

    places: Mapping[Parts, int]
    places_before: Mapping[Parts, int]
    total: DimensionSums
    before: DimensionSums
    by_location: Mapping[int, DimensionSums]
    by_bucket: Mapping[date, DimensionSums]
    outside_by_bucket: Mapping[date, int]
    by_version: Mapping[int, int]
    version_starts: Mapping[int, date]  # the bucket of each version's first answer


@dataclass(frozen=True, slots=True)
class MeasureTally:
    """One question in one version: what the filters let through, and how many rated it besides."""

    ratings: Distribution = UNRATED
    not_applicable: int = 0
    blank: int = 0
    responses: int = 0
    outside: int = 0


def tally_dimensions(
    places: Iterable[PlaceRow], days: Iterable[DayRow], choice: Choice, by: TrendStep
) -> dict[str, DimensionTally]:
    place_rows: dict[str, list[PlaceRow]] = defaultdict(list)
    for place in places:
        place_rows[place.dimension].append(place)
    day_rows: dict[str, list[DayRow]] = defaultdict(list)
    for day in days:
        day_rows[day.dimension].append(day)
    return {name: _tally(rows, day_rows[name], choice, by) for name, rows in place_rows.items()}


def _tally(
    places: Sequence[PlaceRow], days: Sequence[DayRow], choice: Choice, by: TrendStep
) -> DimensionTally:
    now = [row for row in places if row.is_current]
    before = [row for row in places if not row.is_current]
    chosen_now = [row for row in now if choice.lets(row.parts)]
    chosen_days = [row for row in days if row.is_chosen]
    starts = {day: bucket_start(by, day) for day in {row.day for row in days}}
    return DimensionTally(
        places=_counted((row.parts, row.sums.n) for row in now),
        places_before=_counted((row.parts, row.sums.n) for row in before),
        total=_total(row.sums for row in chosen_now),
        before=_total(row.sums for row in before if choice.lets(row.parts)),
        by_location=_summed((row.location, row.sums) for row in chosen_now),
        by_bucket=_summed((starts[row.day], row.sums) for row in chosen_days),
        outside_by_bucket=_counted((starts[row.day], row.sums.n) for row in days if not row.is_chosen),
        by_version=_counted((row.version, row.sums.n) for row in chosen_days),
        version_starts=_firsts((row.version, starts[row.day]) for row in chosen_days),
    )


def tally_measures(rows: Iterable[MeasureRow]) -> dict[int, dict[int, MeasureTally]]:
    """By measure, then by version."""
    halves: dict[tuple[int, int], dict[bool, MeasureRow]] = defaultdict(dict)
    for row in rows:
        halves[row.measure, row.version][row.is_chosen] = row
    tallies: dict[int, dict[int, MeasureTally]] = defaultdict(dict)
    for (measure, version), half in halves.items():
        outside = half[False].ratings.n if False in half else 0
        inside = half.get(True)
        tallies[measure][version] = (
            MeasureTally(inside.ratings, inside.not_applicable, inside.blank, inside.responses, outside)
            if inside
            else MeasureTally(outside=outside)
        )
    return dict(tallies)


def _total(sums: Iterable[DimensionSums]) -> DimensionSums:
    columns = list(
        zip(
            *((s.responses, s.mean_sum, s.mean_squares, s.share_sum, s.share_squares) for s in sums),
            strict=True,
        )
    )
    return DimensionSums(*map(sum, columns)) if columns else NOTHING


def _summed[Key](pairs: Iterable[tuple[Key, DimensionSums]]) -> dict[Key, DimensionSums]:
    grouped: dict[Key, list[DimensionSums]] = defaultdict(list)
    for key, sums in pairs:
        grouped[key].append(sums)
    return {key: _total(sums) for key, sums in grouped.items()}


def _firsts[Key](pairs: Iterable[tuple[Key, date]]) -> dict[Key, date]:
    firsts: dict[Key, date] = {}
    for key, day in pairs:
        firsts[key] = min(day, firsts.get(key, day))
    return firsts


def _counted[Key](pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    counts: dict[Key, int] = defaultdict(int)
    for key, n in pairs:
        counts[key] += n
    return dict(counts)
