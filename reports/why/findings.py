"""What moves with overall and which words tell, as a sentence: the title of a table and of its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.association import Association
from reports import numerals
from reports.findings import listed
from reports.why.moving import MOST_RESPONSES
from reports.why.results import why_of
from reports.why.words import MOST_OF_A_SCORE

if TYPE_CHECKING:
    from reports.results import Report
    from reports.why.moving import MovingResult
    from reports.why.results import Why
    from reports.why.words import WordsResult

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


def why_findings(why: Why) -> list[str]:
    """Both; where there is nothing to be said, why. Of comments that were not read, nothing."""
    absent = _("Overall is not asked here, or has fewer than %(minimum)s answers.") % {"minimum": why.minimum}
    found = [moving_finding(why) if why.moving else absent]
    return found if why.words.is_left_out else [*found, words_finding(why)]


def moving_note(moving: MovingResult | None) -> str:
    """What the numbers say, and from how many responses where that is told; nothing where there are none."""
    if moving is None:
        return ""
    cut = _("There are more responses; these are the newest %(number)s.") % {
        "number": numerals.count(MOST_RESPONSES)
    }
    return f"{_moving_words(moving.responses)} {cut}" if moving.is_cut else _moving_words(moving.responses)


def _moving_words(responses: int | None) -> str:
    if responses is None:
        return _(
            "What moves with overall: 1 means that whoever gives more here always gives more overall, 0 that the one "
            "says nothing about the other, −1 the reverse. It does not say what causes what."
        )
    return ngettext(
        "What moves with overall, from %(number)s response: 1 means that whoever gives more here always gives more "
        "overall, 0 that the one says nothing about the other, −1 the reverse. It does not say what causes what.",
        "What moves with overall, from %(number)s responses: 1 means that whoever gives more here always gives more "
        "overall, 0 that the one says nothing about the other, −1 the reverse. It does not say what causes what.",
        responses,
    ) % {"number": numerals.count(responses)}


def words_note(words: WordsResult) -> str:
    """From how many comments, and which words show; nothing where there are too few."""
    if not words.is_enough:
        return ""
    told = _(
        "From %(low)s comments beside an overall of 1 or 2, and %(high)s beside a 4 or 5. A word counts once a comment, "
        "and shows when at least %(minimum)s comments have it."
    ) % {
        "low": numerals.count(words.low),
        "high": numerals.count(words.high),
        "minimum": numerals.count(words.minimum),
    }
    cut = _("Of each score the newest %(number)s were read.") % {"number": numerals.count(MOST_OF_A_SCORE)}
    return f"{told} {cut}" if words.is_cut else told
