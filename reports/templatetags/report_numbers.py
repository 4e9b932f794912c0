"""How a template writes a report's numbers: as `reports.numerals` does, and as places on a picture."""

from __future__ import annotations

import re
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from metrics.comparison import Verdict
from metrics.ratings import HIGHEST, LOWEST
from reports import numerals
from reports.findings import name_of
from reports.notation import Notation, notation
from reports.tables import ABSENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.safestring import SafeString

    from metrics.ratings import Distribution
    from reports.breakdown.results import Brief
    from reports.page import RankedRow
    from reports.tables import Column

register = template.Library()

for written in (
    numerals.count,
    numerals.mean,
    numerals.points,
    numerals.fine_points,
    numerals.fine_points_span,
    numerals.share,
    numerals.span,
    numerals.share_span,
    numerals.points_span,
    numerals.days,
    numerals.day,
):
    register.filter(written.__name__, written)
register.filter("dimension_name", name_of)

# What templates/components/verdict.html calls a comparison without a finding.
UNCLEAR = {Verdict.NO_EVIDENCE: "unclear"}
TO_ESCAPE = re.compile("[&<>\"']")  # most rows of a table have none of them


@register.filter
def on_axis(value: float) -> float:
    """A mean's place between 1 (at 0) and 5 (at 100)."""
    return round(100 * (value - LOWEST) / (HIGHEST - LOWEST), 2)


@register.filter
def verdict_name(verdict: Verdict) -> str:
    return UNCLEAR.get(verdict, verdict.value)


@register.filter
def size(difference: float) -> str:
    """How far apart, without the direction that a word beside it gives: 0.46 points."""
    return _("%(number)s points") % {"number": numerals.mean(abs(difference))}


@register.filter
def unbroken(words: str) -> str:
    """A sentence whose numbers stay on one line with their percent signs."""
    return words.replace(" %", "\N{NO-BREAK SPACE}%")


@register.filter
def bar_parts(ratings: Distribution) -> list[dict[str, float]]:
    """As templates/components/distribution.html wants them: each rating's part of the bar, in percent."""
    parts, start = [], 0.0
    for rating, n in enumerate(ratings.counts, start=LOWEST):
        share = 100 * n / ratings.n
        parts.append(
            {
                "rating": rating,
                "start": round(start, 2),
                "share": round(share, 2),
                "middle": round(start + share / 2, 2),
            }
        )
        start += share
    return parts


@register.filter
def in_words(ratings: Distribution) -> str:
    """1: 4 %, 2: 9 %, 3: 16 %, 4: 41 %, 5: 30 %"""
    written, n = notation(), ratings.n
    return ", ".join(
        f"{rating}: {written.share(m / n)}" for rating, m in enumerate(ratings.counts, start=LOWEST)
    )


@register.simple_tag
def options(choices: Sequence[tuple[str, str]]) -> SafeString:
    """What a select offers: (value, name). As quick as `table_rows`, for there may be hundreds of locations."""
    return mark_safe(  # noqa: S308 - both are escaped
        "".join(f'<option value="{escape(value)}">{escape(name)}</option>' for value, name in choices)
    )


@register.simple_tag
def table_rows(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], paths: Sequence[str] = (), url: str = ""
) -> SafeString:
    """The body of a table: each row's first cell is its head. Escaped here, ten times as fast as in a template.

    Where a row has a path, its numbers are links to where they are opened, at `url` with the path behind it.
    """
    opened = [('<td class="number">' if one.is_number else "<td>", one.opens) for one in columns[1:]]
    told = zip_longest(rows, paths, fillvalue="")
    start = escape(url)
    return mark_safe("".join(_row(opened, row, start + path if path else "") for row, path in told))  # noqa: S308 - every cell is escaped


def _row(opened: Sequence[tuple[str, str]], row: Sequence[str], url: str) -> str:
    head, *rest = map(escape, row) if TO_ESCAPE.search("".join(row)) else row
    cells = "".join(
        f'{tag}<a href="{url}.{number}">{cell}</a></td>'
        if url and number and cell != ABSENT
        else f"{tag}{cell}</td>"
        for (tag, number), cell in zip(opened, rest, strict=True)
    )
    return f'<tr><th scope="row">{head}</th>{cells}</tr>'


@register.simple_tag
def ranking_rows(ranking: Sequence[RankedRow], url: str = "") -> SafeString:
    """The body of the table of locations: their means in every dimension. As `table_rows`, it is a thousand cells."""
    start = escape(url)
    written = notation()
    aloud = {Verdict.HIGHER: _("higher than the others"), Verdict.LOWER: _("lower than the others")}
    return mark_safe("".join(_ranking_row(row, written, aloud, start) for row in ranking))  # noqa: S308 - every text is escaped


def _ranking_row(row: RankedRow, written: Notation, aloud: Mapping[Verdict, str], url: str) -> str:
    place = row.place
    cells = "".join(
        f'<td class="number">{_ranked(one, written, aloud, f"{url}{dimension}.location.{place.code}.mean")}</td>'
        for dimension, one in row.results
    )
    n = written.count(place.brief.n) if place.brief.is_computed else ABSENT
    head = f'<th scope="row"><a href="{escape(row.url)}">{escape(place.name)}</a></th>'
    return f'<tr>{head}<td>{escape(place.region)}</td>{cells}<td class="number">{n}</td></tr>'


def _ranked(brief: Brief | None, written: Notation, aloud: Mapping[Verdict, str], url: str) -> str:
    """A mean that opens, marked where the location differs from the others; or why there is none."""
    if brief is None:
        return ABSENT
    if not brief.is_computed:
        return f'<span class="muted">{escape(str(brief.state.label))}</span>'
    mean = f'<a href="{url}">{written.mean(brief.mean)}</a>'
    if brief.verdict is None or brief.verdict not in aloud:
        return mean
    words = f'<span class="visually-hidden">{escape(aloud[brief.verdict])}</span>'
    return f'<span class="verdict verdict-{brief.verdict.value}">{mean}{words}</span>'
