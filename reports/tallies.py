"""The rows that were read, added up in the ways that a report needs them. Still raw: nothing here may be shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from metrics.dimensions import DimensionSums
from metrics.ratings import Distribution
from reports.choice import Margins
from reports.periods import bucket_start
from reports.queries import CHOSEN, EVERYWHERE, PART, WIDER

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import date

    from reports.choice import Choice
    from reports.enums import TrendStep
    from reports.queries import MeasureRow, PieceRow, PlaceRow, Raw

NOTHING = DimensionSums()
UNRATED = Distribution()


@dataclass(frozen=True, slots=True)
class DimensionTally:
    """One dimension: responses by part of each facet, also of those that are filtered out; sums of the rest."""

    places: Margins
    places_before: Margins
    total: DimensionSums
    before: DimensionSums
    by_location: Mapping[int | str, Raw]
    by_bucket: Mapping[date, DimensionSums]
    outside_by_bucket: Mapping[date, int]
    by_version: Mapping[int, int]
    version_places: Mapping[int, Margins]  # none where there is a single version
    version_starts: Mapping[int, date]  # the bucket of each version's first answer


@dataclass(frozen=True, slots=True)
class VersionTally:
    """The responses of one version: by part of each facet, and all of them whatever the filters."""

    places: Margins
    everything: int


@dataclass(frozen=True, slots=True)
class MeasureTally:
    """One question in one version: what the filters let through, and how many rated it outside. `besides`: by another
    choice how many rated it there and not here, or in a part of what was chosen.
    """

    ratings: Distribution = UNRATED
    not_applicable: int = 0
    blank: int = 0
    responses: int = 0
    outside: int = 0
    besides: Mapping[Hashable, int] = field(default_factory=dict)


def tally_dimensions(
    places: Iterable[PlaceRow],
    pieces: Iterable[PieceRow],
    choice: Choice,
    by: TrendStep,
    before: Sequence[Mapping[str, Raw]] = (),
) -> dict[str, DimensionTally]:
    """One for each dimension that was rated in one of the two periods, whatever the filters."""
    place_rows: dict[str, list[PlaceRow]] = defaultdict(list)
    for place in places:
        for name in place.sums:
            place_rows[name].append(place)
    piece_rows: dict[str, list[PieceRow]] = defaultdict(list)
    for piece in pieces:
        for name in piece.sums:
            piece_rows[name].append(piece)
    sums_before = {name: _total(sums[name] for sums in before if name in sums) for name in place_rows}
    return {
        name: _tally(name, rows, piece_rows[name], choice, by, before=sums_before[name])
        for name, rows in place_rows.items()
    }


def _tally(
    name: str,
    places: Sequence[PlaceRow],
    pieces: Sequence[PieceRow],
    choice: Choice,
    by: TrendStep,
    *,
    before: DimensionSums,
) -> DimensionTally:
    lets = choice.locations.lets
    now = [
        (row.part, row.sums[name]) for row in places if row.facet == 0 and row.is_current and lets(row.part)
    ]
    trend = [(bucket_start(by, row.day), row) for row in pieces]
    chosen_trend = [(start, row) for start, row in trend if row.is_chosen]
    by_bucket = _summed((start, row.sums[name]) for start, row in chosen_trend)
    everything = _counted((start, row.sums[name][0]) for start, row in trend if not row.is_chosen)
    return DimensionTally(
        places=_margins((row for row in places if row.is_current), lambda row: row.sums[name][0]),
        places_before=_margins((row for row in places if not row.is_current), lambda row: row.sums[name][0]),
        total=_total(sums for _part, sums in now),
        before=before,
        by_location=_added(now),
        by_bucket=by_bucket,
        outside_by_bucket={start: n - by_bucket.get(start, NOTHING).n for start, n in everything.items()},
        by_version=_counted((row.version, row.sums[name][0]) for _start, row in chosen_trend),
        version_places=_by_version(name, places),
        version_starts=_firsts((row.version, start) for start, row in chosen_trend),
    )


def _by_version(name: str, places: Iterable[PlaceRow]) -> dict[int, Margins]:
    rows: dict[int, list[PlaceRow]] = defaultdict(list)
    for row in places:
        if row.is_current:
            rows[row.version].append(row)
    if len(rows) == 1:
        return {}
    return {version: _margins(some, lambda row: row.sums[name][0]) for version, some in rows.items()}


def tally_versions(places: Iterable[PlaceRow], pieces: Sequence[PieceRow]) -> dict[int, VersionTally]:
    """Every version that was answered in the period, also where the filters let nothing of it through."""
    rows: dict[int, list[PlaceRow]] = defaultdict(list)
    for place in places:
        if place.is_current:
            rows[place.version].append(place)
    inside = _counted((row.version, row.responses) for row in pieces if row.is_chosen)
    everything = inside | _counted((row.version, row.responses) for row in pieces if not row.is_chosen)
    return {
        version: VersionTally(_margins(rows[version], attrgetter("responses")), n)
        for version, n in everything.items()
    }


def tally_measures(rows: Iterable[MeasureRow]) -> dict[int, dict[int, MeasureTally]]:
    """By measure, then by version."""
    choices: dict[tuple[int, int], dict[tuple[str, int], MeasureRow]] = defaultdict(dict)
    for row in rows:
        choices[row.measure, row.version][row.choice] = row
    tallies: dict[int, dict[int, MeasureTally]] = defaultdict(dict)
    for (measure, version), found in choices.items():
        tallies[measure][version] = _measure_tally(found)
    return dict(tallies)


def _measure_tally(found: Mapping[tuple[str, int], MeasureRow]) -> MeasureTally:
    inside, everything = found.get((CHOSEN, 0)), found.get((EVERYWHERE, 0))
    n = inside.ratings.n if inside else 0
    outside = everything.ratings.n - n if everything else 0
    besides: dict[Hashable, int] = {
        choice: row.ratings.n - n * (choice[0] == WIDER)
        for choice, row in found.items()
        if choice[0] in {WIDER, PART}
    }
    if inside is None:
        return MeasureTally(outside=outside, besides=besides)
    return MeasureTally(
        inside.ratings, inside.not_applicable, inside.blank, inside.responses, outside, besides
    )


def _margins(rows: Iterable[PlaceRow], count: Callable[[PlaceRow], int]) -> Margins:
    facets: tuple[dict[Hashable, int], ...] = ({}, {}, {})
    for row in rows:
        parts = facets[row.facet]
        parts[row.part] = parts.get(row.part, 0) + count(row)
    return Margins(*facets)


def _total(sums: Iterable[Raw]) -> DimensionSums:
    return DimensionSums(*map(sum, zip(*sums, strict=True)))


def _summed[Key](pairs: Iterable[tuple[Key, Raw]]) -> dict[Key, DimensionSums]:
    return {key: DimensionSums(*sums) for key, sums in _added(pairs).items()}


def _added[Key](pairs: Iterable[tuple[Key, Raw]]) -> dict[Key, Raw]:
    added: dict[Key, Raw] = {}
    for key, sums in pairs:
        added[key] = (
            [one + other for one, other in zip(added[key], sums, strict=True)] if key in added else sums
        )
    return added


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
