"""Comments as CSV and XLSX. No text of a customer is ever taken for a formula."""

from __future__ import annotations

import csv
from itertools import batched
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from organisation.queries import the_organisation
from organisation.spreadsheets import as_text
from reviews.models import Review
from reviews.queries.comments import with_all
from reviews.queries.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviews.models.reviews import ReviewQuerySet

FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a cell holds, and how many rows are made; whoever needs more narrows the list down.
LONGEST_CELL, MOST_ROWS, AT_ONCE = 32_767, 50_000, 500


class _Echo:
    """What is written comes straight back: csv wants a file."""

    def write(self, text: str) -> str:
        return text


def file_of(rows: ReviewQuerySet, ending: str) -> Iterator[str] | IO[bytes]:
    """A CSV file line by line, or a whole workbook."""
    return _csv(rows) if ending == "csv" else _workbook(rows)


def _csv(rows: ReviewQuerySet) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(_headers())
    for cells in _cells(rows):
        yield writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in cells])


def _workbook(rows: ReviewQuerySet) -> IO[bytes]:
    import xlsxwriter  # noqa: PLC0415 (only where a workbook is made)

    made = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _headers())
        for at, cells in enumerate(_cells(rows), start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell[:LONGEST_CELL])
                else:
                    sheet.write(at, column, cell)
    made.seek(0)
    return made


def _headers() -> list[str]:
    return [
        *(_("Day"), _("Kind"), _("Location"), _("Touchpoint"), _("Score"), _("Score there"), _("Text")),
        *(_("Source"), _("Author"), _("Link"), _("Answered on"), _("Labels"), _("Assigned to"), _("Handled")),
    ]


def _cells(rows: ReviewQuerySet) -> Iterator[list[Any]]:
    keys = list(rows.order_by("-said_on", "-pk").values_list("pk", flat=True)[:MOST_ROWS])
    zone = ZoneInfo(the_organisation().time_zone)
    for part in batched(keys, AT_ONCE):
        found = with_all(Review.objects.filter(pk__in=part)).in_bulk()
        yield from (_row(found[key], zone) for key in part if key in found)


def _row(review: Review, zone: ZoneInfo) -> list[Any]:
    row = row_of(review)
    source = review.source_name or (str(review.get_source_display()) if review.source else "")
    return [
        review.said_on.isoformat(),
        str(review.get_kind_display()),
        review.location.name,
        review.touchpoint.name,
        row.score or None,
        row.scale,
        review.text,
        source,
        review.author or review.name,
        review.link,
        review.answered_on.isoformat() if review.answered_on else "",
        _names(review.labels.all()),
        str(review.assigned_to or ""),
        review.handled_at.astimezone(zone).date().isoformat() if review.handled_at else "",
    ]


def _names(labels: Iterable[Any]) -> str:
    return ", ".join(sorted(label.name for label in labels))
