"""What the public page of a location shows: the same cost for a hundred reviews as for a hundred thousand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

from django.db.models import Prefetch, Q

from reviews.enums import HiddenReason
from reviews.models import Note, Reply, Review, ReviewTally
from scoring.choice import Place, place_of
from surveys.enums import Purpose
from surveys.models import Survey

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Location
    from reviews.models.reviews import ReviewQuerySet

REVIEWS_ON_A_PAGE = 20
NOTES_ON_A_PAGE = 5
MOST_USEFUL = 1000


class Rank(NamedTuple):
    """Where a page of the most useful begins: after this usefulness and key."""

    usefulness: int
    key: UUID

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Read from an address; None for what is none."""
        number, _separator, key = text.partition(".")
        try:
            return cls(min(int(number[:5]), MOST_USEFUL), UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.usefulness}.{self.key.hex}"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many published reviews have that score; `share` in percent of those that have any."""

    score: int
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Counted:
    """`mean` is that of the `rated` published reviews, None where none was rated; `hidden` by reason, without zeros."""

    published: int
    rated: int
    mean: float | None
    bars: list[Bar]
    hidden: list[tuple[str, int]]

    @property
    def hidden_count(self) -> int:
        return sum(count for _reason, count in self.hidden)


@dataclass(frozen=True, slots=True)
class Listed:
    """`next` is where the next page begins; None where this is the last."""

    reviews: list[Review]
    next: Place | Rank | None


def counted(location: Location) -> Counted:
    """From the location's tally: one row, however many reviews."""
    tally = ReviewTally.objects.filter(location=location).first() or ReviewTally(location=location)
    counts = {score: getattr(tally, f"score_{score}") for score in range(5, 0, -1)}
    rated = sum(counts.values())
    hidden = [(str(one.label), getattr(tally, f"hidden_{one.value}")) for one in HiddenReason]
    return Counted(
        published=rated + tally.unscored,
        rated=rated,
        mean=sum(score * count for score, count in counts.items()) / rated if rated else None,
        bars=[Bar(score, count, 100 * count / rated if rated else 0) for score, count in counts.items()],
        hidden=[(reason, count) for reason, count in hidden if count],
    )


def listed(
    location: Location, *, by_usefulness: bool = False, after: str = "", size: int = REVIEWS_ON_A_PAGE
) -> Listed:
    """A page of the published reviews: the newest day first, or those that say most."""
    rows = Review.objects.published().filter(location=location)
    rows = _most_useful(rows, Rank.of(after)) if by_usefulness else _newest(rows, place_of(after))
    rows = rows.select_related("erasure").prefetch_related(
        Prefetch("replies", Reply.objects.public(), to_attr="public_replies")
    )
    found = list(rows[: size + 1])
    if len(found) <= size:
        return Listed(found, None)
    last = found[size - 1]
    rest = Rank(last.usefulness, last.pk) if by_usefulness else Place(last.said_on, last.pk)
    return Listed(found[:size], rest)


def _newest(rows: ReviewQuerySet, after: Place | None) -> ReviewQuerySet:
    if after:
        same_day = Q(said_on=after.day, pk__lt=after.key)
        rows = rows.filter(Q(said_on__lt=after.day) | same_day, said_on__lte=after.day)
    return rows.order_by("-said_on", "-pk")


def _most_useful(rows: ReviewQuerySet, after: Rank | None) -> ReviewQuerySet:
    if after:
        same = Q(usefulness=after.usefulness, pk__lt=after.key)
        rows = rows.filter(Q(usefulness__lt=after.usefulness) | same, usefulness__lte=after.usefulness)
    return rows.order_by("-usefulness", "-pk")


def notes_of(location: Location) -> list[Note]:
    """The newest of its own and of everywhere."""
    rows = Note.objects.published().filter(Q(location=location) | Q(location=None))
    return list(rows.order_by("-done_on", "-pk")[:NOTES_ON_A_PAGE])


def open_review_form(now: datetime) -> Survey | None:
    """The oldest review form that takes answers now."""
    forms = Survey.objects.published().active().filter(purpose=Purpose.REVIEW_FORM).order_by("pk")
    return next((form for form in forms if form.is_open(at=now)), None)
