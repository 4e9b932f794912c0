"""What the report's page shows besides the result itself: figures with their addresses, and tables cut to size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from reports import numerals
from reports.charts import CHARTS, size_of
from reports.enums import ResultState
from reports.filter_bar import filter_bar
from reports.filters import Filters
from reports.findings import main_findings, reason_of, signals
from reports.marks import when, words_of
from reports.ranks import standings
from reports.renderings import KINDS
from reports.results import ChangeMark, Computed, ModeMark, VersionMark
from reports.tables import Audience, shown_rows
from surveys.enums import RATING_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from metrics.control import Controlled
    from reports.breakdown.results import Brief
    from reports.charts import Chart
    from reports.enums import TrendStep
    from reports.ranks import Standing
    from reports.reading import Asked
    from reports.renderings import Kind, WholeKind
    from reports.results import Mark, Report
    from reports.tables import Column

MARK_KINDS: dict[type[Mark], str] = {VersionMark: "version", ChangeMark: "change", ModeMark: "modes"}
MOST_ROWS = 120  # of a table on the page; its file has all


@dataclass(frozen=True, slots=True)
class PageTable:
    caption: str
    note: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    paths: Sequence[str] = ()  # of the rows, where their numbers can be opened


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing of a chart: for a wide or a narrow page, by day or by night."""

    url: str
    width: int
    height: int


class Pictures(NamedTuple):
    """By day and by night."""

    light: Sequence[Picture]
    dark: Sequence[Picture]


class Download(NamedTuple):
    """A file of a chart: its kind, what it is good for, and where it is."""

    kind: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    id: str
    finding: str
    subtitle: str
    light: Sequence[Picture]  # for a wide page, for a narrow one, and maybe for a very wide one
    dark: Sequence[Picture]
    downloads: Sequence[Download]
    table: PageTable
    marks: Sequence[MarkRow]  # of the trend
    notes: Sequence[str] = ()


class MarkRow(NamedTuple):
    """A mark as the list below the chart says it: `kind` is a class of the sheet, of MARK_KINDS."""

    number: int
    kind: str
    day: str
    words: str
    begins_phase: bool


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One location in every dimension: each dimension with what is shown of it there, None where it has nothing."""

    place: Standing
    url: str
    results: Sequence[tuple[str, Brief | None]]


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A point of the trend that stands out: against what, why, and how often that happens by chance."""

    path: str  # of its numbers
    dimension: str
    days: str
    score: Computed
    control: Controlled
    reason: str
    chance: float
    url: str  # the report of these days alone


def page(asked: Asked, report: Report) -> dict[str, Any]:
    """The context of the page's template."""
    return {
        "report": report,
        "bar": filter_bar(asked),
        "findings": main_findings(report),
        "compared_days": numerals.compared_days(asked.filters),
        "tiles": [(result, asked.filters.url(dimension=(result.dimension,))) for result in report.dimensions],
        "figures": {name: figure(chart, asked, report) for name, chart in CHARTS.items()},
        "signals": list(signal_rows(asked, report)),
        "ranking": ranking(asked, report),
        "rating_labels": sorted(RATING_LABELS.items()),
        "downloads": downloads_of(asked),
        "time_zone": asked.survey.time_zone,
        "breakdown_url": f"{reverse('reports:breakdown')}?{asked.filters.query()}",
        "note_url": f"{reverse('reports:add_change')}?{asked.filters.query()}",
        "wall_url": f"{reverse('reports:wall')}?{asked.filters.query()}",
        "scores_url": f"{reverse('reports:scores')}?{asked.filters.query()}",
        "numbers_url": numbers_url(asked),
        "again_url": asked.filters.url(),
    }


def numbers_url(asked: Asked) -> str:
    """Where the numbers of the report are opened: a number's path goes behind it."""
    return f"{reverse('reports:number')}?{asked.filters.query()}&of="


def signal_rows(asked: Asked, report: Report) -> Iterable[SignalRow]:
    """The latest first in each dimension."""
    for result in report.computed:
        for bucket in reversed(signals(result)):
            if isinstance(bucket.score, Computed) and bucket.control:
                days = bucket.period
                yield SignalRow(
                    f"{result.dimension}.days.{days.start}",
                    result.dimension,
                    numerals.bucket(days, report.filters.by),
                    bucket.score,
                    bucket.control,
                    reason_of(bucket),
                    result.false_alarm,
                    asked.filters.url(period=days, shortcut=None, dimension=(result.dimension,)),
                )


def ranking(asked: Asked, report: Report) -> list[RankedRow]:
    """The locations in the leading dimension's order, with their results in every dimension."""
    if report.leading is None:
        return []
    by_code = {
        result.dimension: {place.code: place.brief for place in standings(result.locations)}
        for result in report.computed
    }
    shown = standings(report.leading.locations)[:MOST_ROWS]
    urls = asked.filters.urls("location", [place.code for place in shown], region=())
    return [
        RankedRow(place, url, [(dimension, briefs.get(place.code)) for dimension, briefs in by_code.items()])
        for place, url in zip(shown, urls, strict=True)
    ]


def figure(chart: Chart, asked: Asked, report: Report) -> Figure:
    """A chart with its pictures, its files and its table."""
    query = asked.filters.query()
    drawn = pictures(chart, report, query)
    return Figure(
        id=chart.name,
        finding=chart.finding(report),
        subtitle=subtitle_of(chart, asked),
        light=drawn.light,
        dark=drawn.dark,
        downloads=chart_downloads(chart, query),
        table=table_of(chart, report),
        marks=mark_rows(chart, report),
    )


def mark_rows(chart: Chart, report: Report) -> list[MarkRow]:
    """What the numbered marks of a picture stand for."""
    return [_mark_row(mark, report.filters.by) for mark in report.marks] if chart.lines(report) else []


def _mark_row(mark: Mark, by: TrendStep) -> MarkRow:
    begins = isinstance(mark, ChangeMark) and mark.begins_phase
    return MarkRow(mark.number, MARK_KINDS[type(mark)], when(mark, by), words_of(mark), begins)


def chart_downloads(chart: Chart, query: str) -> list[Download]:
    """A chart's files, of the address with this query."""
    address = _address(chart)
    return files_at(lambda kind: f"{address}{kind}?{query}&titled=1", KINDS)


def files_at(address: Callable[[Kind], str], kinds: Collection[Kind]) -> list[Download]:
    """Files of these kinds; `address` gives that of each."""
    words: dict[Kind, str] = {
        "png": _("Picture"),
        "svg": _("Picture of any size"),
        "csv": _("Numbers for programs"),
        "xlsx": _("Numbers for a spreadsheet"),
    }
    return [Download(kind.upper(), words[kind], address(kind)) for kind in kinds]


def downloads_of(asked: Asked, chapter: str = "") -> list[Download]:
    """The report's own files, or those of a chapter by its name."""
    query = set_query(asked, chapter)
    return whole_at(lambda kind: reverse("reports:whole", kwargs={"kind": kind}) + query)


def whole_at(address: Callable[[WholeKind], str]) -> list[Download]:
    """All of it in one file; `address` gives that of each kind."""
    words: dict[WholeKind, str] = {
        "pdf": _("All charts and tables, to print or send"),
        "xlsx": _("A sheet for each table"),
    }
    return [Download(kind.upper(), word, address(kind)) for kind, word in words.items()]


def set_query(asked: Asked, chapter: str = "") -> str:
    """The report's filters, and the chapter that goes in, if one is named."""
    return f"?{Filters.query(asked.filters)}" + (f"&{urlencode({'chart': chapter})}" if chapter else "")


def subtitle_of(chart: Chart, asked: Asked) -> str:
    """What it is about, which days, and which days it is compared with."""
    parts = [str(chart.subject), numerals.days_of(asked.filters)]
    compared_days = numerals.compared_days(asked.filters)
    if chart.is_compared and compared_days:
        parts.append(_("compared with %(days)s") % {"days": compared_days})
    return " · ".join(parts)


def pictures(chart: Chart, report: Report, query: str) -> Pictures:
    """For a wide page, for a narrow one, and for a very wide one where it stands beside another."""
    address = f"{_address(chart)}svg?{query}"
    sizes = [(size, size_of(chart, report, size)) for size in (chart.size, "narrow", chart.very_wide) if size]
    return Pictures(
        *(
            [Picture(f"{address}&size={size}&theme={theme}", *pixels) for size, pixels in sizes]
            for theme in Pictures._fields
        )
    )


def _address(chart: Chart) -> str:
    """Without the kind of file, in which it ends."""
    return reverse(chart.address, kwargs={"name": chart.name, "kind": "svg"}).removesuffix("svg")


def table_of(chart: Chart, report: Report, *, has_file: bool = True) -> PageTable:
    """As much of it as a page takes; without a file of it its document goes on."""
    table = chart.table(report)
    first = replace(table, rows=table.rows[:MOST_ROWS])
    note = (
        _("The first %(shown)d of %(all)d rows; the CSV has all of them.")
        if has_file
        else _("The first %(shown)d of %(all)d rows; the PDF has more of them.")
    )
    return PageTable(
        table.caption,
        note % {"shown": MOST_ROWS, "all": len(table.rows)} if len(table.rows) > MOST_ROWS else "",
        table.columns_for(Audience.PAGE),
        shown_rows(first, MOST_ROWS),
        [row.path if row.state is ResultState.COMPUTED else "" for row in first.rows],
    )
