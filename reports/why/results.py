"""What the page that asks why has to say: one result for its tables, its pictures and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.results import Report

if TYPE_CHECKING:
    from reports.why.moving import MovingResult
    from reports.why.words import WordsResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(Report):
    """A report of all dimensions, what moves with overall (None: overall is not shown), and the words that tell."""

    moving: MovingResult | None = None
    words: WordsResult


def why_of(report: Report) -> Why:
    """Of an address that was read as one that asks why."""
    if not isinstance(report, Why):
        raise TypeError("This is a picture of what is asked why.")
    return report
