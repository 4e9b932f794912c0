"""What a number's page shows, and its file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.queries import the_organisation
from reports.breakdown.results import Breakdown
from reports.enums import ResultState
from reports.exports.scope import scope_of, with_scope
from reports.filters import Filters
from reports.frames import csv_of
from reports.numbers.numbers import RATE, Number, find_number, number_of_rate, numbers_beside
from reports.page import MOST_ROWS, PageTable
from reports.participation import response_rate_of
from reports.renderings import BYTE_ORDER_MARK
from reports.tables import Audience, Column, Row, shown_rows
from reports.why.comments import comment_links
from reviews.queries.comments import MOST_COUNTED

if TYPE_CHECKING:
    from organisation.models import Member
    from reports.reading import Asked
    from reports.results import Report

MOST_OF_A_PATH = 200


class Addresses(NamedTuple):
    """By name: the page whose number it is, where its numbers are opened, and where their counts are saved."""

    page: str
    number: str
    file: str


OF_THE_REPORT = Addresses("reports:overview", "reports:number", "reports:number_file")
OF_THE_BREAKDOWN = Addresses("reports:breakdown", "reports:breakdown_number", "reports:breakdown_number_file")


def number_at(asked: Asked, report: Report, path: str) -> Number | None:
    """None: no such number, or one that is not shown."""
    if path == RATE and report.state is not ResultState.FAILED:
        found = response_rate_of(asked)
        return number_of_rate(found.rate) if found and found.rate else None
    return find_number(report, path[:MOST_OF_A_PATH])


def number_page(
    asked: Asked, report: Report, number: Number, reader: Member, addresses: Addresses
) -> dict[str, Any]:
    query = asked.filters.query()
    return {
        "report": report,
        "number": number,
        "beside": [
            (one, f"{reverse(addresses.number)}?{query}&of={one.path}")
            for one in numbers_beside(report, number.path)
        ],
        "facts": _facts(number),
        "about": [*scope_of(asked, report).facts(), *_told_apart(report), *_state(report)],
        "table": _page_table(number),
        "back_url": f"{reverse(addresses.page)}{asked.filters.url()}",
        "file_url": f"{reverse(addresses.file)}?{query}&of={number.path}",
        "minimum_comments": the_organisation().minimum_comments,
        "most_counted": MOST_COUNTED,
        **_behind(asked, number, reader),
    }


def _behind(asked: Asked, number: Number, reader: Member) -> dict[str, Any]:
    """Where just the responses behind a number are looked at in other ways, as far as filters choose just them."""
    vocabulary = asked.vocabulary
    if number.narrows is None:
        whole = Filters.query(asked.filters, dimension=())
        return {"rows_url": f"{reverse('reports:exports')}?{whole}", "is_narrowed": False}
    filters = replace(asked.filters, **number.narrows)
    narrowed = replace(asked, filters=filters, survey=vocabulary.survey(filters.survey))
    query = Filters.query(filters)
    return {
        "narrow_url": f"{reverse('reports:overview')}?{query}",
        "flagged_url": f"{reverse('reports:flagged')}?{query}",
        "rows_url": f"{reverse('reports:exports')}?{Filters.query(filters, dimension=())}",
        "comments": comment_links(narrowed, filters, reader),
        "is_narrowed": True,
    }


def number_absent(asked: Asked, report: Report, addresses: Addresses) -> dict[str, Any]:
    return {"report": report, "back_url": f"{reverse(addresses.page)}{asked.filters.url()}"}


def number_csv(asked: Asked, report: Report, number: Number) -> bytes:
    """The counts with their scope: whoever adds them up by the formula comes to the figure in `shown`."""
    table = number.table
    about = {
        "number": number.path,
        "shown": number.shown,
        "formula": number.method.signs,
        "function": number.method.function,
    }
    flat = replace(
        table,
        columns=(*table.columns, *(Column(key, key, only=Audience.FILE) for key in about)),
        rows=tuple(Row(row.state, {**row.cells, **about}) for row in table.rows),
    )
    return (BYTE_ORDER_MARK + csv_of(with_scope(flat, scope_of(asked, report)))).encode()


def _facts(number: Number) -> list[tuple[str, str]]:
    method = number.method
    facts = [
        (_("Formula"), method.signs),
        (_("In words"), method.words),
        *number.facts,
        (_("95 % interval"), number.interval),
        (_("How the interval is made"), method.interval if number.interval else ""),
        (_("Function"), method.function),
    ]
    return [(name, value) for name, value in facts if value]


def _told_apart(report: Report) -> list[tuple[str, str]]:
    if not isinstance(report, Breakdown):
        return []
    ways = [str(way.label) for way in (report.rows_way, report.columns_way) if way]
    return [(_("Told apart by"), " × ".join(ways))]


def _state(report: Report) -> list[tuple[str, str]]:
    return [] if report.data_version is None else [(_("Data version"), str(report.data_version))]


def _page_table(number: Number) -> PageTable:
    table = number.table
    note = _("The first %(shown)d of %(all)d rows; the CSV has all of them.")
    return PageTable(
        table.caption,
        note % {"shown": MOST_ROWS, "all": len(table.rows)} if len(table.rows) > MOST_ROWS else "",
        table.columns_for(Audience.PAGE),
        shown_rows(table, MOST_ROWS),
    )
