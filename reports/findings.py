"""What a report finds, as sentences: a manager reads these first, and each chart has one as its title."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from metrics.comparison import Verdict
from metrics.ratings import Distribution
from reports import numerals
from reports.enums import Comparison
from reports.marks import when, words_of
from reports.ranks import standings
from reports.results import Computed, ModeMark
from reports.tables import SIGNALS
from surveys.enums import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.filters import Filters
    from reports.results import BucketResult, DimensionResult, Report

NAMED = 3  # places named in one sentence


def name_of(dimension: str) -> str:
    return _name_in(get_language(), dimension)


@cache
def _name_in(_language: str | None, dimension: str) -> str:
    """Looked up once for each language: a page says it hundreds of times."""
    return str(Dimension(dimension).label)


def main_findings(report: Report) -> list[str]:
    """What changed, then which locations stand out; or that nothing can be told apart."""
    changes = [sentence for result in report.computed for sentence in _change(result, report.filters)]
    found = [*(changes or _no_change(report)), *_signalled(report), *_shifted(report), *_outlying(report)]
    return found or ([_("Nothing stands out.")] if report.computed else [])


def _change(result: DimensionResult, filters: Filters) -> Iterable[str]:
    now, before = result.score, result.previous
    if not (isinstance(now, Computed) and isinstance(before, Computed)):
        return
    numbers = {
        "dimension": name_of(result.dimension),
        "before": numerals.mean(before.mean),
        "now": numerals.mean(now.mean),
        "days": numerals.days(filters.previous) if filters.previous else "",
    }
    if result.change.verdict in {Verdict.HIGHER, Verdict.LOWER}:
        yield _change_words(filters, is_higher=result.change.verdict is Verdict.HIGHER) % numbers


def _change_words(filters: Filters, *, is_higher: bool) -> str:
    """Days that were chosen may lie anywhere, so nothing rose since."""
    if filters.compare is Comparison.CHOSEN:
        higher = _("%(dimension)s is higher than in %(days)s: %(now)s against %(before)s.")
        lower = _("%(dimension)s is lower than in %(days)s: %(now)s against %(before)s.")
    elif filters.compare is Comparison.YEAR:
        higher = _("%(dimension)s rose from %(before)s a year before to %(now)s.")
        lower = _("%(dimension)s fell from %(before)s a year before to %(now)s.")
    else:
        higher = _("%(dimension)s rose from %(before)s to %(now)s.")
        lower = _("%(dimension)s fell from %(before)s to %(now)s.")
    return higher if is_higher else lower


def _no_change(report: Report) -> Iterable[str]:
    """Where nothing is compared, nothing is said."""
    compare, previous = report.filters.compare, report.filters.previous
    if not (report.computed and previous):
        return
    is_usual = compare is Comparison.PREVIOUS
    if all(result.change.verdict is Verdict.TOO_FEW for result in report.computed):
        others = _("There are too few answers in %(days)s to compare with.")
        words = _("There are too few earlier answers to compare with.") if is_usual else others
    else:
        others = _("No score clearly differs from that in %(days)s.")
        words = _("No score has clearly changed since the days before.") if is_usual else others
    yield words % {"days": numerals.days(previous)}


def _signalled(report: Report) -> Iterable[str]:
    """The points of the trend that stand out, the latest of each dimension; the page lists them all."""
    for result in report.computed:
        latest = next(iter(reversed(signals(result))), None)
        if latest is not None:
            yield _("%(dimension)s, %(days)s: %(signal)s.") % {
                "dimension": name_of(result.dimension),
                "days": numerals.bucket(latest.period, report.filters.by),
                "signal": reason_of(latest).lower(),
            }


def _shifted(report: Report) -> Iterable[str]:
    """Where the mix of modes last shifted: scores on both sides are of other people."""
    latest = next((mark for mark in reversed(report.marks) if isinstance(mark, ModeMark)), None)
    if latest is not None and report.computed:
        words = _("%(day)s: %(shift)s. Scores of different modes do not compare.")
        yield words % {"day": when(latest, report.filters.by), "shift": words_of(latest).lower()}


def signals(result: DimensionResult) -> list[BucketResult]:
    """The points that stand out; of a run the last one, which says how long it has been."""
    found = [bucket for bucket in result.trend if bucket.control and bucket.control.signal]
    return [
        bucket
        for bucket, later in zip_longest(found, found[1:])
        if not (later and _is_same_run(bucket, later))
    ]


def reason_of(bucket: BucketResult) -> str:
    signal = bucket.control.signal if bucket.control else None
    return SIGNALS[signal or ""]()


def _is_same_run(bucket: BucketResult, later: BucketResult) -> bool:
    one, other = (each.control.signal if each.control else None for each in (bucket, later))
    return one is other and one is not None and one.is_run


def _outlying(report: Report) -> Iterable[str]:
    """The locations that are clearly below or above the others together, those in most dimensions first."""
    sentences = {
        Verdict.LOWER: _("Below the other locations: %(places)s."),
        Verdict.HIGHER: _("Above the other locations: %(places)s."),
    }
    outlying = [
        (place, result.dimension)
        for result in report.computed
        for place in standings(result.locations)
        if place.brief.stands_out
    ]
    for verdict, sentence in sentences.items():
        found: dict[str, list[str]] = defaultdict(list)
        for place, dimension in outlying:
            if place.brief.verdict is verdict:
                found[place.name].append(name_of(dimension))
        if found:
            ranked = sorted(found, key=lambda name: (-len(found[name]), name))
            yield sentence % {"places": listed([_where(name, found[name]) for name in ranked])}


def _where(place: str, dimensions: Sequence[str]) -> str:
    """Kingsport (Quality) where it is one dimension; which of several is in the table."""
    return f"{place} ({dimensions[0]})" if len(dimensions) == 1 else place


def listed(names: Sequence[str]) -> str:
    named = list(names[:NAMED])
    if rest := len(names) - len(named):
        named.append(ngettext("%(rest)d more", "%(rest)d more", rest) % {"rest": rest})
    return str(get_text_list(named, _("and")))


def means_finding(report: Report) -> str:
    """Title of the means: highest and lowest."""
    ranked = sorted(report.computed, key=_mean)
    if not ranked:
        return _("There is no score to show")
    lowest, highest = ranked[0], ranked[-1]
    if lowest is highest:
        return _("%(dimension)s scores %(mean)s of 5") % _named(highest)
    return _("%(high)s scores highest, %(low)s lowest") % {
        "high": _with_mean(highest),
        "low": _with_mean(lowest),
    }


def distribution_finding(report: Report) -> str:
    """Title of the ratings: where most of them are low."""
    low = {
        result.dimension: _low_share(result.ratings)
        for result in report.computed
        if isinstance(result.ratings, Distribution)
    }
    if not low:
        return _("There are no ratings to show")
    worst = max(low, key=lambda dimension: low[dimension])
    return _("%(dimension)s: %(share)s of the ratings are 1 or 2") % {
        "dimension": name_of(worst),
        "share": numerals.share(low[worst]),
    }


def trend_finding(report: Report) -> str:
    """Title of the trend: what changed against the days compared with, else the latest that stands out."""
    changes = [sentence for result in report.computed for sentence in _change(result, report.filters)]
    if changes:
        return " ".join(changes[:2]).rstrip(".")
    otherwise = _("Nothing stands out in the trend") if report.computed else _("There is no trend to show")
    return next(iter([*_no_change(report), *_signalled(report)]), otherwise).rstrip(".")


def locations_finding(report: Report) -> str:
    """Title of the ranking: who stands out in the leading dimension."""
    leading = report.leading
    if leading is None:
        return _("There are no locations to compare")
    ranked = [place for place in standings(leading.locations) if place.brief.is_computed]
    lower = [place for place in ranked if place.brief.verdict is Verdict.LOWER]
    higher = [place for place in ranked if place.brief.verdict is Verdict.HIGHER]
    dimension = name_of(leading.dimension)
    if lower:
        return _("%(dimension)s: %(places)s below the others") % {
            "dimension": dimension,
            "places": listed([place.name for place in lower[::-1]]),
        }
    if higher:
        return _("%(dimension)s: %(places)s above the others") % {
            "dimension": dimension,
            "places": listed([place.name for place in higher]),
        }
    return _("%(dimension)s: no location clearly differs from the others") % {"dimension": dimension}


def questions_finding(report: Report) -> str:
    """Title of the questions: the one that scores lowest."""
    scored = [
        (question.score.mean, question)
        for result in report.computed
        for question in result.questions
        if isinstance(question.score, Computed)
    ]
    if not scored:
        return _("There is no question to show")
    mean, question = min(scored, key=lambda pair: (pair[0], pair[1].key))
    return _("Lowest with %(mean)s: “%(question)s”") % {
        "mean": numerals.mean(mean),
        "question": question.wording,
    }


def _mean(result: DimensionResult) -> float:
    return result.score.mean if isinstance(result.score, Computed) else 0.0


def _named(result: DimensionResult) -> dict[str, str]:
    return {"dimension": name_of(result.dimension), "mean": numerals.mean(_mean(result))}


def _with_mean(result: DimensionResult) -> str:
    return _("%(dimension)s (%(mean)s)") % _named(result)


def _low_share(ratings: Distribution) -> float:
    """The share of 1s and 2s."""
    return (ratings.n1 + ratings.n2) / ratings.n if ratings.n else 0.0
