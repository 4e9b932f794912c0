"""Which questions move with overall: from the responses of a scope, kept as long as their cells stand still."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.cache import cache

from metrics.association import Association, rank_correlation
from metrics.false_discovery import hold_false_discovery
from reports.reading import CODE, KEPT_SECONDS
from reports.results import Computed, Withheld
from reports.vocabulary import digest
from surveys.enums import Dimension
from surveys.models import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.reading import Asked
    from reports.results import QuestionResult, Report

# Read at most, the newest: they bound the time and the memory.
MOST_RESPONSES = 20_000


@dataclass(frozen=True, slots=True)
class Moving:
    """One question against overall. `is_clear`: held against chance, with all questions as one family."""

    key: str
    dimension: str
    wording: str
    found: Association | Withheld
    is_clear: bool = False


@dataclass(frozen=True, slots=True)
class MovingResult:
    """The questions that move most closely first. `responses`: None where the report does not tell how many there are."""

    questions: tuple[Moving, ...]
    responses: int | None
    is_cut: bool  # only the newest were read


def moving_with_overall(asked: Asked, report: Report) -> MovingResult | None:
    """`report`: of the same scope, all dimensions. What it withholds, and overall itself, is told of nowhere here.

    None where overall is not shown at all.
    """
    if not _shows_overall(report):
        return None
    questions = [
        question
        for result in report.dimensions
        if result.dimension != Dimension.OVERALL
        for question in result.questions
    ]
    associations, responses, is_cut = _kept(asked)
    minimum = asked.survey.minimum
    found = [_moving(question, associations, minimum) for question in questions]
    told = None if report.responses is None else responses
    return MovingResult(tuple(sorted(_held(found), key=_rank)), told, is_cut)


def is_moving_kept(asked: Asked, report: Report) -> bool:
    """Whether no response has to be read for it any more."""
    return not _shows_overall(report) or cache.has_key(_key(asked))


def _shows_overall(report: Report) -> bool:
    return any(
        one.dimension == Dimension.OVERALL and isinstance(one.score, Computed) for one in report.dimensions
    )


def _kept(asked: Asked) -> tuple[dict[str, Association], int, bool]:
    """By the measure's key; read anew only when a cell of the survey has moved."""
    key = _key(asked)
    kept: tuple[dict[str, Association], int, bool] | None = cache.get(key)
    if kept is None:
        kept = _associations(asked)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _key(asked: Asked) -> str:
    vocabulary = asked.vocabulary
    parts = [CODE, asked.filters, asked.survey, sorted(vocabulary.scope or ()), vocabulary.mark]
    return "moving:" + digest(parts)


def _associations(asked: Asked) -> tuple[dict[str, Association], int, bool]:
    from reports.why.pairs import read_pairs  # noqa: PLC0415 (numpy)

    pairs = read_pairs(asked, MOST_RESPONSES)
    keys = dict(Measure.objects.filter(pk__in=pairs.measures).values_list("pk", "key"))
    found = {keys[measure]: rank_correlation(*both) for measure, both in pairs.measures.items()}
    return found, pairs.responses, pairs.is_cut


def _moving(question: QuestionResult, associations: dict[str, Association], minimum: int) -> Moving:
    found = associations.get(question.key, Association(0))
    if isinstance(question.score, Withheld) or 0 < found.n < minimum:
        return Moving(question.key, question.dimension, question.wording, Withheld(minimum))
    return Moving(question.key, question.dimension, question.wording, found)


def _held(questions: list[Moving]) -> Iterable[Moving]:
    """At most one in twenty of those called clear is there by chance."""
    p_values = [one.found.p_value if isinstance(one.found, Association) else None for one in questions]
    clear = hold_false_discovery(p_values)
    return [replace(one, is_clear=bool(is_clear)) for one, is_clear in zip(questions, clear, strict=True)]


def _rank(one: Moving) -> tuple[bool, float, str]:
    rho = one.found.rho if isinstance(one.found, Association) else None
    return rho is None, -abs(rho or 0.0), one.wording
