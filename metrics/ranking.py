"""An order of groups of which some are small: for sorting only, never shown as a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metrics.ratings import Distribution

# As many ratings the mean of all is worth beside a group's own.
WEIGHT = 10


def bayesian_mean(ratings: Distribution, prior: float, weight: float = WEIGHT) -> float:
    """(weight * prior + sum of the ratings) / (weight + n), between the prior and the group's own mean; 1..5.

    `prior` is the mean of the ratings of all groups together. A group of few ratings stays near it, so one 5 does not
    stand above a hundred of which most are 5; with n = weight both count the same. Without ratings it is the prior.
    It is biased on purpose and has no interval: show the plain mean, with its own n and interval.
    Example: prior 4, weight 10. One 5: (40 + 5) / 11 = 4.09. A hundred with a mean of 4.6: (40 + 460) / 110 = 4.55.
    Source: the mean of the posterior of a normal mean, Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., 2.5, with
    the prior worth `weight` observations. The weight of 10 is ours.
    """
    if weight <= 0:
        raise ValueError(f"A prior of weight {weight} is none.")
    n = ratings.n
    return (weight * prior + n * (ratings.mean or 0.0)) / (weight + n)


def overall_mean(groups: list[Distribution]) -> float | None:
    """The mean of all their ratings together, 1..5: each rating counts the same. None: nobody rated."""
    n = sum(group.n for group in groups)
    return sum(group.n * (group.mean or 0.0) for group in groups) / n if n else None
