"""The comment box: everything that customers said in words, the newest day first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery

from organisation.enums import Role
from organisation.models import Location, Member
from reviews.enums import ReviewKind
from reviews.matching import words_asked
from reviews.models import Reply, Review
from reviews.queries.groups import in_large_groups, with_low, with_score
from scoring.choice import Place
from surveys.enums import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from reviews.matching import Asked
    from reviews.models.reviews import ReviewQuerySet

    type Narrowing = Callable[[ReviewQuerySet, Any, Member], ReviewQuerySet]

ROWS_ON_A_PAGE = 25
# Counted no further: whoever has more than this narrows the list down.
MOST_COUNTED = 1_000
# What stands for a score besides 1 to 5, and for an assignment besides a member.
WITHOUT, OTHER_SCALE = "none", "scale"
NOBODY, MYSELF = "nobody", "me"


@dataclass(frozen=True, slots=True)
class CommentPage:
    """`next` is where the next page begins; None where this is the last. `count` is of the whole list, up to one more
    than MOST_COUNTED; `answered` has of each of those, where it was asked for, its day and the day of its answer.
    """

    comments: list[Review]
    next: Place | None
    count: int
    answered: list[tuple[date, date | None]]


def comments_of(member: Member, places: Iterable[Location] | None = None) -> ReviewQuerySet:
    """Every comment, review and mention in words that the member may read. What is held waits on the survey's own
    page; a comment of an anonymous survey shows in a group that is large enough, or not at all.

    `places` are the locations that the member sees, where they are known already: a database that is told which they
    are finds what was said there many times faster than one that has to look.
    """
    rows = Review.objects.visible_to(member)
    if places is not None and not member.sees_everywhere:
        rows = Review.objects.filter(location__in=[place.pk for place in places])
    return in_large_groups(rows.exclude(text="").filter(is_held=False))


def chosen_comments(
    member: Member, chosen: Mapping[str, Any], places: Iterable[Location] | None = None
) -> ReviewQuerySet:
    """Those that fit everything chosen, by the names of CommentFilter; in no order. `places` as in `comments_of`."""
    rows = comments_of(member, places)
    for name, value in chosen.items():
        if value:
            narrowed: Narrowing = NARROWED[name]
            rows = narrowed(rows, value, member)
    return rows


def page_of(
    rows: ReviewQuerySet, after: Place | None, *, size: int = ROWS_ON_A_PAGE, with_answers: bool = False
) -> CommentPage:
    """A page of the list. It takes as long at the millionth comment as at the first."""
    # Nothing but the order, where it will do: what stands in the index is found without the rows.
    names = ("said_on", "pk", *(["answered_on"] if with_answers else []))
    listed = rows.order_by("-said_on", "-pk").values_list(*names)
    # What is counted begins with what is shown: on the first page one search finds both.
    counted = list(listed[: max(MOST_COUNTED, size) + 1])
    keys = counted
    if after:
        same_day = Q(said_on=after.day, pk__lt=after.key)
        # The day is said twice, so that the index is entered at it.
        keys = list(listed.filter(Q(said_on__lt=after.day) | same_day, said_on__lte=after.day)[: size + 1])
    shown = [row[1] for row in keys[:size]]
    found = with_all(Review.objects.filter(pk__in=shown)).in_bulk()
    return CommentPage(
        comments=[found[key] for key in shown if key in found],
        next=Place(*keys[size - 1][:2]) if len(keys) > size else None,
        count=len(counted),
        answered=[(row[0], row[2]) for row in counted] if with_answers else [],
    )


def with_all(rows: ReviewQuerySet) -> ReviewQuerySet:
    """With everything that a row of the list shows; the current reply is `reply_text`."""
    reply = Reply.objects.current().filter(review=OuterRef("pk")).values("text")
    related = rows.select_related("location", "touchpoint", "survey", "assigned_to")
    return related.prefetch_related("labels").annotate(reply_text=Subquery(reply))


def count_of(rows: ReviewQuerySet) -> int:
    """How many there are, up to one more than MOST_COUNTED."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def colleagues_of(member: Member) -> QuerySet[Member]:
    """To whom a comment can be given: whoever may handle comments and, like the member, sees a place of theirs."""
    able = Member.objects.filter(
        is_active=True, role__in=[Role.ADMINISTRATOR, Role.EDITOR, Role.MANAGER]
    ).exclude(pk=member.pk)
    if not member.sees_everywhere:
        places = Location.objects.visible_to(member).values("pk")
        near = Q(locations__in=places) | Q(regions__locations__in=places)
        able = able.filter(pk__in=Member.objects.filter(near).values("pk"))
    found: QuerySet[Member] = able.order_by("name", "email")
    return found


def having_words(rows: ReviewQuerySet, asked: Iterable[Asked]) -> ReviewQuerySet:
    """Those with every word asked for. The same on every database, since the words are worked out here."""
    asked = list(asked)
    for one in asked:
        rows = rows.filter(words__has=one)
    return rows if asked else rows.none()


def _scored(rows: ReviewQuerySet, value: str, _member: Member) -> ReviewQuerySet:
    if value == OTHER_SCALE:
        return rows.exclude(scale_score=None)
    if value == WITHOUT:
        return with_score(rows.filter(scale_score=None), None)
    return with_score(rows, int(value))


def _low(rows: ReviewQuerySet, value: str, _member: Member) -> ReviewQuerySet:
    return with_low(rows, "score" if value == Dimension.OVERALL else value)


def _assigned(rows: ReviewQuerySet, value: str, member: Member) -> ReviewQuerySet:
    if value == NOBODY:
        return rows.filter(assigned_to=None)
    return rows.filter(assigned_to=member.pk if value == MYSELF else int(value))


def _handled(rows: ReviewQuerySet, value: str, _member: Member) -> ReviewQuerySet:
    return rows.handled() if value == "yes" else rows.open()


NARROWED = {
    "q": lambda rows, value, _member: having_words(rows, words_asked(value)),
    "kind": lambda rows, value, _member: rows.of_kind(ReviewKind(value)),
    "score": _scored,
    "low": _low,
    "survey": lambda rows, value, _member: rows.filter(survey=value),
    "region": lambda rows, value, _member: rows.filter(location__region=value),
    "location": lambda rows, value, _member: rows.filter(location=value),
    "touchpoint": lambda rows, value, _member: rows.filter(touchpoint=value),
    "label": lambda rows, value, _member: rows.filter(labels=value),
    "handled": _handled,
    "assigned": _assigned,
    "state": lambda rows, value, _member: rows.filter(state=value),
    "first": lambda rows, value, _member: rows.filter(said_on__gte=value),
    "last": lambda rows, value, _member: rows.filter(said_on__lte=value),
}
