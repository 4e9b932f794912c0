"""Locations by their published reviews, the best first, so that a few reviews do not decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.disclosure import is_too_small
from metrics.ranking import bayesian_mean, overall_mean
from metrics.ratings import Distribution, mean_interval
from organisation.queries import the_organisation
from reviews.models import ReviewTally
from reviews.models.tallies import SCORES

if TYPE_CHECKING:
    from metrics.intervals import Interval
    from organisation.models import Location, Member


@dataclass(frozen=True, slots=True)
class Ranked:
    """A location and its published overall ratings."""

    location: Location
    ratings: Distribution

    @property
    def interval(self) -> Interval | None:
        return mean_interval(self.ratings.mean, self.ratings.sd, self.ratings.n)


@dataclass(frozen=True, slots=True)
class Ranking:
    """`too_few` are the locations with fewer ratings than the organisation's minimum, by name."""

    rows: list[Ranked]
    too_few: list[Location]
    minimum: int


def ranking_of(member: Member) -> Ranking:
    """The member's open locations that were rated in a published review, by the Bayesian mean, then by name."""
    tallies = ReviewTally.objects.visible_to(member).filter(location__archived_at=None)
    found = [_ranked(tally) for tally in tallies.select_related("location").order_by("location__name", "pk")]
    rated = [one for one in found if one.ratings.n]
    minimum = the_organisation().minimum_group
    prior = overall_mean([one.ratings for one in rated]) or 0.0
    rows = [one for one in rated if not is_too_small(one.ratings.n, minimum)]
    return Ranking(
        rows=sorted(rows, key=lambda one: -bayesian_mean(one.ratings, prior)),
        too_few=[one.location for one in rated if is_too_small(one.ratings.n, minimum)],
        minimum=minimum,
    )


def _ranked(tally: ReviewTally) -> Ranked:
    return Ranked(tally.location, Distribution(*(getattr(tally, name) for name in SCORES)))
