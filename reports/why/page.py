"""What the page says that asks why: what moves with overall, and which words set low scores apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from metrics.association import Association
from reports import numerals
from reports.filter_bar import filter_bar
from reports.page import downloads_of, figure, set_query
from reports.why.charts import WHY_CHARTS
from reports.why.comments import comments_query
from reports.why.findings import closest_of, moving_note, words_note
from reports.why.reading import of_all_dimensions

if TYPE_CHECKING:
    from metrics.contrast import WordContrast
    from metrics.intervals import Interval
    from reports.reading import Asked
    from reports.why.moving import Moving
    from reports.why.results import Why
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


def why_page(asked: Asked, result: Why) -> dict[str, Any]:
    everything = of_all_dimensions(asked)
    moving, words = result.moving, result.words
    bar = filter_bar(everything)
    of_charts = {name: figure(chart, everything, result).downloads for name, chart in WHY_CHARTS.items()}
    return {
        "report": result,
        "downloads": downloads_of(asked, "why"),
        "some_of_it": set_query(asked, "why"),
        # Nothing here is compared with other days.
        "bar": replace(
            bar, selects=tuple(one for one in bar.selects if one.name != "dimension"), comparison=None
        ),
        "moving": moving,
        "moving_rows": [_moving_row(one) for one in moving.questions] if moving else [],
        "moving_finding": closest_of(moving),
        "moving_downloads": of_charts["moving"],
        "moving_note": moving_note(moving),
        "words": words,
        "words_note": words_note(words),
        "words_downloads": of_charts["words"],
        "low_words": [_word_row(asked, words, one) for one in words.low_words],
        "high_words": [_word_row(asked, words, one) for one in words.high_words],
        "back_url": f"{reverse('reports:overview')}{asked.filters.url()}",
        "time_zone": asked.survey.time_zone,
        "numbers_url": f"{reverse('reports:number')}?{everything.filters.query()}&of=",
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
