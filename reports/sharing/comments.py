"""The comments behind a shared link: published words alone, from the minimum group up, read where they stand.

A link keeps which comments it shows, never their words: what was erased, hidden or held since then is gone from the link
as from everywhere (docs/decisions/0034).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from organisation.queries import the_organisation
from reports.enums import ResultState
from reports.models import SharedComment
from reports.reading import report_for
from reports.why.comments import comment_values, comments_query
from reviews.queries.comments import chosen_comments, comments_of

if TYPE_CHECKING:
    from datetime import date

    from organisation.models import Member
    from reports.models import ShareLink
    from reports.reading import Asked
    from reviews.models.reviews import ReviewQuerySet

MOST_SHARED = 50


class Shown(NamedTuple):
    """A comment as strangers read it: no name, no score, no contact."""

    day: date
    place: str
    text: str


class Offer(NamedTuple):
    """How many comments a link to a report could show, the newest first; without any, whether it is for the choice:
    comments cannot be narrowed down by all that a report can.
    """

    n: int
    is_narrowed: bool


def offer_of(asked: Asked, reader: Member) -> Offer:
    rows = shareable(asked, reader)
    return Offer(0, is_narrowed=False) if rows is None else Offer(len(newest_of(rows)), is_narrowed=True)


def shareable(asked: Asked, reader: Member) -> ReviewQuerySet | None:
    """The published comments behind a report; none of a report that has too few answers itself. None where comments
    cannot be chosen as it is.
    """
    query = comments_query(asked, asked.filters)
    if query is None:
        return None
    rows = chosen_comments(reader, comment_values(asked, query)).published()
    return rows if report_for(asked).state is ResultState.COMPUTED else rows.none()


def newest_of(rows: ReviewQuerySet) -> list[Shown]:
    """At most so many; none at all below the organisation's minimum for comments."""
    newest = rows.order_by("-said_on", "-pk").values_list("said_on", "location__name", "text")[:MOST_SHARED]
    shown = [Shown(*row) for row in newest]
    return shown if len(shown) >= the_organisation().minimum_comments else []


def keep_comments(link: ShareLink, asked: Asked) -> int:
    """Note which comments the link shows; how many."""
    rows = shareable(asked, link.owner)
    if rows is None or not newest_of(rows):
        return 0
    keys = rows.order_by("-said_on", "-pk").values_list("pk", flat=True)[:MOST_SHARED]
    made = SharedComment.objects.bulk_create([SharedComment(link=link, review_id=key) for key in keys])
    return len(made)


def comments_behind(link: ShareLink) -> list[Shown]:
    """What is left of them today, as whoever shared them may read them."""
    if not link.with_comments:
        return []
    kept = link.comments.values("review")
    return newest_of(comments_of(link.owner).published().filter(pk__in=kept))
