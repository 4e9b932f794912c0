"""Workbooks (XLSX): a sheet for each table, numbers as numbers, days as days, text never a formula, and a sheet that says how."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from organisation.text import CONTROL_CHARACTERS
from reports.enums import ResultState
from reports.exports.formulas import formulas_for
from reports.frames import DECIMALS
from reports.tables import VERDICTS, Audience, Content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from reports.exports.scope import Scope
    from reports.tables import Column, Row, Table

# What Excel takes: of a sheet's name and of one cell.
LONGEST_NAME, LONGEST_TEXT = 31, 32_767
NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
NO_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NUMBER_FORMATS = {
    Content.COUNT: "#,##0",
    Content.MEAN: "0.00",
    Content.SPAN: "0.00",
    Content.SHARE: "0%",
    Content.SHARE_SPAN: "0%",
    Content.POINTS: "+0.00;-0.00;0.00",
    Content.POINTS_SPAN: "+0.00;-0.00;0.00",
}


class Book:
    """A workbook being written. The same tables give the same bytes: its only date is that of the count."""

    def __init__(self, scope: Scope) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - only files pay

        self.scope = scope
        self._target = BytesIO()
        self._book: Workbook = Workbook(self._target, {"in_memory": True, **NO_FORMULAS})
        counted_at = scope.report.counted_at
        created = {"created": counted_at.replace(tzinfo=None)} if counted_at else {}
        self._book.set_properties({"title": printable(scope.survey), **created})
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._bold = self._book.add_format({"bold": True})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._numbers = {
            content: self._book.add_format({"num_format": written})
            for content, written in NUMBER_FORMATS.items()
        }
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._names: set[str] = set()

    def add(self, table: Table) -> None:
        """A sheet with the table's numbers, all rows of it; its last column says why a row has none."""
        sheet = self._sheet(table.caption)
        columns = table.columns_for(Audience.FILE)
        heads = [*_heads(columns), _("Note")]
        for at, head in enumerate(heads):
            sheet.write_string(0, at, head, self._head)
        for at, row in enumerate(table.rows, start=1):
            self._write(sheet, at, columns, row)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(heads) - 1)
        sheet.autofit(400)

    def add_method(self, tables: Iterable[Table]) -> None:
        """The sheet that says what the others are about and how their numbers were computed."""
        sheet = self._sheet(_("Method"))
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 90, self._wrapped)
        facts = [*self.scope.facts(), ("", "")]
        columns = [column for table in tables for column in table.columns_for(Audience.FILE)]
        labels = {column.key: column.label for column in columns}
        rules = [
            (labels[one.column], f"{one.words} ({one.name})", one.column) for one in formulas_for(columns)
        ]
        for at, (name, value) in enumerate(facts):
            sheet.write_string(at, 0, name, self._bold)
            sheet.write_string(at, 1, printable(value), self._wrapped)
        for at, (name, words, key) in enumerate(rules, start=len(facts)):
            sheet.write_string(at, 0, name, self._bold)
            sheet.write_string(at, 1, words, self._wrapped)
            sheet.write_string(at, 2, key)

    def saved(self) -> bytes:
        self._book.close()
        return self._target.getvalue()

    def _sheet(self, wish: str) -> Worksheet:
        name = wish.translate(NOT_IN_A_NAME).strip()[:LONGEST_NAME] or "-"
        count = 1
        while name.casefold() in self._names:
            count += 1
            name = f"{name[: LONGEST_NAME - 4].rstrip()} {count}"
        self._names.add(name.casefold())
        return self._book.add_worksheet(name)

    def _write(self, sheet: Worksheet, at: int, columns: Sequence[Column], row: Row) -> None:
        cells = [pair for column in columns for pair in _cells(column, row.cells.get(column.key))]
        for place, (content, value) in enumerate(cells):
            if isinstance(value, str):
                sheet.write_string(at, place, printable(value))
            elif isinstance(value, date):
                sheet.write_datetime(at, place, value, self._day)
            elif value is not None:
                sheet.write_number(at, place, value, self._numbers.get(content))
        if row.state is not ResultState.COMPUTED:
            sheet.write_string(at, len(cells), str(row.state.label))


def printable(text: str) -> str:
    """As much as fits into a cell, without what may not stand in XML."""
    return CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST_TEXT]


def _heads(columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        if column.content.is_span:
            yield from (
                _("%(column)s, from") % {"column": column.label},
                _("%(column)s, to") % {"column": column.label},
            )
        else:
            yield column.label


def _cells(column: Column, value: Any) -> Iterator[tuple[Content, str | float | date | None]]:
    """A column's cell of one row, or both ends of its interval."""
    if column.content.is_span:
        for end in (value.low, value.high) if value else (None, None):
            yield column.content, end if end is None else round(end, DECIMALS)
    elif column.content is Content.VERDICT and value is not None:
        yield column.content, VERDICTS[value]()
    else:
        yield column.content, round(value, DECIMALS) if isinstance(value, float) else value


def book_of(tables: Sequence[Table], scope: Scope) -> bytes:
    """A workbook with a sheet for each table and one on method."""
    book = Book(scope)
    for table in tables:
        book.add(table)
    book.add_method(tables)
    return book.saved()
