"""A report as bytes: picture, table file, or scores for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reports.charts import CHARTS, WIDTHS, draw_chart
from reports.charts.palette import PALETTES
from reports.frames import csv_of
from reports.scores_json import scores

if TYPE_CHECKING:
    from django.http import QueryDict

    from reports.charts import Chart
    from reports.results import Report

type Kind = Literal["svg", "png", "csv", "json"]

TYPES: dict[Kind, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is to be drawn. Anything unknown falls back: it changes no number."""

    size: str
    theme: str
    titled: bool

    @classmethod
    def of(cls, query: QueryDict) -> Look:
        size, theme = query.get("size", ""), query.get("theme", "")
        return cls(
            size if size in WIDTHS else "wide",
            theme if theme in PALETTES else "light",
            bool(query.get("titled")),
        )


def rendered(report: Report, kind: Kind, chart: Chart | None, look: Look) -> bytes:
    """Without a chart: the whole report, for programs."""
    if chart is None:
        return json.dumps(scores(report), ensure_ascii=False, indent=1).encode()
    if kind == "csv":
        return csv_of(chart.table(report)).encode()
    picture: Literal["svg", "png"] = "png" if kind == "png" else "svg"
    return draw_chart(chart, report, picture, size=look.size, theme=look.theme, titled=look.titled)


def file_name(report: Report, chart: Chart | None, kind: Kind) -> str:
    period, subject = report.filters.period, chart.name if chart else "scores"
    return f"{report.filters.survey}-{subject}-{period.start}-{period.end}.{kind}"


CHART_NAMES = "|".join(CHARTS)
