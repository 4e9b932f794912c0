"""What moves with overall and which words tell, as a sentence: the title of a table and of its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from metrics.association import Association
from reports import numerals
from reports.findings import listed
from reports.why.results import why_of

if TYPE_CHECKING:
    from reports.results import Report
    from reports.why.moving import MovingResult

MOST_NAMED = 3


def moving_finding(report: Report) -> str:
    return closest_of(why_of(report).moving)


def closest_of(moving: MovingResult | None) -> str:
    clear = [one for one in moving.questions if one.is_clear] if moving else []
    if not clear:
        return _("No question clearly moves with overall")
    first = clear[0]
    rho = first.found.rho if isinstance(first.found, Association) else None
    return _("Closest to overall: “%(question)s” (%(rho)s)") % {
        "question": first.wording,
        "rho": numerals.points(rho or 0.0),
    }


def words_finding(report: Report) -> str:
    words = why_of(report).words
    if not words.is_enough:
        return _("Too few comments to tell words apart")
    found = [one.word for one in words.low_words[:MOST_NAMED]]
    if not found:
        return _("No word stands out beside low scores")
    return _("Beside low scores: %(words)s") % {"words": listed([f"“{word}”" for word in found])}
