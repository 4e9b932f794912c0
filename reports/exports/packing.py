"""What the rows of a finished file become: a workbook, an SPSS file, or an archive with a codebook. Made again it says
the same.
"""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from reports.enums import ExportKind
from reports.exports.books import NO_FORMULAS, printable
from reports.exports.columns import ABOUT, SIGNS, explained
from reports.exports.spss import write_sav
from surveys.enums import RATING_LABELS, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reports.exports.columns import Columns, QuestionColumn
    from reports.models import ReportExport

# The earliest that a ZIP file can say: what is made again is the same file.
NO_DATE = (1980, 1, 1, 0, 0, 0)
BLOCK = 1 << 20
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
WHOLE = frozenset({"version"})


def pack(export: ReportExport, columns: Columns) -> None:
    """Make the file of its rows, and put it in its place once it is whole."""
    unfinished = export.path.with_suffix(".making")
    if export.kind == ExportKind.XLSX:
        _write_book(export.part_path, unfinished, columns, export)
    elif export.kind == ExportKind.SAV:
        write_sav(export.part_path, unfinished, columns, name=export.name, n=export.rows_done)
    else:
        _write_archive(export.part_path, unfinished, columns, export)
    unfinished.chmod(0o600)
    with unfinished.open("rb") as made:
        os.fsync(made.fileno())
    unfinished.replace(export.path)


def _write_book(rows: Path, target: Path, columns: Columns, export: ReportExport) -> None:
    """Row by row: never more than one of them is in memory."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only files pay

    options = {"constant_memory": True, "tmpdir": str(target.parent), **NO_FORMULAS}
    book = Workbook(str(target), options)
    book.set_properties({"title": printable(export.name), "created": export.asked_at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("Responses"))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns.names) - 1, 14)
    ratings = range(len(ABOUT), len(ABOUT) + len(columns.ratings))
    are_numbers = [ABOUT.index("version"), *ratings]
    with rows.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        _write_texts(sheet, 0, next(reader), bold)
        for at, row in enumerate(reader, start=1):
            _write_row(sheet, at, row, are_numbers)
    codebook = book.add_worksheet(_("Columns"))
    codebook.set_column(0, 2, 40)
    _write_texts(codebook, 0, [_("Column"), _("What it is"), _("Values")], bold)
    for at, told in enumerate(explained(columns), start=1):
        _write_texts(codebook, at, told)
    book.close()


def _write_texts(sheet: Any, at: int, texts: Sequence[str], look: Any = None) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(at, place, printable(text), look)


def _write_row(sheet: Any, at: int, row: list[str], are_numbers: Sequence[int]) -> None:
    """In the order of the columns, for what was passed over cannot be written any more."""
    numbers = {place for place in are_numbers if row[place].isdigit()}
    for place, text in enumerate(row):
        if place in numbers:
            sheet.write_number(at, place, int(text))
        elif text:
            sheet.write_string(at, place, printable(text))


def _write_archive(rows: Path, target: Path, columns: Columns, export: ReportExport) -> None:
    described = json.dumps(package(columns, export.name), ensure_ascii=False, indent=1)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_entry("datapackage.json"), described)
        with (
            rows.open("rb") as source,
            archive.open(_entry("responses.csv"), "w", force_zip64=True) as entry,
        ):
            while block := source.read(BLOCK):
                entry.write(block)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, NO_DATE)
    entry.compress_type = ZIP_DEFLATED
    return entry


def package(columns: Columns, name: str) -> dict[str, Any]:
    """A Data Package (datapackage.org): each column with its question, its type and what its values mean."""
    told = {column: (title, values) for column, title, values in explained(columns)}
    about = [
        {"name": column, "title": told[column][0], "type": "integer" if column in WHOLE else "string"}
        for column in ABOUT
    ]
    schema = {
        "fields": [*about, *(_field(column) for column in (*columns.ratings, *columns.others))],
        "primaryKey": ["response"],
        "missingValues": ["", *SIGNS.values()],
    }
    resource = {
        "name": "responses",
        "path": "responses.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": _("A text that a spreadsheet would take for a formula begins with an apostrophe."),
        "schema": schema,
    }
    return {"$schema": PROFILE, "title": name, "resources": [resource]}


def _field(column: QuestionColumn) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "title": column.title, "type": "string"}
    if column.kind == Kind.RATING:
        labels = [{"value": rating, "label": str(label)} for rating, label in sorted(RATING_LABELS.items())]
        field |= {"type": "integer", "categories": labels, "categoriesOrdered": True}
        if column.is_reversed:
            field["description"] = _("1 is the best: turned in scores")
    elif column.option:
        field["type"] = "integer"
    elif column.options:
        field["categories"] = [{"value": key, "label": label} for key, label in column.options]
    return field
