"""The page and the files of a report that was kept: as it was, whatever has come in since."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response

from organisation.queries import the_organisation
from reports.charts import size_of
from reports.contents import drawn_in, findings_in, named_in
from reports.exports.scope import scope_of_chapter
from reports.frozen import Unreadable, thaw
from reports.page import Figure, Picture, files_at, mark_rows, table_of
from reports.reading import CODE, KEPT_SECONDS
from reports.renderings import KINDS, TYPES, Look, render_chart, render_report
from reports.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.http import HttpRequest, HttpResponseBase

    from reports.contents import Drawn
    from reports.exports.scope import Scope
    from reports.models import StoredReport
    from reports.renderings import Kind, Rendering


NEVER_KEPT = "private, no-store"


def stored_page(
    stored: StoredReport, address: Callable[[str, Kind], str], kinds: Collection[Kind] = KINDS
) -> dict[str, Any]:
    """What the page shows; `address` gives that of a chart by its name and kind, `kinds` are the files that each has.
    Where the result can no longer be read there is the document only.
    """
    try:
        scope = thaw(bytes(stored.result))
    except Unreadable:
        return {"stored": stored, "report": None}
    figures = [
        (drawn.chart.size, _figure(drawn, scope, partial(address, drawn.key), kinds))
        for drawn in drawn_in(scope)
    ]
    return {
        "stored": stored,
        "report": scope.report,
        "scope": scope,
        "facts": scope.facts(),
        "findings": findings_in(scope),
        "halves": [figure for size, figure in figures if size == "half"],
        "figures": [figure for size, figure in figures if size != "half"],
    }


def _figure(drawn: Drawn, scope: Scope, address: Callable[[Kind], str], kinds: Collection[Kind]) -> Figure:
    chart, report = drawn.chart, drawn.report
    light, dark = (
        [
            Picture(f"{address('svg')}?size={size}&theme={theme}", *size_of(chart, report, size))
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
        downloads=files_at(lambda kind: f"{address(kind)}?titled=1", kinds),
        marks=mark_rows(chart, report),
        # Its numbers lead nowhere: what would be opened there are those of today.
        table=replace(table_of(chart, report, has_file="csv" in kinds), paths=()),
        notes=drawn.notes,
    )


def stored_chart(request: HttpRequest, stored: StoredReport, name: str, kind: Kind) -> HttpResponseBase:
    """A file of one of its charts. What was kept never changes, so neither does its file, but for the code that makes it."""
    look = Look.of(request.GET)
    mark = digest([CODE, stored.pk, name, kind, look])
    if unchanged := get_conditional_response(request, etag=f'"{mark}"'):
        return unchanged
    made: Rendering | None = cache.get(f"stored:{mark}")
    if made is None:
        made = _made(stored, name, kind, look)
        cache.set(f"stored:{mark}", made, KEPT_SECONDS)
    headers = {
        "ETag": f'"{mark}"',
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'inline; filename="{made.file_name}"',
    }
    return HttpResponse(made.body, content_type=made.content_type, headers=headers)


def _made(stored: StoredReport, name: str, kind: Kind, look: Look) -> Rendering:
    """Raises Http404 where the result can no longer be read, or the chart did not go in."""
    scope = _scope_of(stored)
    with translation.override(stored.language):
        found = {one.key: one for one in named_in(scope)}.get(name)
        if found is None:
            raise Http404
        about = scope_of_chapter(scope, found.report, the_organisation().time_zone)
        return render_chart(about, found.chart, kind, look, name=name)


def stored_book(stored: StoredReport) -> HttpResponse:
    """A sheet for each of its tables. Raises Http404 where the result can no longer be read."""
    scope = _scope_of(stored)
    with translation.override(stored.language):
        book = render_report(scope, "xlsx")
    headers = {"Content-Disposition": f'inline; filename="{book.file_name}"', "Cache-Control": NEVER_KEPT}
    return HttpResponse(book.body, content_type=book.content_type, headers=headers)


def _scope_of(stored: StoredReport) -> Scope:
    try:
        return thaw(bytes(stored.result))
    except Unreadable as error:
        raise Http404 from error


def stored_document(stored: StoredReport, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": NEVER_KEPT,
    }
    return HttpResponse(bytes(stored.pdf), content_type=TYPES["pdf"], headers=headers)
