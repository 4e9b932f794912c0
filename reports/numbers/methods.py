"""By what each quantity is computed: in signs, in words, and by which function in `metrics`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from metrics.dimensions import DimensionSums
from reports.exports.formulas import known_formulas

if TYPE_CHECKING:
    from collections.abc import Callable

    from metrics.ratings import Distribution


class Quantity(StrEnum):
    """What can be asked of a score: the last part of a number's path."""

    MEAN = "mean"
    SHARE = "share"
    N = "n"
    CHANGE = "change"
    USUAL = "usual"
    FALSE_ALARM = "false_alarm"
    RATINGS = "ratings"
    NOT_APPLICABLE = "not_applicable"
    BLANK = "blank"


NAMES: dict[Quantity, Callable[[], str]] = {
    Quantity.MEAN: lambda: _("Mean"),
    Quantity.SHARE: lambda: _("Gave 4 or 5"),
    Quantity.N: lambda: _("Responses"),
    Quantity.CHANGE: lambda: _("Difference"),
    Quantity.USUAL: lambda: _("What is usual, and the limits"),
    Quantity.FALSE_ALARM: lambda: _("Chance of a false alarm"),
    Quantity.RATINGS: lambda: _("Ratings"),
    Quantity.NOT_APPLICABLE: lambda: _("Does not apply"),
    Quantity.BLANK: lambda: _("Left blank"),
}


class Method(NamedTuple):
    """`signs` and `function` are never translated; `interval` says how the interval is made, if there is one."""

    signs: str
    words: str
    function: str
    interval: str = ""


def method_of_mean(scores: DimensionSums | Distribution) -> Method:
    interval = _("Student’s t on n − 1: mean ± t · s / √n, within 1 to 5; s is the spread between responses.")
    if isinstance(scores, DimensionSums):
        function, words = known_formulas()["mean"]
        return Method("mean = Σ mᵢ / n,  mᵢ = Σ w·r / Σ w", words, function, interval)
    words = _("The sum of the ratings divided by how many there are.")
    return Method(
        "mean = (n₁ + 2·n₂ + 3·n₃ + 4·n₄ + 5·n₅) / n,  n = n₁ + … + n₅", words, "Distribution.mean", interval
    )


def method_of_share(scores: DimensionSums | Distribution) -> Method:
    interval = _("Wilson’s interval on the effective number of answers.")
    if isinstance(scores, DimensionSums):
        function, words = known_formulas()["share_satisfied"]
        return Method("share = Σ sᵢ / n,  sᵢ = Σ w·[r ≥ 4] / Σ w", words, function, interval)
    words = _("How many ratings are 4 or 5, of all ratings.")
    return Method("share = (n₄ + n₅) / n", words, "Distribution.share_satisfied", interval)


def method_of(quantity: Quantity) -> Method:
    """Of a quantity that is computed alike for every score."""
    return METHODS[quantity]()


METHODS: dict[Quantity, Callable[[], Method]] = {
    Quantity.N: lambda: Method("n", _("Responses, never ratings."), "DimensionSums.n"),
    Quantity.CHANGE: lambda: Method(
        "d = mean₁ − mean₂",
        _("The difference of the two means, in points."),
        "change_in_mean",
        _("Welch’s: d ± t · √(s₁²/n₁ + s₂²/n₂), with Welch and Satterthwaite’s degrees of freedom."),
    ),
    Quantity.USUAL: lambda: Method(
        "c = Σ nᵢ·xᵢ / Σ nᵢ,  c ± 3·f·s·√(1/nᵢ − 1/Σn)",
        _(
            "The mean of all points of the trend, or of those between two process changes, each response alike; the"
            " limits are three standard errors away, from the point’s own number of responses, widened by f where the"
            " points vary by more than that."
        ),
        "control",
    ),
    Quantity.FALSE_ALARM: lambda: Method(
        "P(≥ 1 signal | k points)",
        _(
            "How often a trend of so many points, in which nothing changes, has a signal: simulated. Where process"
            " changes part the trend, of all its parts together."
        ),
        "false_alarm",
    ),
    Quantity.RATINGS: lambda: Method(
        "n₁, n₂, n₃, n₄, n₅",
        _("How often this rating was given; reversed questions are turned, so that 5 is always the best."),
        "Distribution.counts",
    ),
    Quantity.NOT_APPLICABLE: lambda: Method(
        "n", _("Responses that said that the question does not apply. No mean counts them."), "MeasureCell"
    ),
    Quantity.BLANK: lambda: Method(
        "n", _("Responses that left the question blank. No mean counts them."), "MeasureCell"
    ),
}
