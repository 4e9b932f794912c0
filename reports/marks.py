"""Marks of a trend: where a version was first answered and where a process changed, numbered in the order of their days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports import numerals
from reports.enums import TrendStep
from reports.periods import Period
from reports.results import ChangeMark, ModeMark, VersionMark
from surveys.enums import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reports.choice import Choice
    from reports.queries import ChangeRow
    from reports.results import BucketResult, DimensionResult, Mark, Report
    from reports.vocabulary import KnownLocation, KnownTouchpoint


def change_marks(
    rows: Iterable[ChangeRow],
    choice: Choice,
    locations: Sequence[KnownLocation],
    touchpoints: Sequence[KnownTouchpoint],
) -> list[ChangeMark]:
    """The notes that hold for some of what the report is about, `locations` being all that the member may see.

    Where a note holds for all of it, the process before and after is another one, and limits begin anew. A note about
    some of the locations of a report explains what is seen there; the others go on as they were.
    """
    shown = [place for place in locations if choice.locations.lets(place.pk)]
    marks = []
    for row in rows:
        held = [place for place in shown if _holds_at(row, place)]
        chosen = choice.touchpoints.chosen
        if held and (row.touchpoint is None or choice.touchpoints.lets(row.touchpoint)):
            is_whole = len(held) == len(shown) and (
                row.touchpoint is None or chosen == frozenset({row.touchpoint})
            )
            marks.append(ChangeMark(row.day, row.words, _names(row, locations, touchpoints), is_whole))
    return marks


def phase_starts(buckets: Sequence[Period], days: Iterable[date]) -> list[int]:
    """Of the points of a trend, those with which another phase begins: the first that has most of its days from one of
    the days on.
    """
    starts = (
        next((at for at, bucket in enumerate(buckets) if bucket.end - day >= day - bucket.start), None)
        for day in days
    )
    return [start for start in starts if start is not None]


def marks_of(
    dimensions: Sequence[DimensionResult], others: Iterable[ChangeMark | ModeMark]
) -> tuple[Mark, ...]:
    """All marks of a report, the earliest first."""
    begun: dict[int, date] = {}
    for bucket in (bucket for result in dimensions for bucket in result.trend):
        for version in bucket.begins:
            begun[version] = min(bucket.period.start, begun.get(version, bucket.period.start))
    marks: list[Mark] = [*others]
    marks += [VersionMark(day, version, _new_wordings(dimensions, version)) for version, day in begun.items()]
    marks.sort(key=lambda mark: mark.day)
    return tuple(replace(mark, number=number) for number, mark in enumerate(marks, start=1))


def words_of(mark: Mark) -> str:
    """What happened, in one line."""
    if isinstance(mark, ChangeMark):
        places = {"words": mark.words, "places": ", ".join(mark.places)}
        return _("%(words)s (%(places)s)") % places if mark.places else mark.words
    if isinstance(mark, ModeMark):
        return _shift_words(mark)
    numbers = {
        "number": mark.version,
        "questions": ", ".join(f"“{wording}”" for wording in mark.new_wordings),
    }
    if mark.new_wordings:
        return _("Version %(number)s first answered, with new words for %(questions)s") % numbers
    return _("Version %(number)s first answered") % numbers


def _shift_words(mark: ModeMark) -> str:
    mode = str(Mode(mark.mode).label)
    if mark.before is None or mark.now is None:
        more, fewer = _("More answers by %(mode)s than before"), _("Fewer answers by %(mode)s than before")
        return (more if mark.is_higher else fewer) % {"mode": mode}
    numbers = {"mode": mode, "before": numerals.share(mark.before), "now": numerals.share(mark.now)}
    more = _("More answers by %(mode)s: %(before)s before, %(now)s now")
    fewer = _("Fewer answers by %(mode)s: %(before)s before, %(now)s now")
    return (more if mark.is_higher else fewer) % numbers


def when(mark: Mark, by: TrendStep) -> str:
    """Its day; of what is only known to lie in a month or a quarter, that."""
    is_known = isinstance(mark, ChangeMark) or by not in {TrendStep.MONTH, TrendStep.QUARTER}
    return numerals.day(mark.day) if is_known else numerals.bucket(Period(mark.day, mark.day), by)


def lines_of(report: Report) -> list[str]:
    """Each mark with its number and its day, for a picture that leaves its page."""
    by = report.filters.by
    return [f"{mark.number}  {when(mark, by)}: {words_of(mark)}" for mark in report.marks]


def is_in(mark: Mark, bucket: BucketResult) -> bool:
    """Whether a point of one dimension's trend has the mark."""
    if isinstance(mark, VersionMark):
        return mark.version in bucket.begins
    return bucket.period.start <= mark.day <= bucket.period.end


def _new_wordings(dimensions: Iterable[DimensionResult], version: int) -> tuple[str, ...]:
    return tuple(
        question.wording
        for result in dimensions
        for question in result.questions
        if version in question.new_wording_since
    )


def _holds_at(row: ChangeRow, place: KnownLocation) -> bool:
    return (row.region is None or place.region_id == row.region) and (
        not row.locations or place.pk in row.locations
    )


def _names(
    row: ChangeRow, locations: Iterable[KnownLocation], touchpoints: Iterable[KnownTouchpoint]
) -> tuple[str, ...]:
    """Of the places that the member may see."""
    regions = {place.region.name for place in locations if place.region and place.region_id == row.region}
    places = [place.name for place in locations if place.pk in row.locations]
    return (*regions, *places, *(one.name for one in touchpoints if one.pk == row.touchpoint))
