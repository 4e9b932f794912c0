"""What the breakdown's page shows besides the result itself: links that drill down, colours, and tables cut to size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from reports import numerals
from reports.breakdown.address import breakdown_filters, chapter_name
from reports.breakdown.charts import charts_of
from reports.breakdown.colours import STEPS
from reports.breakdown.enums import LineOrder, Way
from reports.breakdown.findings import breakdown_findings, breakdown_note, told_by, withheld_note
from reports.breakdown.results import TOTAL, brief_of, column_path, path_of, row_path
from reports.filter_bar import Chip, Link, Select, filter_bar
from reports.filters import FACETS
from reports.page import chart_downloads, downloads_of, figure, set_query, subtitle_of
from surveys.enums import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.breakdown.address import BreakdownFilters
    from reports.breakdown.results import Breakdown, Brief, CellResult, OnlyLine
    from reports.filter_bar import FilterBar
    from reports.reading import Asked
    from reports.results import Shown

MOST_ROWS, MOST_COLUMNS = 120, 30  # of the table on the page; its file has all


class WaySelect(NamedTuple):
    name: str
    label: str
    first: str  # for none; '' where one has to be chosen
    options: Sequence[tuple[str, str, bool]]


class PageCell(NamedTuple):
    """A score (None: there is none at all), what lies behind it, and the path of its numbers."""

    score: Brief | None
    url: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A row or a column: its name, its own score, what lies behind it; a row with its cells."""

    name: str
    head: PageCell
    url: str
    cells: Sequence[PageCell] = ()
    result: CellResult | None = None  # of a row without columns


def page(asked: Asked, breakdown: Breakdown) -> dict[str, Any]:
    """The context of the page's template."""
    filters = breakdown_filters(asked.filters)
    first, *charts = charts_of(breakdown)
    name = chapter_name(filters)
    return {
        "report": breakdown,
        "bar": breakdown_bar(asked, breakdown.only),
        "told_by": told_by(breakdown),
        "ways": list(_way_selects(filters)),
        "orders": [Link(str(one.label), filters.url(order=one), filters.order is one) for one in LineOrder],
        "dimensions": list(_dimensions(filters, breakdown)),
        "swapped_url": filters.url(rows=filters.columns, columns=filters.rows) if filters.columns else "",
        **_scores(filters, breakdown),
        "downloads": downloads_of(asked, name),
        "some_of_it": set_query(asked, name),
        "subtitle": subtitle_of(first, asked),
        "table_downloads": chart_downloads(first, filters.query()),
        "figures": [figure(chart, asked, breakdown) for chart in charts],
        "numbers_url": f"{reverse('reports:breakdown_number')}?{filters.query()}&of=",
        "report_url": f"{reverse('reports:overview')}?{filters.of_the_report()}",
        "scores_url": f"{reverse('reports:breakdown_scores')}?{filters.query()}",
        "time_zone": asked.survey.time_zone,
    }


def _scores(filters: BreakdownFilters, breakdown: Breakdown) -> dict[str, Any]:
    """The list or the grid, and what is said about it."""
    columns = breakdown.columns[:MOST_COLUMNS]
    rows, total = list(_rows(filters, breakdown)), _own(breakdown.total, TOTAL)
    notes = [breakdown_note(breakdown), withheld_note(breakdown), _left_out(breakdown)]
    return {
        "findings": breakdown_findings(breakdown),
        "notes": [_links_note(breakdown), *notes],
        "rows_label": Way(breakdown.rows_way).label,
        "columns": [
            PageLine(head.name, _own(head.score, column_path(head)), filters.drilled(None, head.narrowing))
            for head in columns
        ],
        "rows": rows,
        "foot": PageLine(_("All"), total, "", [_own(head.score, column_path(head)) for head in columns]),
        "has_row_scores": any(row.head.score for row in rows),
        "has_column_scores": any(column.score for column in breakdown.columns),
        "steps": _legend(),
        "total": total,
    }


def breakdown_bar(asked: Asked, only: OnlyLine | None = None) -> FilterBar:
    """The report's bar, without what is compared with; its form keeps the ways. Where there is room for it, a day of
    the week can be chosen, and what was chosen is a chip like any other.
    """
    filters = breakdown_filters(asked.filters)
    bar = filter_bar(asked)
    selects = bar.selects
    if only and only.way is Way.MEASURE:  # it has a dimension of its own
        selects = tuple(select for select in selects if select.name != "dimension")
    if not (filters.across or filters.rows is Way.WEEKDAY):
        days = tuple((str(day + 1), str(name)) for day, name in WEEKDAYS.items())
        selects = (*selects, Select("weekday", str(Way.WEEKDAY.label), _("All days of the week"), days))
    chips = [Chip(str(only.way.label), only.name, filters.url(only=None))] if only else []
    return replace(
        bar,
        comparison=None,
        kept=(*bar.kept, *filters.own_pairs),
        selects=selects,
        chips=(*bar.chips, *chips),
        clear_url=filters.url(only=None, **dict.fromkeys(FACETS, ())),
    )


def _way_selects(filters: BreakdownFilters) -> Iterable[WaySelect]:
    rows, columns = filters.rows, filters.columns
    options = [(one.value, str(one.label), one is rows) for one in Way if one is not filters.across]
    yield WaySelect("rows", _("Rows"), "", options)
    if filters.only:
        return
    options = [(one.value, str(one.label), one is columns) for one in Way if one is not rows]
    yield WaySelect("columns", _("Columns"), _("None"), options)


def _dimensions(filters: BreakdownFilters, breakdown: Breakdown) -> Iterable[Link]:
    """Where one dimension is told, the others are one click away."""
    if breakdown.dimension:
        for one in Dimension:
            url = filters.url(dimension=(one.value,))
            yield Link(str(one.label), url, one.value == breakdown.dimension)


def _rows(filters: BreakdownFilters, breakdown: Breakdown) -> Iterable[PageLine]:
    columns, rows = breakdown.columns[:MOST_COLUMNS], breakdown.rows[:MOST_ROWS]
    narrowings = [row.head.narrowing for row in rows]
    behind = filters.drilled_cells(narrowings, [column.narrowing for column in columns])
    for row, url, urls in zip(rows, filters.drilled_each(narrowings), behind, strict=True):
        cells = [
            PageCell(brief, to, path_of(row.head, column))
            for column, brief, to in zip(columns, row.briefs, urls, strict=False)
        ]
        result = None if breakdown.columns_way else row.cells[0]
        yield PageLine(row.head.name, _own(row.head.score, row_path(row.head)), url, cells, result)


def _own(score: Shown | None, path: str) -> PageCell:
    """Of a whole row or column."""
    return PageCell(brief_of(score) if score else None, path=path)


def _legend() -> list[tuple[int, str]]:
    """From when on each colour is meant."""
    ends = [numerals.mean(step) for step in STEPS]
    names = [_("below %(end)s") % {"end": ends[0]}]
    names += [_("from %(start)s") % {"start": start} for start in ends]
    return list(enumerate(names, start=1))


def _links_note(breakdown: Breakdown) -> str:
    """Two links in a cell have to be told apart."""
    words = _("A mean leads to what lies behind it, its n to how it was computed.")
    return words if breakdown.columns_way else ""


def _left_out(breakdown: Breakdown) -> str:
    rows, columns = len(breakdown.rows), len(breakdown.columns)
    if rows <= MOST_ROWS and columns <= MOST_COLUMNS:
        return ""
    return _(
        "The first %(rows)d of %(all_rows)d rows and %(columns)d of %(all_columns)d columns; the files have all."
    ) % {
        "rows": min(rows, MOST_ROWS),
        "all_rows": rows,
        "columns": min(columns, MOST_COLUMNS),
        "all_columns": columns,
    }
