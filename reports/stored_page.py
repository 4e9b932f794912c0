"""The page and the pictures of a report that was kept: as it was, whatever has come in since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response

from reports.charts import CHARTS, draw_chart, size_of
from reports.contents import charts_named
from reports.enums import ResultState
from reports.findings import main_findings
from reports.frozen import Unreadable, thaw
from reports.page import Figure, Picture, mark_rows, table_of
from reports.reading import CODE, KEPT_SECONDS
from reports.renderings import TYPES, Look
from reports.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from reports.charts import Chart
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
    report = scope.report
    charts = charts_named(scope.charts) if report.state is ResultState.COMPUTED else ()
    return {
        "stored": stored,
        "report": report,
        "scope": scope,
        "facts": scope.facts(),
        "findings": main_findings(report) or [str(report.state.label)],
        "halves": [_figure(chart, scope, address(chart.name)) for chart in charts if chart.size == "half"],
        "figures": [_figure(chart, scope, address(chart.name)) for chart in charts if chart.size != "half"],
    }


def _figure(chart: Chart, scope: Scope, address: str) -> Figure:
    report = scope.report
    light, dark = (
        [
            Picture(f"{address}?size={size}&theme={theme}", *size_of(chart, report, size))
            for size in (chart.size, "narrow")
        ]
        for theme in ("light", "dark")
    )
    return Figure(
        id=chart.name,
        finding=chart.finding(report),
        subtitle=f"{chart.subject} \N{MIDDLE DOT} {scope.days}",
        light=light,
        dark=dark,
        downloads=(),
        marks=mark_rows(chart, report),
        # Its numbers lead nowhere: what would be opened there are those of today.
        table=replace(table_of(chart, report), paths=()),
    )


def stored_chart(request: HttpRequest, stored: StoredReport, name: str) -> HttpResponseBase:
    """A picture of it. What was kept never changes, so neither does its picture, but for the code that draws it."""
    if name not in CHARTS:
        raise Http404
    look = Look.of(request.GET)
    mark = digest([CODE, stored.pk, name, look])
    if unchanged := get_conditional_response(request, etag=f'"{mark}"'):
        return unchanged
    drawn = cache.get(f"stored:{mark}")
    if drawn is None:
        drawn = _drawn(stored, CHARTS[name], look)
        cache.set(f"stored:{mark}", drawn, KEPT_SECONDS)
    headers = {"ETag": f'"{mark}"', "Cache-Control": "private, no-cache"}
    return HttpResponse(drawn, content_type=TYPES["svg"], headers=headers)


def _drawn(stored: StoredReport, chart: Chart, look: Look) -> bytes:
    """Raises Http404 where the result can no longer be read, or the chart did not go in."""
    try:
        scope = thaw(bytes(stored.result))
    except Unreadable as error:
        raise Http404 from error
    if chart not in charts_named(scope.charts):
        raise Http404
    with translation.override(stored.language):
        return draw_chart(chart, scope.report, "svg", size=look.size, theme=look.theme, titled=look.titled)


def stored_document(stored: StoredReport, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(stored.pdf), content_type=TYPES["pdf"], headers=headers)
