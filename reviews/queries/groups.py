"""Which anonymous comments may be read: those of groups that are large enough (docs/decisions/0022).

A comment is anonymous where its survey is and the customer did not agree to its publication. Its group are all such
comments of the survey at the location that are not held, whatever a reader has filtered by.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery

from metrics.disclosure import withheld
from organisation.models import Organisation
from reviews.enums import ReviewState
from reviews.models import CommentTally
from reviews.models.tallies import BY_SCORE
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Collection

    from reviews.models.reviews import ReviewQuerySet

type Group = tuple[int, int]  # survey, location
type Scores = tuple[int, ...]  # how many of a group have 1, 2, 3, 4, 5 and no score


def told_with_ratings() -> Q:
    """Comments beside which ratings are shown: of nobody's anonymous survey, or for the public."""
    known = Survey.objects.filter(is_anonymous=False).values("pk")
    return ~Q(state=ReviewState.PRIVATE) | Q(survey=None) | Q(survey__in=known)


def in_large_groups(comments: ReviewQuerySet) -> ReviewQuerySet:
    """Without the anonymous comments whose group is smaller than the organisation's minimum for comments. One statement
    from the tallies, so that no list waits for it.
    """
    groups = CommentTally.objects.filter(survey=OuterRef("survey"), location=OuterRef("location"))
    n = sum((F(name) for name in BY_SCORE[1:]), F(BY_SCORE[0]))
    readable = groups.alias(n=n).filter(Q(n__gte=_minimum()) | Q(survey__is_anonymous=False))
    return comments.filter(~Q(state=ReviewState.PRIVATE) | Q(survey=None) | Exists(readable))


def with_score(comments: ReviewQuerySet, score: int | None) -> ReviewQuerySet:
    """Those with that score, or without any. Of anonymous ones only where so many of their group have it that
    nobody's is given away, neither by the lists of all scores together nor by what is missing from them.
    """
    return comments.filter(Q(score=score) & (told_with_ratings() | _of(shown_groups(score))))


def with_low(comments: ReviewQuerySet, dimension: str) -> ReviewQuerySet:
    """Those that rate the dimension 1 or 2. No anonymous ones: with their score it would single them out."""
    return comments.filter(told_with_ratings(), **{f"{dimension}__lte": 2})


def shown_groups(score: int | None) -> list[Group]:
    """The groups whose anonymous comments with that score may be listed as such."""
    at = BY_SCORE.index(f"score_{score}" if score else "unscored")
    rows = CommentTally.objects.filter(survey__is_anonymous=True, **{f"{BY_SCORE[at]}__gte": _minimum()})
    counted = rows.values_list("survey", "location", _minimum(), *BY_SCORE)
    return [
        (survey, location)
        for survey, location, minimum, *scores in counted
        if may_be_told(tuple(scores), at, minimum)
    ]


@lru_cache(maxsize=10_000)
def may_be_told(scores: Scores, at: int, minimum: int) -> bool:
    """Whether the comments of one group that have the score at this position may be listed, the list of all being
    there as well.
    """
    return scores[at] >= minimum and at not in withheld(dict(enumerate(scores)), minimum)


def _minimum() -> Subquery:
    return Subquery(Organisation.objects.filter(pk=1).values("minimum_comments"))


def _of(groups: Collection[Group]) -> Q:
    locations = defaultdict(list)
    for survey, location in groups:
        locations[survey].append(location)
    found = Q(pk__in=[])
    for survey, places in locations.items():
        found |= Q(survey=survey, location__in=places)
    return found
