"""CSV, streamed: one line at a time is in memory, and whatever is odd is told with its row."""

from __future__ import annotations

import codecs
import csv
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from django.utils.translation import gettext as _

from surveys.importing.tables import Flaw, Row, Table, UnreadableFileError, clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from surveys.importing.mapping import FileMap

DELIMITERS = (",", ";", "\t", "|")
MAX_LINE = 1_000_000
PIECE = 1_000_000  # bytes looked at together
# What `surrogateescape` makes of a byte that is none of the encoding's.
UNDECODABLE = re.compile("[\udc80-\udcff]")


@contextmanager
def open_text(path: Path, file: FileMap) -> Iterator[Table]:
    encoding = file.encoding or _encoding_of(path)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    # strict decoding would lose the row: undecodable bytes are kept apart and reported where they stand.
    errors = "strict" if encoding == "utf-16" else "surrogateescape"
    with path.open(encoding=codec, errors=errors, newline="") as stream:
        delimiter = file.delimiter or _delimiter_of(stream)
        stream.seek(0)
        rows = _rows(csv.reader(_lines(stream), delimiter=delimiter, strict=True), encoding)
        yield Table(_headers(rows), rows, encoding=encoding, delimiter=delimiter)


def is_plainly_utf8(path: Path) -> bool:
    """Whether the whole file is UTF-8 and holds more than ASCII: by chance hardly any other encoding is."""
    decode, is_ascii = codecs.getincrementaldecoder("utf-8")().decode, True
    with path.open("rb") as stream:
        try:
            while piece := stream.read(PIECE):
                is_ascii = is_ascii and piece.isascii()
                decode(piece)
            decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return not is_ascii


def _encoding_of(path: Path) -> str:
    with path.open("rb") as stream:
        begins = stream.read(2)
    return "utf-16" if begins in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8"


def _delimiter_of(stream: TextIO) -> str:
    """The one that parts the header into the most cells; a comma where none does."""

    def width(delimiter: str) -> int:
        try:
            return len(next(csv.reader([header], delimiter=delimiter), []))
        except csv.Error:
            return 0

    header = next((line for line in _lines(stream) if line.strip()), "")
    return max(DELIMITERS, key=width)


def _lines(stream: TextIO) -> Iterator[str]:
    """Lines of bounded length, so that a file without line ends does not fill the memory."""
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(MAX_LINE)
        except UnicodeError as error:
            raise UnreadableFileError(_("The file is not written in the encoding that it says.")) from error
        if not line:
            return
        if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            raise UnreadableFileError(
                _("Line %(number)d is longer than %(limit)d characters. Is this a CSV file?")
                % {"number": number, "limit": MAX_LINE}
            )
        yield line


def _headers(rows: Iterator[Row]) -> list[str]:
    first = next(rows, None)
    if first is None:
        raise UnreadableFileError(_("The file is empty."))
    if first.flaw and not first.cells:
        raise UnreadableFileError(_("The headers cannot be read: %(reason)s") % {"reason": first.flaw.reason})
    return [cell.strip() for cell in first.cells]


def _rows(reader: Iterator[list[str]], encoding: str) -> Iterator[Row]:
    """Every record that is not blank, numbered as a spreadsheet would: the first of the file is row 1."""
    number, width = 0, 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, [], Flaw(number, "", "", _reason(error)))
            continue
        if not any(cells) or not any(map(str.strip, cells)):
            continue
        width = width or len(cells)
        flaw = _flaw(number, cells, width, encoding)
        yield Row(number, cells, flaw)


def _flaw(number: int, cells: list[str], width: int, encoding: str) -> Flaw | None:
    if len(cells) < width or any(cells[width:]):
        reason = _("The row has %(cells)d cells, the header has %(width)d.")
        return Flaw(number, "", "", reason % {"cells": len(cells), "width": width})
    if "".join(cells).isascii():
        return None
    bad = next((cell for cell in cells if UNDECODABLE.search(cell)), None)
    if bad is None:
        return None
    reason = _("A byte here is not %(encoding)s. Say in which encoding the file is written.")
    return Flaw(number, "", clean(bad), reason % {"encoding": encoding.upper()})


def _reason(error: csv.Error) -> str:
    said = str(error)
    if "field larger" in said:
        return _("A cell is longer than %(limit)d characters.") % {"limit": csv.field_size_limit()}
    if "unexpected end" in said:
        return _("A quotation mark is opened in this row or below and never closed.")
    return _("The quotation marks of this row do not fit: a quoted cell ends before its delimiter.")
