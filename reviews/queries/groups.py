"""Which anonymous comments may be read: those of groups that are large enough (docs/decisions/0022).

A comment is anonymous where its survey is and the customer did not agree to its publication. Its group are all such
comments of the survey at the location that are not held, whatever a reader has filtered by.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from metrics.disclosure import withheld
from organisation.queries import the_organisation
from reviews.enums import ReviewState
from reviews.models import Review
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reviews.models.reviews import ReviewQuerySet

type Group = tuple[int, int]  # survey, location


def anonymous() -> Q:
    """Comments that nobody's ratings are shown beside. In no index's way: the surveys are named, not joined."""
    surveys = list(Survey.objects.filter(is_anonymous=True).values_list("pk", flat=True))
    return Q(state=ReviewState.PRIVATE, survey__in=surveys)


def in_large_groups(comments: ReviewQuerySet) -> ReviewQuerySet:
    """Without the anonymous comments whose group is smaller than the organisation's minimum for comments."""
    peers = _counted().filter(survey=OuterRef("survey"), location=OuterRef("location"))
    last = the_organisation().minimum_comments - 1
    return comments.filter(~anonymous() | Exists(peers.order_by()[last : last + 1]))


def with_score(comments: ReviewQuerySet, score: int | None) -> ReviewQuerySet:
    """Those with that score, or without any. Of anonymous ones only where so many of their group have it that
    nobody's is given away, neither by the lists of all scores together nor by what is missing from them.
    """
    return comments.filter(Q(score=score) & (~anonymous() | _of(shown_groups(score))))


def with_low(comments: ReviewQuerySet, dimension: str) -> ReviewQuerySet:
    """Those that rate the dimension 1 or 2. No anonymous ones: with their score it would single them out."""
    return comments.filter(~anonymous(), **{f"{dimension}__lte": 2})


def shown_groups(score: int | None) -> list[Group]:
    """The groups whose anonymous comments with that score may be listed as such."""
    counted: dict[Group, Counter[int]] = defaultdict(Counter)
    for survey, location, at, n in _counts():
        counted[survey, location][at or 0] += n
    minimum = the_organisation().minimum_comments
    return [group for group, scores in counted.items() if may_be_told(scores, score or 0, minimum)]


def may_be_told(scores: Mapping[int, int], score: int, minimum: int) -> bool:
    """Whether the comments of one group that have this score may be listed, the list of all being there as well."""
    if sum(scores.values()) < minimum:
        return False
    return scores.get(score, 0) > 0 and score not in withheld(scores, minimum)


def _counts() -> Collection[tuple[int, int, int | None, int]]:
    return list(
        _counted()
        .filter(anonymous())
        .order_by()
        .values("survey", "location", "score")
        .annotate(n=Count("*"))
        .values_list("survey", "location", "score", "n")
    )


def _counted() -> ReviewQuerySet:
    """What makes a group large: one's own words, written by people."""
    rows: ReviewQuerySet = Review.objects.filter(
        state=ReviewState.PRIVATE, survey__isnull=False, is_held=False
    ).exclude(text="")
    return rows


def _of(groups: Collection[Group]) -> Q:
    locations = defaultdict(list)
    for survey, location in groups:
        locations[survey].append(location)
    found = Q(pk__in=[])
    for survey, places in locations.items():
        found |= Q(survey=survey, location__in=places)
    return found
