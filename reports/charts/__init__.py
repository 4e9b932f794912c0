"""Charts of a report: what each finds, its table, its picture. matplotlib is loaded when one is drawn, not before."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports import chart_tables, findings, marks, numerals
from reports.charts import distribution, locations, means, trend
from reports.charts.canvas import Canvas
from reports.charts.palette import PALETTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.utils.functional import _StrPromise

    from reports.charts.canvas import Format
    from reports.results import Report
    from reports.tables import Table

# In pixels: across a page, in half of one, on a phone, on a sheet of paper.
WIDTHS = {"wide": 980, "half": 470, "narrow": 358, "print": 620}
LEAST_HEIGHT = 24
# matplotlib keeps caches of fonts and paths that are not made for two threads at once.
DRAWING = Lock()


@dataclass(frozen=True, slots=True)
class Chart:
    name: str
    subject: _StrPromise
    finding: Callable[[Report], str]
    table: Callable[[Report], Table]
    height: Callable[[Report, int], int]
    draw: Callable[[Canvas, Report], None]
    size: str = "wide"
    very_wide: str = ""  # its size where a very wide page sets it beside another; "" as ever
    is_compared: bool = False  # with other days
    lines: Callable[[Report], Sequence[str]] = lambda _report: ()  # what its numbered marks stand for
    address: str = "reports:chart"  # the name of the one that serves it


CHARTS = {
    chart.name: chart
    for chart in (
        Chart(
            "means",
            _("Mean of each dimension"),
            findings.means_finding,
            chart_tables.means_table,
            means.height,
            means.draw,
            size="half",
            is_compared=True,
        ),
        Chart(
            "distribution",
            _("Ratings by dimension"),
            findings.distribution_finding,
            chart_tables.distribution_table,
            distribution.height,
            distribution.draw,
            size="half",
        ),
        Chart(
            "trend",
            _("Trend of each dimension"),
            findings.trend_finding,
            chart_tables.trend_table,
            trend.height,
            trend.draw,
            is_compared=True,
            lines=marks.lines_of,
        ),
        Chart(
            "locations",
            _("Locations, ranked"),
            findings.locations_finding,
            chart_tables.locations_table,
            locations.height,
            locations.draw,
            very_wide="half",
        ),
        Chart(
            "questions",
            _("Ratings by question"),
            findings.questions_finding,
            chart_tables.questions_table,
            distribution.questions_height,
            distribution.draw_questions,
            very_wide="half",
        ),
    )
}


def draw_chart(
    chart: Chart,
    report: Report,
    kind: Format,
    *,
    size: str = "",
    theme: str = "light",
    titled: bool = False,
) -> bytes:
    """The picture as SVG or PNG: the same report gives the same bytes. `titled`: to be read without a page around."""
    width, height = size_of(chart, report, size or chart.size)
    with DRAWING:
        canvas = Canvas(width, height, PALETTES[theme])
        chart.draw(canvas, report)
        if titled:
            subject = f"{report.survey_name} · {numerals.days_of(report.filters)} · {chart.subject}"
            canvas.frame(chart.finding(report), subject, chart.lines(report))
        return canvas.saved(kind)


def size_of(chart: Chart, report: Report, size: str) -> tuple[int, int]:
    """Width and height in pixels, without drawing."""
    return WIDTHS[size], max(chart.height(report, WIDTHS[size]), LEAST_HEIGHT)
