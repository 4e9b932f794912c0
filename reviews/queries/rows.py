"""A comment as the list and the files show it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from reviews.enums import ReviewState
from reviews.mentions.scores import Score
from reviews.models.reviews import DIMENSIONS
from reviews.queries.comments import MOST_COUNTED
from surveys.enums import RATING_LABELS, Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from reviews.models import Review

LOW = 2


@dataclass(frozen=True, slots=True)
class CommentRow:
    """`score` is 1 to 5, or 0 where none may be told; `scale` is a score of elsewhere, on its own scale."""

    review: Review
    score: int
    word: str
    scale: str
    low: list[str]
    reply: str
    is_anonymous: bool

    @property
    def days_to_answer(self) -> int | None:
        answered = self.review.answered_on
        return (answered - self.review.said_on).days if answered else None


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Of the mentions counted, how many were answered, and after how many days half of those were."""

    mentions: int
    answered: int
    median_days: float | None
    is_cut: bool


def row_of(review: Review) -> CommentRow:
    """Of a comment that is anonymous neither its score nor its ratings: only its words, its day and its place."""
    is_anonymous = is_anonymous_comment(review)
    score = 0 if is_anonymous else review.score or 0
    return CommentRow(
        review=review,
        score=score,
        word=str(RATING_LABELS[score]) if score else "",
        scale=_scale(review.scale_score, review.scale_max),
        low=[] if is_anonymous else _low(review),
        reply=getattr(review, "reply_text", None) or "",
        is_anonymous=is_anonymous,
    )


def rows_of(reviews: Iterable[Review]) -> list[CommentRow]:
    return [row_of(review) for review in reviews]


def is_anonymous_comment(review: Review) -> bool:
    return review.state == ReviewState.PRIVATE and review.survey is not None and review.survey.is_anonymous


def answer_times(counted: Sequence[tuple[date, date | None]]) -> AnswerTimes:
    """Over the newest of a list of mentions, so that a long one takes no longer."""
    newest = counted[:MOST_COUNTED]
    taken = [(answered - said).days for said, answered in newest if answered]
    return AnswerTimes(len(newest), len(taken), median(taken) if taken else None, len(counted) > len(newest))


def _scale(score: Decimal | None, highest: int | None) -> str:
    return str(Score(score, highest)) if score is not None and highest else ""


def _low(review: Review) -> list[str]:
    return [str(Dimension(name).label) for name in DIMENSIONS if (getattr(review, name) or LOW + 1) <= LOW]
