"""What the page says that asks why: what moves with overall, and which words set low scores apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from metrics.association import Association
from organisation.queries import the_organisation
from reports import numerals
from reports.filter_bar import filter_bar
from reports.reading import report_for
from reports.why.comments import comments_query
from reports.why.moving import MOST_RESPONSES, moving_with_overall
from reports.why.words import MOST_OF_A_SCORE, telling_words

if TYPE_CHECKING:
    from metrics.contrast import WordContrast
    from metrics.intervals import Interval
    from organisation.models import Member
    from reports.reading import Asked
    from reports.why.moving import Moving, MovingResult
    from reports.why.words import WordsResult


@dataclass(frozen=True, slots=True)
class MovingRow:
    """`at`, `low` and `high` are places on an axis from -1 (at 0) to 1 (at 100)."""

    one: Moving
    rho: str
    span: str
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class WordRow:
    """Its share of the low and of the high comments, in per cent on the axis. `url`: the comments that have it."""

    word: str
    low: str
    high: str
    at: float
    other: float
    z: str
    url: str


def why_page(asked: Asked, reader: Member) -> dict[str, Any]:
    """Dimensions choose questions; here all of them are compared."""
    everything = replace(asked, filters=replace(asked.filters, dimension=()))
    report = report_for(everything)
    moving = moving_with_overall(everything, report)
    words = telling_words(everything, reader, the_organisation().minimum_comments)
    bar = filter_bar(everything)
    return {
        "report": report,
        "bar": replace(bar, selects=tuple(one for one in bar.selects if one.name != "dimension")),
        "moving": moving,
        "moving_rows": [_moving_row(one) for one in moving.questions] if moving else [],
        "moving_finding": _finding(moving),
        "most_responses": MOST_RESPONSES,
        "words": words,
        "low_words": [_word_row(asked, words, one) for one in words.low_words],
        "high_words": [_word_row(asked, words, one) for one in words.high_words],
        "most_comments": MOST_OF_A_SCORE,
        "back_url": f"{reverse('reports:overview')}{asked.filters.url()}",
        "numbers_url": f"{reverse('reports:number')}?{everything.filters.query()}&of=",
    }


def _finding(moving: MovingResult | None) -> str:
    clear = [one for one in moving.questions if one.is_clear] if moving else []
    if not clear:
        return _("No question clearly moves with overall")
    first = clear[0]
    rho = first.found.rho if isinstance(first.found, Association) else None
    return _("Closest to overall: “%(question)s” (%(rho)s)") % {
        "question": first.wording,
        "rho": numerals.points(rho or 0.0),
    }


def _moving_row(one: Moving) -> MovingRow:
    found = one.found
    if not isinstance(found, Association) or found.rho is None:
        return MovingRow(one, "", "", 0, 0, 0)
    low, high = _ends(found.interval, found.rho)
    return MovingRow(
        one,
        numerals.points(found.rho),
        numerals.points_span(found.interval),
        _on_axis(found.rho),
        _on_axis(low),
        _on_axis(high),
    )


def _ends(interval: Interval | None, rho: float) -> tuple[float, float]:
    return (interval.low, interval.high) if interval else (rho, rho)


def _on_axis(rho: float) -> float:
    return round(50 * (rho + 1), 2)


def _word_row(asked: Asked, words: WordsResult, one: WordContrast) -> WordRow:
    query = comments_query(asked, asked.filters)
    shares = one.first / words.low, one.second / words.high
    mine, other = shares if one.z > 0 else shares[::-1]
    return WordRow(
        one.word,
        _told(one.first, words.low, words.minimum),
        _told(one.second, words.high, words.minimum),
        round(100 * mine, 2),
        round(100 * other, 2),
        numerals.points(one.z),
        f"{reverse('reviews:comments')}?{urlencode({'q': one.word, **query})}" if query else "",
    )


def _told(n: int, of: int, minimum: int) -> str:
    """12 of 40 (30 %); of a few comments only that they are few."""
    if 0 < n < minimum:
        return _("fewer than %(minimum)s") % {"minimum": numerals.count(minimum)}
    return _("%(n)s of %(of)s (%(share)s)") % {
        "n": numerals.count(n),
        "of": numerals.count(of),
        "share": numerals.share(n / of),
    }
