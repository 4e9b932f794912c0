"""What the numbers in a file are computed by: for each column the function in `metrics`, and what it does in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.tables import Column


class Formula(NamedTuple):
    """`name` is a function of `metrics` and never translated."""

    column: str
    name: str
    words: str


def formulas_for(columns: Iterable[Column]) -> list[Formula]:
    """Of the columns that are computed, in their order, each once."""
    known = known_formulas()
    keys = dict.fromkeys(column.key for column in columns)
    return [Formula(key, *known[key]) for key in keys if key in known]


def known_formulas() -> dict[str, tuple[str, str]]:
    """By column key: the function, and its rule in words."""
    counted = _(
        "How often this rating was given; reversed questions are turned, so that 5 is always the best."
    )
    change_interval = _("Welch’s 95 % interval of the difference.")
    return {
        "n": ("DimensionSums.n", _("Responses, never ratings.")),
        "mean": (
            "DimensionSums.mean",
            _("The mean over responses of each response’s own weighted mean of its ratings, 1 to 5."),
        ),
        "mean_interval": (
            "mean_interval",
            _("Student’s 95 % interval from the spread between responses."),
        ),
        "share_satisfied": (
            "DimensionSums.share_satisfied",
            _("The mean over responses of each response’s own weighted share of 4s and 5s, 0 to 1."),
        ),
        "share_interval": ("wilson", _("Wilson’s 95 % interval on the effective number of answers.")),
        "change": ("change_in_mean", _("The difference of the two means, in points.")),
        "change_interval": ("change_in_mean", change_interval),
        "verdict": (
            "change_in_mean",
            _("Higher or lower only where the false-discovery rate of all comparisons is held at 5 %."),
        ),
        **_of_trends(),
        "ratings": ("Distribution.n", _("Ratings of all questions of the dimension.")),
        **{f"n{rating}": ("Distribution.counts", counted) for rating in range(1, 6)},
    }


def _of_trends() -> dict[str, tuple[str, str]]:
    return {
        **_of_why(),
        "centre": ("control", _("The mean of all points shown, each response alike.")),
        "limits": (
            "control",
            _("Three standard errors to either side, from the point’s own number of responses."),
        ),
        "signal": (
            "control",
            _("A mean beyond its limits, or eight or more in a row on one side of the usual."),
        ),
    }


def _of_why() -> dict[str, tuple[str, str]]:
    return {
        "rank_correlation": (
            "rank_correlation",
            _("Spearman’s rank correlation with overall, over responses that rated both: −1 to 1, no cause."),
        ),
        "rank_interval": ("rank_correlation", _("95 % interval after Bonett and Wright (2000).")),
        "moves_with_overall": (
            "hold_false_discovery",
            _("Told from chance for all questions at once, at a false-discovery rate of 5 %."),
        ),
        "z": (
            "contrasts",
            _("How far from chance: weighted log-odds with an informative prior (Monroe and others 2008)."),
        ),
    }
