"""What a number's page shows, and its file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.queries import the_organisation
from reports.enums import ResultState
from reports.exports.scope import scope_of, with_scope
from reports.frames import csv_of
from reports.numbers.numbers import RATE, Number, find_number, number_of_rate
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


def number_at(asked: Asked, report: Report, path: str) -> Number | None:
    """None: no such number, or one that is not shown."""
    if path == RATE and report.state is not ResultState.FAILED:
        found = response_rate_of(asked)
        return number_of_rate(found.rate) if found and found.rate else None
    return find_number(report, path[:MOST_OF_A_PATH])


def number_page(asked: Asked, report: Report, number: Number, reader: Member) -> dict[str, Any]:
    filters = asked.filters
    narrowed = replace(filters, **number.narrows)
    return {
        "report": report,
        "number": number,
        "facts": _facts(number),
        "about": [*scope_of(asked, report).facts(), *_state(report)],
        "table": _page_table(number),
        "back_url": f"{reverse('reports:overview')}{filters.url()}",
        "narrow_url": f"{reverse('reports:overview')}{narrowed.url()}",
        "flagged_url": f"{reverse('reports:flagged')}{narrowed.url()}",
        "rows_url": f"{reverse('reports:exports')}{narrowed.url(dimension=())}",
        "comments": comment_links(asked, narrowed, reader),
        "minimum_comments": the_organisation().minimum_comments,
        "most_counted": MOST_COUNTED,
        "file_url": f"{reverse('reports:number_file')}?{filters.query()}&of={number.path}",
    }


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
