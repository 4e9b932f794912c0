"""What reports of the same days are held against each other by: responses by all facets at once, as far as it takes.

Here are the selections and the rows that they make; `dominance` says what has to be told apart, `nearness` what follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from reports.selections import Pick, Selection, Source
from surveys.enums import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reports.choice import Choice

MOST_RATED = 1500  # rows of ratings: more of them are not worth the time


class Among(Enum):
    """Among which locations a row is: told one by one; together by region, chosen or not; or all there are."""

    TOLD = "told"
    INSIDE = "inside"
    OUTSIDE = "outside"
    EVERYWHERE = "everywhere"

    @property
    def is_by_region(self) -> bool:
        return self in {Among.INSIDE, Among.OUTSIDE}


class MarginRow(NamedTuple):
    """Responses of one version at one part of a facet, as all filters let them through, and by dimension those of them
    that rated it; in a piece of the period that begins with `day`, or (None) in the period that it is compared with.
    """

    facet: int  # its place in Choice.facets
    part: int | str  # of locations: their region, or 0
    day: date | None
    version: int
    responses: int
    rated: Sequence[int]


class Line(NamedTuple):
    """A question as one version asks it, or (None) as all of them do."""

    dimension: str
    measure: int
    version: int | None


class CrossRows(NamedTuple):
    """Responses of one version at a location, touchpoint and mode, and by dimension those of them that rated it; as
    columns, for there are thousands of rows.

    A location is a region where locations are told by region, 0 where none is told. `days` as in MarginRow; in rows of
    the whole period there are none.
    """

    among: Sequence[Among]
    locations: Sequence[int]
    touchpoints: Sequence[int]
    modes: Sequence[str]
    days: Sequence[date | None]
    versions: Sequence[int]
    counts: Sequence[
        Sequence[Any]
    ]  # a column for all responses, and one for each dimension; or those of ratings


def cross_rows(
    rows: Sequence[Sequence[Any]], keys: Sequence[Among], days: Mapping[int, date | None], counts: slice
) -> CrossRows:
    """Of rows as `Sums.scores` tells them; by number what the selection is among, and by piece its first day. `counts`:
    which columns are told of them.
    """
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * counts.stop
    among, first_days = [keys[number] for number in columns[0]], [days[piece] for piece in columns[4]]
    return CrossRows(among, columns[1], columns[2], columns[3], first_days, columns[5], columns[counts])


class Crossed(NamedTuple):
    by_piece: CrossRows
    whole: CrossRows  # location by location; none where nothing but locations is chosen
    rated: CrossRows  # of the whole period; the columns are as in `Sums.ratings`, and there may be several rows of a place
    is_sample: bool  # `rated` are then not of all of the period


@dataclass(frozen=True, slots=True)
class Apart:
    """What is told apart: of locations those that are named, None: all that are chosen. The others that are chosen are
    told together by region; where every location is, those of the regions that are named.
    """

    locations: frozenset[int] | None = None
    regions: frozenset[int] = frozenset()
    touchpoints: bool = True
    modes: bool = True


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told apart in every piece; in those of some buckets of the trend it takes more: those by their starts."""

    usual: Apart
    closer: Apart  # at least what is usual
    buckets: frozenset[date] = frozenset()
    questions: Apart | None = None  # over the whole period; None: nothing


def merged(choice: Choice, apart: Apart) -> frozenset[int]:
    """The locations that are chosen and told together with those of their region."""
    facet = choice.locations
    if apart.locations is None:
        return frozenset()
    if facet.chosen is not None:
        return facet.chosen - apart.locations
    return (
        frozenset(place for place, region in facet.group_of.items() if region in apart.regions)
        - apart.locations
    )


def cross_selections(choice: Choice, apart: Apart) -> dict[Among, Selection]:
    """By the facets that `neighbours` compares by, and that are to be told apart."""
    chosen = choice.locations.chosen
    told = chosen if apart.locations is None else apart.locations
    outside: frozenset[int] = frozenset().union(*choice.locations.rests().values())
    picks = {
        Among.EVERYWHERE: Pick(),
        Among.TOLD: Pick(told, is_told=True),
        Among.INSIDE: Pick(merged(choice, apart), is_told=True, by_region=True),
        Among.OUTSIDE: Pick(outside, is_told=True, by_region=True),
    }
    compared = choice.compared_by
    touchpoints = Pick(is_told=apart.touchpoints and compared[1])
    modes = Pick(is_told=apart.modes and compared[2])
    return {
        among: Selection(pick, touchpoints, modes)
        for among, pick in picks.items()
        if pick.chosen is None or pick.chosen
    }


def sampled(source: Source, selections: Sequence[Selection], choice: Choice, responses: int) -> Source:
    """As many of the pieces, from all of the time, as make some MOST_RATED rows; `responses`: how many there are of any."""
    pieces = len(source.pieces.first_days)
    rows = sum(min(pieces * breadth(one, choice), responses) for one in selections)
    if rows <= MOST_RATED:
        return source
    return source._replace(pieces=source.pieces.spread(pieces * MOST_RATED // rows))


def breadth(selection: Selection, choice: Choice) -> int:
    """At most so many rows a version has in each piece."""
    sizes = len(choice.locations.group_of), len(choice.touchpoints.group_of), len(Mode)
    return prod(
        size if pick.chosen is None else len(pick.chosen)
        for size, pick in zip(sizes, selection, strict=True)
        if pick.is_apart
    )


def margin_selections(choice: Choice) -> dict[int, Selection]:
    """By facet; not of those whose parts are told apart anyway, or play no part. Locations are told by region."""
    picks = [Pick(facet.chosen) for facet in choice.facets]
    told: dict[int, Pick] = {}
    if choice.tells_regions:
        told[0] = Pick(choice.locations.chosen, is_told=True, by_region=True)
    for at, is_compared in enumerate(choice.compared_by):
        if at and is_compared and choice.facets[at].chosen is None:
            told[at] = Pick(is_told=True)
    selections = {}
    for at, pick in told.items():
        others = [*picks]
        others[at] = pick
        selections[at] = Selection(*others)
    return selections


def presence_selections(choice: Choice) -> dict[int, Selection]:
    """For these facets, but for locations: by their parts, whatever is chosen of the others."""
    selections = {}
    for at in margin_selections(choice):
        if at:
            picks = [Pick()] * len(choice.facets)
            picks[at] = Pick(is_told=True)
            selections[at] = Selection(*picks)
    return selections
