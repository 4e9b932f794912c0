"""A file as headers and rows of text, judged by its bytes, never by its name. Rows are read as they are needed."""

from __future__ import annotations

import codecs
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from surveys.importing.mapping import FileMap

MAX_COLUMNS = 500
MAX_HEADER = 300
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
JUDGED = 65_536


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; the message says why, to whoever sent it."""


class Flaw(NamedTuple):
    """Why a row is refused: where, what stood there, and what is wrong with it. Rows are counted from 1."""

    row: int
    column: str
    value: str
    reason: str


class Row(NamedTuple):
    """Its number as a spreadsheet shows it, its cells as text, or the flaw that kept it from being read."""

    number: int
    cells: list[str]
    flaw: Flaw | None = None


@dataclass(slots=True)
class Table:
    """`headers` are stripped and as many as the file has columns; `rows` can be gone through once."""

    headers: list[str]
    rows: Iterator[Row]
    # What the bytes said where the map did not.
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


@contextmanager
def open_table(path: Path, file: FileMap) -> Iterator[Table]:
    """The file as a table. Raises UnreadableFileError, here or while its rows are read."""
    with path.open("rb") as stream:
        begins = stream.read(JUDGED)
    if begins.startswith(ZIP):
        from surveys.importing.sheets import open_sheet as opened  # noqa: PLC0415 (only where it is needed)
    else:
        _refuse_what_is_no_text(begins)
        from surveys.importing.texts import open_text as opened  # noqa: PLC0415
    with opened(path, file) as table:
        table.headers = _checked_headers(table.headers)
        yield table


def _refuse_what_is_no_text(begins: bytes) -> None:
    if not begins.strip():
        raise UnreadableFileError(_("The file is empty."))
    if begins.startswith(OLD_OFFICE):
        raise UnreadableFileError(
            _("This is a workbook in the format before 2007, or an encrypted one. Save it as XLSX or CSV.")
        )
    if b"\0" in begins and not begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFileError(_("This is neither a CSV file nor an XLSX workbook."))


def _checked_headers(headers: list[str]) -> list[str]:
    """Headers as they can be shown; those in another encoding are odd to see, and then it can be chosen."""
    if not any(headers):
        raise UnreadableFileError(_("The file has no headers in its first row."))
    if len(headers) > MAX_COLUMNS:
        raise UnreadableFileError(
            _("The file has %(count)d columns; up to %(limit)d are read.")
            % {"count": len(headers), "limit": MAX_COLUMNS}
        )
    return [clean(header, MAX_HEADER) for header in headers]


def clean(text: str, limit: int = 100) -> str:
    """The text as it can be stored and shown: what cannot be is a question mark, and only the beginning."""
    shown = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "".join(character if character.isprintable() else "�" for character in shown)
