"""Pictures of a breakdown, made like those of a report: one way as ranked dots, two as a heat map and side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.breakdown.charts import dots, heat, multiples
from reports.breakdown.findings import breakdown_finding, spread_finding
from reports.breakdown.results import Breakdown
from reports.breakdown.tables import breakdown_table
from reports.charts import Chart

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from reports.charts.canvas import Canvas
    from reports.results import Report

ADDRESS = "reports:breakdown_chart"


def _chart(
    name: str,
    subject: _StrPromise,
    height: Callable[[Breakdown, int], int],
    draw: Callable[[Canvas, Breakdown], None],
    finding: Callable[[Breakdown], str] = breakdown_finding,
) -> Chart:
    return Chart(
        name,
        subject,
        lambda report: finding(_breakdown(report)),
        lambda report: breakdown_table(_breakdown(report)),
        lambda report, width: height(_breakdown(report), width),
        lambda canvas, report: draw(canvas, _breakdown(report)),
        address=ADDRESS,
    )


def _breakdown(report: Report) -> Breakdown:
    if not isinstance(report, Breakdown):
        raise TypeError("This is a picture of a breakdown.")
    return report


ONE_WAY = {"dots": _chart("dots", _("Ranked, with 95 % intervals"), dots.height, dots.draw)}
TWO_WAYS = {
    "heat": _chart("heat", _("Heat map of the means"), heat.height, heat.draw),
    "multiples": _chart(
        "multiples",
        _("Row by row on one scale, with 95 % intervals"),
        multiples.height,
        multiples.draw,
        spread_finding,
    ),
}
BREAKDOWN_CHARTS = {**ONE_WAY, **TWO_WAYS}
NAMES = "|".join(BREAKDOWN_CHARTS)


def charts_of(breakdown: Breakdown) -> list[Chart]:
    """Those that can show it; the first is what the page's own table shows."""
    return [*(TWO_WAYS if breakdown.columns_way else ONE_WAY).values()]
