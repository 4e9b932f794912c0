"""What a breakdown finds, as a sentence, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.comparison import Verdict
from reports import numerals
from reports.breakdown.enums import Way
from reports.breakdown.lines import name_of_dimension
from reports.enums import ResultState
from reports.findings import listed

if TYPE_CHECKING:
    from reports.breakdown.results import Breakdown, Head


def breakdown_finding(breakdown: Breakdown) -> str:
    """Who stands out, as the title of a picture: the worst, else the best, else nobody."""
    return next(iter(breakdown_findings(breakdown)))


def breakdown_findings(breakdown: Breakdown) -> list[str]:
    """Who is lower than the others and who is higher, the furthest first; else that nobody is."""
    if not breakdown.is_computed:
        return [_("There is nothing to compare")]
    dimension = subject_of(breakdown)
    lower, higher = (_standing_out(breakdown, verdict) for verdict in (Verdict.LOWER, Verdict.HIGHER))
    found = []
    if lower:
        words = _("%(dimension)s: %(places)s below the others")
        found.append(words % {"dimension": dimension, "places": listed(lower)})
    if higher:
        words = _("%(dimension)s: %(places)s above the others")
        found.append(words % {"dimension": dimension, "places": listed(higher[::-1])})
    if found or not breakdown.compared:
        return found or [dimension]
    return [_("%(dimension)s: nothing clearly differs from the others") % {"dimension": dimension}]


def told_by(breakdown: Breakdown) -> str:
    """Location × Touchpoint; Location, Monday"""
    rows, columns, only = breakdown.rows_way, breakdown.columns_way, breakdown.only
    if columns:
        return _("%(rows)s × %(columns)s") % {"rows": rows.label, "columns": columns.label}
    return f"{rows.label}, {only.name}" if only else str(rows.label)


def scored_of(breakdown: Breakdown) -> str:
    """What the scores are of: a dimension or, where it is narrowed to one, a question."""
    if breakdown.only and breakdown.only.way is Way.MEASURE:
        return f"“{breakdown.only.name}”"
    return name_of_dimension(breakdown.dimension)


def subject_of(breakdown: Breakdown) -> str:
    """Overall, Monday"""
    if breakdown.only is None or breakdown.only.way is Way.MEASURE:
        return scored_of(breakdown)
    return f"{scored_of(breakdown)}, {breakdown.only.name}"


def breakdown_note(breakdown: Breakdown) -> str:
    """What is compared with what, and what that is worth."""
    if not breakdown.compared:
        return ""
    against = (
        _("Each is compared with all other answers of this breakdown.")
        if breakdown.dimension
        else _("Each is compared with the other answers to the same question.")
    )
    words = ngettext(
        "%(n)s comparison at once: of those said to be higher or lower, at most 5 %% are so by chance.",
        "%(n)s comparisons at once: of those said to be higher or lower, at most 5 %% are so by chance.",
        breakdown.compared,
    )
    return f"{against} {words % {'n': numerals.count(breakdown.compared)}}"


def withheld_note(breakdown: Breakdown) -> str:
    """Why some cells have no number, where any has none."""
    if not any(brief.state is ResultState.TOO_FEW for row in breakdown.rows for brief in row.briefs):
        return ""
    words = _(
        "“Too few answers”: fewer than %(minimum)s, or one from which such a group could be worked out."
    )
    return words % {"minimum": breakdown.minimum}


def spread_finding(breakdown: Breakdown) -> str:
    """In which row the columns are furthest apart."""
    spreads = [
        (max(means) - min(means), means, row.head.name)
        for row in breakdown.rows
        if len(means := [brief.mean for brief in row.briefs if brief.is_computed]) > 1
    ]
    if not spreads:
        return breakdown_finding(breakdown)
    _spread, means, name = max(spreads, key=lambda one: one[0])
    return _("Furthest apart: %(row)s, from %(low)s to %(high)s") % {
        "row": name,
        "low": numerals.mean(min(means)),
        "high": numerals.mean(max(means)),
    }


def cell_name(row: Head, column: Head | None) -> str:
    return f"{row.name} × {column.name}" if column else row.name


def _standing_out(breakdown: Breakdown, verdict: Verdict) -> list[str]:
    """The lowest mean first."""
    found = [
        (brief.mean, cell_name(row, column))
        for row, column, brief in breakdown.briefs()
        if brief.verdict is verdict
    ]
    return [name for _mean, name in sorted(found)]
