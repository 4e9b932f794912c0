"""A chart of a report as a file: picture or table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reports.charts import CHARTS, WIDTHS, draw_chart
from reports.charts.palette import PALETTES
from reports.frames import csv_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from reports.charts import Chart
    from reports.results import Report

type Kind = Literal["svg", "png", "csv"]

CHART_NAMES = "|".join(CHARTS)
TYPES: dict[Kind, str] = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


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


def render_chart(report: Report, chart: Chart, kind: Kind, look: Look) -> Rendering:
    period = report.filters.period
    name = f"{report.filters.survey}-{chart.name}-{period.start}-{period.end}.{kind}"
    if kind == "csv":
        return Rendering(csv_of(chart.table(report)).encode(), TYPES[kind], name)
    picture = draw_chart(chart, report, kind, size=look.size, theme=look.theme, titled=look.titled)
    return Rendering(picture, TYPES[kind], name)
