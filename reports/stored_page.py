"""The page and the pictures of a report that was kept: as it was, whatever has come in since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response

from reports.charts import draw_chart, size_of
from reports.contents import drawn_in, findings_in, named_in
from reports.frozen import Unreadable, thaw
from reports.page import Figure, Picture, mark_rows, table_of
from reports.reading import CODE, KEPT_SECONDS
from reports.renderings import TYPES, Look
from reports.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from reports.contents import Drawn
    from reports.exports.scope import Scope
    from reports.models import StoredReport


def stored_page(stored: StoredReport, address: Callable[[str], str]) -> dict[str, Any]:
    """What the page shows; `address` gives that of a chart by its name. Where the result can no longer be read there
    is the document only.
    """
    try:
        scope = thaw(bytes(stored.result))
    except Unreadable:
        return {"stored": stored, "report": None}
    drawn = drawn_in(scope)
    return {
        "stored": stored,
        "report": scope.report,
        "scope": scope,
        "facts": scope.facts(),
        "findings": findings_in(scope),
        "halves": [_figure(one, scope, address(one.key)) for one in drawn if one.chart.size == "half"],
        "figures": [_figure(one, scope, address(one.key)) for one in drawn if one.chart.size != "half"],
    }


def _figure(drawn: Drawn, scope: Scope, address: str) -> Figure:
    chart, report = drawn.chart, drawn.report
    light, dark = (
        [
            Picture(f"{address}?size={size}&theme={theme}", *size_of(chart, report, size))
            for size in (chart.size, "narrow")
        ]
        for theme in ("light", "dark")
    )
    return Figure(
        id=drawn.key,
        finding=chart.finding(report),
        subtitle=f"{drawn.subject} \N{MIDDLE DOT} {scope.days}",
        light=light,
        dark=dark,
        downloads=(),
        marks=mark_rows(chart, report),
        # Its numbers lead nowhere: what would be opened there are those of today.
        table=replace(table_of(chart, report), paths=()),
        notes=drawn.notes,
    )


def stored_chart(request: HttpRequest, stored: StoredReport, name: str) -> HttpResponseBase:
    """A picture of it. What was kept never changes, so neither does its picture, but for the code that draws it."""
    look = Look.of(request.GET)
    mark = digest([CODE, stored.pk, name, look])
    if unchanged := get_conditional_response(request, etag=f'"{mark}"'):
        return unchanged
    drawn = cache.get(f"stored:{mark}")
    if drawn is None:
        drawn = _drawn(stored, name, look)
        cache.set(f"stored:{mark}", drawn, KEPT_SECONDS)
    headers = {"ETag": f'"{mark}"', "Cache-Control": "private, no-cache"}
    return HttpResponse(drawn, content_type=TYPES["svg"], headers=headers)


def _drawn(stored: StoredReport, name: str, look: Look) -> bytes:
    """Raises Http404 where the result can no longer be read, or the chart did not go in."""
    try:
        scope = thaw(bytes(stored.result))
    except Unreadable as error:
        raise Http404 from error
    with translation.override(stored.language):
        found = {one.key: one for one in named_in(scope)}.get(name)
        if found is None:
            raise Http404
        chart, report = found.chart, found.report
        return draw_chart(chart, report, "svg", size=look.size, theme=look.theme, titled=look.titled)


def stored_document(stored: StoredReport, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(stored.pdf), content_type=TYPES["pdf"], headers=headers)
