"""A whole report as a PDF: what stands out, each chart with its table, and how it was computed. No word is markup."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from press.alone import pdf_by_itself
from press.faces import face
from reports.charts import draw_chart, size_of
from reports.contents import drawn_in, findings_in, tables_in
from reports.exports.formulas import formulas_for
from reports.tables import Audience, shown_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.contents import Drawn
    from reports.exports.scope import Scope
    from reports.results import Report
    from reports.tables import Column, Table

# Of a picture, in its widths: what is longer would be shrunk to less than a third.
LONGEST = 3.5
MOST_ROWS = 1500  # of one table: some forty sheets; its spreadsheet has all


def report_pdf(scope: Scope) -> bytes:
    """Tagged (PDF/UA-1), in the language that is active. The same report gives the same bytes.

    Set by a process of its own. Raises `press.alone.TookTooLong`.
    """
    return pdf_by_itself("reports/exports/report.typ", form=_form(scope), report=_contents(scope))


def _form(scope: Scope) -> dict[str, Any]:
    return {
        "language": get_language() or "en",
        "document": f"{scope.survey} · {scope.days}",
        "face": face(),
        "words": {
            "contents": _("Contents"),
            "findings": _("What stands out"),
            "method": _("Method"),
            "about": _("What this report is about"),
            "formulas": _("How the numbers are computed"),
            "number": _("Number"),
            "rule": _("How it is computed"),
            "function": _("Function"),
            "protected": _protected(scope.report),
        },
    }


def _protected(report: Report) -> str:
    words = _(
        "Nothing is shown of fewer than %(minimum)s responses, nor anything from which such a group could be found "
        "by subtraction. An interval says how far the true value may lie from the one computed."
    )
    return words % {"minimum": report.minimum}


def _contents(scope: Scope) -> dict[str, Any]:
    columns = [column for table in tables_in(scope) for column in table.columns_for(Audience.PAGE)]
    return {
        "survey": scope.survey,
        "days": scope.days,
        "facts": scope.facts(),
        "findings": findings_in(scope),
        "charts": [_chart(drawn) for drawn in drawn_in(scope)],
        "rules": _rules(columns),
    }


def _rules(columns: Sequence[Column]) -> list[tuple[str, str, str]]:
    """(the columns' names, the rule, its function); those computed alike are named together."""
    labels = {column.key: column.label for column in columns}
    alike = groupby(formulas_for(columns), key=lambda one: (one.words, one.name))
    return [(", ".join(labels[one.column] for one in found), *rule) for rule, found in alike]


def _chart(drawn: Drawn) -> dict[str, Any]:
    chart, report = drawn.chart, drawn.report
    width, height = size_of(chart, report, "print")
    finding, is_drawn = chart.finding(report), height <= LONGEST * width
    left_out = [] if is_drawn else [_("There are too many rows to be drawn on a sheet; the table has them.")]
    return {
        "subject": drawn.subject,
        "finding": finding,
        "alt": _("Chart: %(finding)s. Its numbers are in the table below.") % {"finding": finding},
        "picture": draw_chart(chart, report, "svg", size="print", theme="print").decode()
        if is_drawn
        else None,
        "width": width,
        "height": height,
        "lines": [*left_out, *chart.lines(report), *drawn.notes],
        "table": _table(chart.table(report)) if drawn.has_table else None,
    }


def _table(table: Table) -> dict[str, Any]:
    columns, rows = table.columns_for(Audience.PAGE), shown_rows(table, MOST_ROWS)
    left_out = len(table.rows) - MOST_ROWS
    note = _("The first %(shown)d of %(all)d rows; the spreadsheet has all of them.")
    return {
        "caption": table.caption,
        "columns": [
            (column.label, column.is_number, max((len(row[at]) for row in rows), default=0))
            for at, column in enumerate(columns)
        ],
        "rows": rows,
        "note": note % {"shown": MOST_ROWS, "all": len(table.rows)} if left_out > 0 else "",
    }
