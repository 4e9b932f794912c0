"""Words that set low scores apart from high ones, of comments that may be listed by their score (decision 22)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from metrics.contrast import contrasts, telling
from organisation.models import Member
from reports.choice import choose
from reviews.matching import words_of
from reviews.queries.comments import comments_of
from reviews.queries.groups import with_score
from reviews.redacting import EMAIL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metrics.contrast import WordContrast
    from reports.reading import Asked
    from reviews.models.reviews import ReviewQuerySet

LOW, HIGH = (1, 2), (4, 5)
# Comments read of each score: they bound the time.
MOST_OF_A_SCORE = 2_000
MOST_SHOWN = 15
# A shorter word is a letter or the rest of one.
SHORTEST = 2


class WordsOf(StrEnum):
    """Of which comments words are told: all that the reader may see, those that are public, or none."""

    ALL = "all"
    PUBLISHED = "published"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class WordsResult:
    """Of `low` and `high` comments; a word stands in at least the minimum of those it belongs to."""

    low: int
    high: int
    minimum: int
    low_words: tuple[WordContrast, ...] = ()
    high_words: tuple[WordContrast, ...] = ()
    is_cut: bool = False
    is_left_out: bool = False  # no comment was to be read

    @property
    def is_enough(self) -> bool:
        return min(self.low, self.high) >= self.minimum


def telling_words(asked: Asked, reader: Member, minimum: int, *, of: WordsOf = WordsOf.ALL) -> WordsResult:
    """`minimum`: of comments. Nothing is said where a side has fewer."""
    if of is WordsOf.NONE:
        return WordsResult(0, 0, minimum, is_left_out=True)
    rows = comments_behind(asked, reader)
    if of is WordsOf.PUBLISHED:
        rows = rows.published()
    sides = [[_said(rows, score) for score in scores] for scores in (LOW, HIGH)]
    low, high = (_joined(side) for side in sides)
    is_cut = any(len(part) == MOST_OF_A_SCORE for side in sides for part in side)
    result = WordsResult(len(low), len(high), minimum, is_cut=is_cut)
    if not result.is_enough:
        return result
    kept_out = names_of(
        Member.objects.values_list("name", flat=True), [name for _w, _t, name in (*low, *high)]
    )
    counted_low, counted_high = (_counted(side, kept_out) for side in (low, high))
    found = telling([one for one in contrasts(counted_low, counted_high) if _may_be_told(one, minimum)])
    return WordsResult(
        len(low),
        len(high),
        minimum,
        tuple(one for one in found if one.z > 0)[:MOST_SHOWN],
        tuple(one for one in found if one.z < 0)[:MOST_SHOWN],
        is_cut,
    )


def comments_behind(asked: Asked, reader: Member) -> ReviewQuerySet:
    """What the customers of this scope said in words, as far as the reader may see it."""
    filters = asked.filters
    rows = comments_of(reader).filter(
        survey=asked.survey.id, said_on__gte=filters.period.start, said_on__lte=filters.period.end
    )
    choice = choose(filters, asked.vocabulary)
    for facet in (choice.locations, choice.touchpoints):
        if facet.chosen is not None:
            rows = rows.filter(**{f"{facet.column}__in": facet.chosen})
    if choice.modes.chosen is not None:
        rows = rows.filter(response__mode__in=choice.modes.chosen)
    return rows


def names_of(*lists: Iterable[str]) -> frozenset[str]:
    """The words of names that are known here: a word that tells is about the service, not about somebody."""
    return frozenset(word for names in lists for name in names for word in words_of(name).split())


def _may_be_told(one: WordContrast, minimum: int) -> bool:
    return (one.first if one.z > 0 else one.second) >= minimum


def _said(rows: ReviewQuerySet, score: int) -> list[tuple[str, str, str]]:
    """The newest with this score: words, text, name left."""
    newest = with_score(rows, score).order_by("-said_on", "-pk")
    return list(newest.values_list("words", "text", "name")[:MOST_OF_A_SCORE])


def _joined(parts: Iterable[Sequence[tuple[str, str, str]]]) -> list[tuple[str, str, str]]:
    return [one for part in parts for one in part]


def _counted(said: Iterable[tuple[str, str, str]], kept_out: frozenset[str]) -> Counter[str]:
    """In how many comments each word stands; without numbers, what is left of addresses, and names."""
    counts: Counter[str] = Counter()
    for words, text, _name in said:
        found = words_of(EMAIL.sub(" ", text)) if "@" in text else words
        counts.update(word for word in found.split() if word.isalpha() and len(word) >= SHORTEST)
    for word in kept_out:
        counts.pop(word, None)
    return counts
