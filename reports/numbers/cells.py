"""What the numbers of a breakdown are about, each under a path: `total`, `row.harbour`, `cell.harbour.counter`.

As in a report, only what is shown has a path.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from metrics.ratings import Distribution
from reports.breakdown.enums import Way
from reports.breakdown.findings import cell_name, subject_of
from reports.breakdown.results import TOTAL, column_path, path_of, row_path
from reports.numbers.subjects import Part, Subject, computed, without
from reports.results import Computed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reports.breakdown.results import Breakdown, CellResult, Head
    from reports.results import Shown


class Place(NamedTuple):
    """What a score is of. `narrowing`: the filters that choose just that, as far as the ways go; None: none does."""

    path: str
    name: str
    narrowing: Mapping[str, Any] | None


def cells(breakdown: Breakdown) -> Iterator[Subject]:
    """Everything in the breakdown that has a score to show: all of it, its rows, its columns, its cells."""
    rows = [(row.head.name, row.head.score) for row in breakdown.rows]
    yield from _whole(breakdown, Place(TOTAL, _("all together"), {}), breakdown.total, rows)
    if breakdown.columns_way:
        yield from _heads(breakdown)
    for row, column, cell in breakdown.cells():
        if isinstance(cell.score, Computed):
            yield _cell(breakdown, row, column, cell)


def _heads(breakdown: Breakdown) -> Iterator[Subject]:
    for row in breakdown.rows:
        lines = zip(breakdown.columns, row.cells, strict=True)
        parts = [(column.name, cell.score) for column, cell in lines]
        place = Place(row_path(row.head), row.head.name, row.head.narrowing or None)
        yield from _whole(breakdown, place, row.head.score, parts)
    for at, column in enumerate(breakdown.columns):
        parts = [(row.head.name, row.cells[at].score) for row in breakdown.rows]
        place = Place(column_path(column), column.name, column.narrowing or None)
        yield from _whole(breakdown, place, column.score, parts)


def _whole(
    breakdown: Breakdown, place: Place, score: Shown | None, parts: Iterable[tuple[str, Shown | None]]
) -> Iterator[Subject]:
    """A score of many cells: of those that are shown, and of all others together."""
    if isinstance(score, Computed):
        told = tuple(Part(name, one.scores) for name, one in parts if isinstance(one, Computed))
        rest = without(score.scores, [part.scores for part in told])
        if rest.n:
            told = (*told, Part(_("All others together") if told else "", rest))
        yield _subject(breakdown, place, score, told)


def _cell(breakdown: Breakdown, row: Head, column: Head | None, cell: CellResult) -> Subject:
    narrowings = [head.narrowing for head in (row, column) if head]
    merged = {key: value for one in narrowings for key, value in one.items()} if all(narrowings) else None
    place = Place(path_of(row, column), cell_name(row, column), merged)
    score, whole = computed(cell.score), _compared_with(breakdown, row, column)
    subject = _subject(breakdown, place, score, (Part("", score.scores),))
    if cell.against is None or not isinstance(whole, Computed):
        return subject
    others = Part(_("All others together"), without(whole.scores, [score.scores]))
    return replace(subject, change=cell.against, compared=(Part(place.name, score.scores), others))


def _compared_with(breakdown: Breakdown, row: Head, column: Head | None) -> Shown | None:
    """What a cell is a part of: all answers, or those to its own question."""
    if breakdown.dimension or breakdown.only:
        return breakdown.total
    question = row if breakdown.rows_way is Way.MEASURE else column
    return question.score if question else None


def _subject(breakdown: Breakdown, place: Place, score: Computed, parts: tuple[Part, ...]) -> Subject:
    about = _about(breakdown)
    name = _("%(score)s, %(place)s") % {"score": about, "place": place.name} if about else place.name
    return Subject(
        path=place.path,
        name=name,
        score=score,
        parts=parts,
        ratings=parts if isinstance(score.scores, Distribution) else (),
        narrows=_narrows(breakdown, place.narrowing),
    )


def _about(breakdown: Breakdown) -> str:
    """What all scores are of; '' where each is of another question."""
    only = breakdown.only
    if breakdown.dimension or (only and only.way is Way.MEASURE):
        return subject_of(breakdown)
    return only.name if only else ""


def _narrows(breakdown: Breakdown, narrowing: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """None: no filter of a report chooses just these responses."""
    is_of_surveys = Way.SURVEY in {breakdown.rows_way, breakdown.columns_way}
    if narrowing is None or breakdown.only or "only" in narrowing:
        return None
    if is_of_surveys and "survey" not in narrowing:
        return None
    return {"dimension": (breakdown.dimension,), **narrowing} if breakdown.dimension else narrowing
