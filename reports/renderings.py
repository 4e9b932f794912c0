"""A report, or a chart of it, as a file: picture, table or document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reports.charts import CHARTS, WIDTHS, draw_chart
from reports.charts.palette import PALETTES
from reports.contents import tables_in
from reports.exports.books import book_of
from reports.exports.prints import report_pdf
from reports.exports.scope import with_scope
from reports.frames import csv_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from reports.charts import Chart
    from reports.exports.scope import Scope

type Kind = Literal["svg", "png", "csv", "xlsx"]
type WholeKind = Literal["pdf", "xlsx"]

KINDS: tuple[Kind, ...] = ("png", "svg", "csv", "xlsx")
PICTURES: tuple[Kind, ...] = ("png", "svg")

CHART_NAMES = "|".join(CHARTS)
TYPES: dict[Kind | WholeKind, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
# Without it Excel reads UTF-8 as something else.
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is to be drawn. Anything unknown falls back to the usual: it changes no number."""

    size: str
    theme: str
    titled: bool

    @classmethod
    def of(cls, query: QueryDict) -> Look:
        size, theme = query.get("size", ""), query.get("theme", "")
        return cls(
            size if size in WIDTHS else "",
            theme if theme in PALETTES else "light",
            bool(query.get("titled")),
        )


@dataclass(frozen=True, slots=True)
class Rendering:
    body: bytes
    content_type: str
    file_name: str


def render_chart(scope: Scope, chart: Chart, kind: Kind, look: Look, *, name: str = "") -> Rendering:
    """`name`: its own among all that goes into a set."""
    body = _drawn_or_written(scope, chart, kind, look)
    return Rendering(body, TYPES[kind], _file_name(scope, name or chart.name, kind))


def render_report(scope: Scope, kind: WholeKind) -> Rendering:
    """What goes into it: a sheet for each table, or a document. Raises `press.alone.TookTooLong`."""
    content = report_pdf(scope) if kind == "pdf" else book_of(tables_in(scope), scope)
    what = scope.charts[0] if len(scope.charts) == 1 else "report"
    return Rendering(content, TYPES[kind], _file_name(scope, what, kind))


def _file_name(scope: Scope, what: str, kind: Kind | WholeKind) -> str:
    filters = scope.report.filters
    return f"{filters.survey}-{what}-{filters.period.start}-{filters.period.end}.{kind}"


def _drawn_or_written(scope: Scope, chart: Chart, kind: Kind, look: Look) -> bytes:
    report = scope.report
    if kind == "csv":
        return (BYTE_ORDER_MARK + csv_of(with_scope(chart.table(report), scope))).encode()
    if kind == "xlsx":
        return book_of([chart.table(report)], scope)
    return draw_chart(chart, report, kind, size=look.size, theme=look.theme, titled=look.titled)
