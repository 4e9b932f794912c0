"""What a report reads: sums of blocks and, where there are none, of cells; never a response.

The number of queries does not depend on the filters. The sums come back raw. Nobody but `suppression` decides what of
them may be shown.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from dataclasses import replace
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import IntegerField, Q, Value
from django.db.models.functions import Cast

from metrics.ratings import Distribution
from reports.crossings import (
    Apart,
    Crossed,
    MarginRow,
    cross_rows,
    cross_selections,
    margin_selections,
    presence_selections,
    sampled,
)
from reports.enums import Told
from reports.models import ProcessChange
from reports.periods import bucket_start
from reports.pieces import BlockRow, Blocks, Pieces, Stretch
from reports.selections import RATED, Pick, Selection, Source, Sql, Sums, fetch, united
from scoring.models import SUMS, Block
from surveys.enums import Dimension
from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from reports.choice import Choice
    from reports.crossings import Among, Telling
    from reports.filters import Filters
    from reports.periods import Period
    from reports.vocabulary import SurveyChoice
    from surveys.models.responses import ResponseQuerySet

MODES = 2  # the place of the modes among the facets
NOTE = "note"  # in place of a span
CHOSEN, EVERYWHERE = "chosen", "everywhere"
WIDER, PART = "wider", "part"  # choices that contain the filters', and parts of it
MOST_CHOICES = 100  # as many as any database can read at once

type Raw = Sequence[
    int
]  # the sums of a dimension, as `DimensionSums` takes them; the first are the responses
type Scope = frozenset[int] | None  # the locations that a member may see; None: all


class PlaceRow(NamedTuple):
    """Responses of one version at one part of a facet, as the other facets let them through, and by dimension the
    sums of those that rated it; in the period or the one that it is compared with. Where they are not asked for, all
    sums but the first, the responses, are 0.
    """

    facet: int  # its place in Choice.facets
    part: int | str
    is_current: bool
    version: int
    responses: int
    sums: Mapping[str, Raw]


class PieceRow(NamedTuple):
    """Responses of one version in a day, or in some days that begin with it.

    `is_chosen`: what the filters let through; the other rows, where something is filtered, are of all there are.
    """

    day: date
    version: int
    is_chosen: bool
    responses: int
    sums: Mapping[str, Raw]


class ModeRow(NamedTuple):
    """Responses of one mode, as the filters let them through, in a day or in some days that begin with it."""

    day: date
    mode: str
    responses: int


class MeasureRow(NamedTuple):
    """One question as one version asked it, over the whole period: in the filters' choice, everywhere, or in another
    choice that contains it or is a part of it, known by its number.
    """

    measure: int
    version: int
    choice: tuple[str, int]
    ratings: Distribution
    not_applicable: int
    blank: int
    unreadable: int

    @property
    def responses(self) -> int:
        """All that the version got, rated or not."""
        return self.ratings.n + self.not_applicable + self.blank + self.unreadable


class ChangeRow(NamedTuple):
    """A note of a process change: where it holds, None and no locations meaning everywhere."""

    day: date
    id: int
    words: str
    region: int | None
    touchpoint: int | None
    locations: frozenset[int]


class Reader:
    """Reads the sums of one survey within one member's scope and the filters."""

    def __init__(self, survey: SurveyChoice, filters: Filters, choice: Choice, scope: Scope) -> None:
        self.survey = survey
        self.filters = filters
        self.choice = choice
        self.scope = scope
        self.dimensions = filters.dimension or tuple(Dimension.values)
        self._sums = Sums(survey.id, self.dimensions)

    def place_rows(self) -> list[PlaceRow]:
        """By the parts of each facet that is chosen from (of several versions: of all facets), and of the locations; for the
        period and the one compared with. The sums are those of the locations in the period; else there is only how many
        responses there are.

        Here and below, what the filters leave out is told as well: whether the rest may be shown depends on it.
        """
        return [
            PlaceRow(facet, row[facet], row[3] == 1, row[4], row[5], self._by_dimension(row))
            for kind in (Told.LOCATIONS, Told.PARTS)
            for facet, row in self._score_rows[kind]
        ]

    def before_rows(self) -> list[Mapping[str, Raw]]:
        """By version, the sums of what the filters let through in the period compared with."""
        return [self._by_dimension(row) for _facet, row in self._score_rows[Told.BEFORE]]

    def piece_rows(self) -> list[PieceRow]:
        """By version and piece of the period; no piece is in two buckets of the trend."""
        days = self._trend_pieces.first_days
        return [
            PieceRow(days[row[3]], row[4], kind is Told.CHOSEN, row[5], self._by_dimension(row))
            for kind in (Told.CHOSEN, Told.EVERYTHING)
            for _facet, row in self._score_rows[kind]
        ]

    def mode_rows(self) -> list[ModeRow]:
        """By mode and piece of the period; none where a single mode is chosen."""
        days, lets = self._trend_pieces.first_days, self.choice.modes.lets
        rows = self._score_rows[Told.MODES]
        return [ModeRow(days[row[3]], row[2], row[5]) for _facet, row in rows if lets(row[2])]

    def margin_rows(self) -> list[MarginRow]:
        """By the parts of a facet and by pieces, as far as it is not told above which reports are near to this one."""
        days, width = self._first_days, len(SUMS)
        return [
            MarginRow(facet, row[facet], days[row[3]], row[4], row[5], row[6::width])
            for facet, row in self._score_rows[Told.MARGINS]
        ]

    def present_parts(self) -> dict[int, frozenset[int | str]]:
        """Of the facets whose margins are told, but for locations: all parts that have responses in one of the two
        periods, in scope, whatever the filters.
        """
        found: dict[int, set[int | str]] = {facet: set() for facet in presence_selections(self.choice)}
        for facet, row in self._score_rows[Told.PRESENT]:
            found[facet].add(row[facet])
        return {facet: frozenset(parts) for facet, parts in found.items()}

    def cross_rows(self, telling: Telling) -> Crossed:
        """By all facets at once: by piece as far as it has to be told apart; of the whole period by location, and the
        ratings of the questions.
        """
        parts, sums, own = [], replace(self._sums, names=SUMS[:1]), self._whole(self.filters.period, 0)
        keys: list[Among] = []
        for apart, sources in self._cross_sources(telling):
            selections = cross_selections(self.choice, apart)
            parts.append(sums.scores(self._all_in_scope(selections.values()), sources, len(keys)))
            keys += selections
        ends = [len(keys)]
        if not (self.choice.is_of_places or self.choice.locations.is_single):
            wholes = cross_selections(self.choice, Apart())
            parts.append(sums.scores(self._all_in_scope(wholes.values()), [own], len(keys)))
            keys += wholes
        ends.append(len(keys))
        asked = cross_selections(self.choice, telling.questions) if telling.questions else {}
        rated = self._all_in_scope(asked.values())
        some = self._sampled(own, rated)
        rows = fetch(sums.with_ratings(united(*parts), rated, some, len(keys)))
        counts, days = slice(6, 6 + len(sums.told)), self._first_days
        ratings = slice(counts.stop, counts.stop + RATED)
        kinds = [[row for row in rows if bisect(ends, row[0]) == at] for at in range(3)]
        return Crossed(
            cross_rows(kinds[0], keys, days, counts),
            cross_rows(kinds[1], keys, days, counts),
            cross_rows(kinds[2], [*keys, *asked], days, ratings),
            is_sample=some != own,
        )

    def _sampled(self, source: Source, selections: Sequence[Selection]) -> Source:
        """So much of it that few ratings are read."""
        if not selections:
            return source
        responses = sum(row.responses for row in self.piece_rows() if not row.is_chosen)
        return sampled(source, selections, self.choice, responses)

    def _cross_sources(self, telling: Telling) -> list[tuple[Apart, list[Source]]]:
        by, (trend, earlier) = self.filters.by, self._near_sources
        usual = trend.pieces.where(lambda day: bucket_start(by, day) not in telling.buckets)
        closer = trend.pieces.where(lambda day: bucket_start(by, day) in telling.buckets)
        return [(telling.usual, [Source(usual), earlier]), (telling.closer, [Source(closer)])]

    def apart_rows(self) -> list[tuple[Any, ...]]:
        """Of the whole period, whatever the filters: location, touchpoint, mode, responses, those that rated each
        dimension.
        """
        told = self._in_scope(Selection(*[Pick(is_told=True)] * 3))
        source = self._whole(self.filters.period, 0)
        rows = fetch(replace(self._sums, names=SUMS[:1]).scores([told], [source]))
        return [(*row[1:4], row[6:]) for row in rows]

    @cached_property
    def _near_sources(self) -> list[Source]:
        """The pieces of the trend, and as 0 the days compared with."""
        return [Source(self._trend_pieces), self._whole(self.filters.previous, 0)]

    @property
    def _first_days(self) -> dict[int, date | None]:
        return {0: None, **self._trend_pieces.first_days}

    @cached_property
    def _score_rows(self) -> dict[Told, list[tuple[int, Sequence[Any]]]]:
        """All of it in one query: each row with its facet (0 where there is none), as location, touchpoint, mode, label or
        piece, version, responses and sums.
        """
        parts: list[Sql | None] = []
        keys: list[tuple[Told, int]] = []
        for kind, sums, selections, sources in self._asked():
            parts.append(sums.scores(self._all_in_scope(selections.values()), sources, len(keys)))
            keys += [(kind, facet) for facet in selections]
        found: dict[Told, list[tuple[int, Sequence[Any]]]] = {kind: [] for kind in Told}
        for number, *row in fetch(united(*parts)):
            kind, facet = keys[number]
            found[kind].append((facet, row))
        return found

    def _asked(self) -> Iterator[tuple[Told, Sums, Mapping[int, Selection], Sequence[Source]]]:
        """Only what is shown is read with its sums; how many responses there are is much less to read."""
        sums, chosen, modes = self._sums, self._chosen, self.choice.modes.chosen
        counts = replace(sums, names=SUMS[:1], told_names=SUMS)
        now, before = self._whole(self.filters.period, 1), self._whole(self.filters.previous, 0)
        by_all = self.survey.versions > 1  # whether a version may be told depends on every facet
        others = [
            at for at, facet in enumerate(self.choice.facets) if at and (by_all or facet.chosen is not None)
        ]
        yield Told.LOCATIONS, sums, {0: self._told_by(0)}, [now]
        yield Told.BEFORE, sums, {0: chosen}, [before]
        yield Told.CHOSEN, sums, {0: chosen}, [Source(self._trend_pieces)]
        if not self.choice.is_everything:
            yield Told.EVERYTHING, sums, {0: Selection()}, [Source(self._trend_pieces)]
        yield Told.PARTS, counts, {0: self._told_by(0)}, [before]
        yield Told.PARTS, counts, {at: self._told_by(at) for at in others}, [now, before]
        if modes is None or len(modes) > 1:
            responses = replace(counts, names=())
            yield Told.MODES, responses, {MODES: self._told_by(MODES)}, [Source(self._trend_pieces)]
        if not self.choice.is_everything:
            yield Told.MARGINS, counts, margin_selections(self.choice), self._near_sources
            yield Told.PRESENT, counts, presence_selections(self.choice), [now, before]

    def _whole(self, period: Period | None, label: int) -> Source:
        """A period in as few pieces as there are."""
        stretches = [Stretch(period.start, period.end)] if period else []
        return Source(self._blocks.pieces(stretches), label)

    @cached_property
    def _trend_pieces(self) -> Pieces:
        filters = self.filters
        first, last = self._blocks.ends(Stretch(filters.period.start, filters.period.end))
        buckets = filters.period.buckets(filters.by, first, last)
        return self._blocks.pieces([Stretch(bucket.start, bucket.end) for _start, bucket in buckets])

    def measure_rows(self) -> list[MeasureRow]:
        """By question and version, in the period, for each choice that it may be compared with. Of all dimensions."""
        from reports.ratings import add_up  # noqa: PLC0415 (numpy)

        period = self.filters.period
        pieces = self._blocks.pieces([Stretch(period.start, period.end)])
        choices = self.compared_choices()
        keys, selections = list(choices), list(choices.values())
        rows = fetch(self._sums.ratings(selections, pieces))
        return [
            MeasureRow(measure, version, keys[number], Distribution(*counts[:5]), *counts[5:])
            for (number, version, measure), counts in add_up(rows)
        ]

    def compared_choices(self) -> dict[tuple[str, int], Selection]:
        choices = {(CHOSEN, 0): self._in_scope(self._chosen)}
        if not self.choice.is_everything:
            choices[EVERYWHERE, 0] = self._in_scope(Selection())
        present: dict[int, set[int | str]] = defaultdict(set)
        for facet, row in (*self._score_rows[Told.LOCATIONS], *self._score_rows[Told.PARTS]):
            if row[3] == 1:  # now
                present[facet].add(row[facet])
        others = [(WIDER, one) for one in self.choice.wider() if not self._is_told_with_all(one, present)]
        others += [(PART, one) for one in self.choice.parts()]
        for number, (kind, chosen) in enumerate(others[:MOST_CHOICES]):
            choices[kind, number] = self._in_scope(Selection(*map(Pick, chosen)))
        return choices

    def _is_told_with_all(
        self, chosen: tuple[frozenset[Any] | None, ...], present: Mapping[int, AbstractSet[int | str]]
    ) -> bool:
        """Whether all it chooses besides the filters' choice are the parts of one facet that have responses: then it has
        those of the choice that takes everything of that facet.
        """
        own = [facet.chosen for facet in self.choice.facets]
        wider = [(at, some) for at, some in enumerate(chosen) if some != own[at]]
        return len(wider) == 1 and all(some is not None and present[at] <= some for at, some in wider)

    def changes(self) -> list[ChangeRow]:
        """The notes on days of the period, wherever they hold. Read with the blocks, in the same query."""
        places: dict[tuple[Any, ...], set[int]] = defaultdict(set)
        for key, _span, day, _made, _moved, *note, location in self._blocks_and_changes[1]:
            places[day, key, *note].update({location} - {None})
        notes = [(*note, frozenset(held)) for note, held in sorted(places.items())]
        return [ChangeRow._make(note) for note in notes]

    def waiting(self) -> ResponseQuerySet:
        """Responses of the survey, in scope, that are not counted yet."""
        responses = Response.objects.unscored().filter(version__survey_id=self.survey.id)
        return responses if self.scope is None else responses.filter(location_id__in=self.scope)

    @cached_property
    def _blocks(self) -> Blocks:
        """The blocks of the survey that may be pieces of one of the two periods."""
        rows = self._blocks_and_changes[0]
        return Blocks(BlockRow(key, span, day, made == moved) for key, span, day, made, moved, *_rest in rows)

    @cached_property
    def _blocks_and_changes(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Blocks, and notes where there are any (a location each): one query, as both are few rows by the day."""
        periods = [period for period in (self.filters.period, self.filters.previous) if period]
        within = reduce(or_, (Q(day__range=(period.start, period.end)) for period in periods))
        blocks = Block.objects.filter(within, survey_id=self.survey.id)
        columns = ["pk", "span", "day", "made", "moved"]
        if not self.survey.changes:
            return list(blocks.values_list(*columns)), []
        own = self.filters.period
        changes = ProcessChange.objects.filter(
            survey_id=self.survey.id, changed_on__range=(own.start, own.end)
        ).values_list(
            "pk", Value(NOTE), "changed_on", Value(0), Value(0), "words", "region", "touchpoint", "locations"
        )
        nowhere = [Cast(Value(None), IntegerField())] * 3
        rows = list(blocks.values_list(*columns, Value(""), *nowhere).union(changes, all=True))
        return [row for row in rows if row[1] != NOTE], [row for row in rows if row[1] == NOTE]

    def _told_by(self, at: int) -> Selection:
        """The parts of one facet, chosen or not, as the others let them through."""
        picks = [Pick(facet.chosen) for facet in self.choice.facets]
        picks[at] = Pick(is_told=True)
        return Selection(*picks)

    @property
    def _chosen(self) -> Selection:
        """What the filters let through."""
        return Selection(*(Pick(facet.chosen) for facet in self.choice.facets))

    def _all_in_scope(self, selections: Iterable[Selection]) -> list[Selection]:
        return [self._in_scope(one) for one in selections]

    def _in_scope(self, selection: Selection) -> Selection:
        place = selection.location
        if self.scope is None or place.chosen is not None:
            return selection
        return selection._replace(location=place._replace(chosen=self.scope))

    def _by_dimension(self, row: Sequence[int]) -> dict[str, Raw]:
        """The sums of one dimension after the other; without those that nobody rated."""
        width = len(SUMS)
        starts = zip(self.dimensions, range(6, len(row), width), strict=True)
        return {name: row[start : start + width] for name, start in starts if row[start]}
