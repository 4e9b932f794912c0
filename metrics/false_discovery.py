"""Many comparisons at once: 48 tests at 5 % raise at least one false alarm in 91 of 100 pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from metrics.comparison import CLEAR, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.comparison import Change


def hold_false_discovery(p_values: Sequence[float | None], rate: float = 0.05) -> list[bool | None]:
    """Which of these tests, done at once, still count when at most `rate` of the findings may be false.

    Step-up: with the m p values in order, all up to the last one with p(i) <= i / m * rate. None in, None out: no
    test was made, and it does not count in m. Holds for independent and positively dependent tests. The family
    is what a reader sees at once, a page or a table; the caller gives all of it.
    Source: Benjamini and Hochberg (1995), JRSS B 57, 289-300; Benjamini and Yekutieli (2001). By statsmodels.
    """
    made = [p for p in p_values if p is not None]
    if not made:
        return [None for _ in p_values]
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - a second of start-up

    survives = iter(multipletests(made, alpha=rate, method="fdr_bh")[0])
    return [None if p is None else bool(next(survives)) for p in p_values]


def hold_verdicts(changes: Sequence[Change], rate: float = 0.05) -> list[Change]:
    """The same changes; HIGHER and LOWER that do not survive `hold_false_discovery` become NO_EVIDENCE.

    Difference, interval and p value stay as they are: each is about its own cell.
    """
    survives = hold_false_discovery([change.p_value for change in changes], rate)
    return [
        replace(change, verdict=Verdict.NO_EVIDENCE) if kept is False and change.is_clear else change
        for change, kept in zip(changes, survives, strict=True)
    ]


def hold_told(told: Sequence[tuple[Verdict, float | None]], rate: float = 0.05) -> list[Verdict]:
    """`hold_verdicts` of verdicts alone, each with its p value."""
    survives = hold_false_discovery([p_value for _verdict, p_value in told], rate)
    return [
        Verdict.NO_EVIDENCE if kept is False and verdict in CLEAR else verdict
        for (verdict, _p_value), kept in zip(told, survives, strict=True)
    ]
