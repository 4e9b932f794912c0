"""The numbers of a breakdown as a table: a line for each cell, for its pictures and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.breakdown.findings import scored_of, told_by
from reports.breakdown.results import path_of
from reports.chart_tables import change_columns, change_values, score_columns, score_values
from reports.tables import Audience, Column, Row, Rows, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.breakdown.results import Breakdown, Head


def breakdown_table(breakdown: Breakdown) -> Table:
    """`change` and `verdict` are against all other cells; of a question, against its own."""
    rows, columns = breakdown.rows_way, breakdown.columns_way
    found = [
        Column("dimension", _("Dimension"), only=Audience.FILE),
        Column("row", str(rows.label)),
        Column("row_code", _("Code"), only=Audience.FILE),
    ]
    if columns:
        found.append(Column("column", str(columns.label)))
        found.append(Column("column_code", _("Code"), only=Audience.FILE))

    dimension = scored_of(breakdown)
    heads: Sequence[Head | None] = breakdown.columns if columns else (None,)

    def row_of(number: int) -> Row:
        line, at = divmod(number, len(heads))
        row, column, cell = breakdown.rows[line].head, heads[at], breakdown.rows[line].cells[at]
        names = {"row": row.name, "row_code": row.code}
        names |= {"column": column.name, "column_code": column.code} if column else {}
        change = change_values(cell.against) if cell.against else {}
        cells = {"dimension": dimension, **names, **score_values(cell.score), **change}
        return Row(cell.score.state, cells, path_of(row, column))

    lines = range(len(breakdown.rows) * len(heads))
    return Table(told_by(breakdown), (*found, *score_columns(), *change_columns()), Rows(lines, row_of))
