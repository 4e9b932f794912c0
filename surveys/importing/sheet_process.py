"""Reads one sheet of a workbook and writes its rows as lines of JSON. Run as a program, never imported.

A workbook of five kilobytes can ask for a hundred gigabytes (one cell far out is enough), and the reader then ends
its process. So it is a process of its own, with limits; it imports nothing of the site.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime
from datetime import time as clock
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 1 << 30
SECONDS = 300
UNPACKED = 1 << 30
CHUNK, OVERLAP = 1 << 20, 1 << 12
# A cell that shows an error, such as #N/A: the reader gives it as an empty one, which would be a guess.
ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\bt="e"[^>]*>.*?</(?:\w+:)?c>', re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
SHOWN = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DOCUMENT = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WHOLE = 1e15


class RefusedError(Exception):
    """Carries a code that the parent process knows."""


def limit() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 (there is none on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main(path: str, wanted: str) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415 (after the limits are set)

    with open(path, "rb") as stream, zipfile.ZipFile(path) as archive:  # noqa: PTH123
        if "xl/workbook.xml" not in archive.namelist():
            raise RefusedError("not-a-workbook")
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
            raise RefusedError("too-large")
        book = CalamineWorkbook.from_filelike(stream)
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if not names or (wanted and wanted not in names):
            raise RefusedError("no-such-sheet")
        name = wanted or names[0]
        broken = error_cells(archive, name)
        sheet = book.get_sheet_by_name(name)
        tell({"sheet": name, "sheets": names})
        left = sheet.start[1] if sheet.start else 0
        for number, cells in enumerate(sheet.iter_rows()):
            texts = [text(cell) for cell in cells]
            for column, shown in broken.get(number, {}).items():
                if 0 <= column - left < len(texts):
                    texts[column - left] = shown
            tell(texts)


def tell(data: object) -> None:
    sys.stdout.write(json.dumps(data) + "\n")


def text(cell: object) -> str:
    """The cell as text: a number without its needless “.0”, a day as 2026-01-31."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < WHOLE else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == clock.min else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | clock) else str(cell)


def error_cells(archive: zipfile.ZipFile, sheet: str) -> dict[int, dict[int, str]]:
    """What cells with an error show, by row and column counted from 0."""
    found: dict[int, dict[int, str]] = {}
    with archive.open(part_of(archive, sheet)) as stream:
        for match in matches(stream):
            place, shown = PLACE.search(match), SHOWN.search(match)
            if place:
                row = found.setdefault(int(place[2]) - 1, {})
                row[column_number(place[1].decode())] = shown[1].decode("ascii", "replace") if shown else "#"
    return found


def matches(stream: IO[bytes]) -> Iterator[bytes]:
    """Every error cell once, in a part that may be far larger than the memory."""
    left = b""
    while chunk := stream.read(CHUNK):
        data = left + chunk
        # Cells that are cut off at the end of this chunk are whole in the next one.
        end = data.rfind(b"<", 0, len(data) - OVERLAP) if len(chunk) == CHUNK else len(data)
        end = len(data) if end < 0 else end
        whole = max(data.rfind(b"</row>", 0, end), data.rfind(b"</c>", 0, end)) if len(chunk) == CHUNK else end
        whole = end if whole < 0 else whole + len(b"</row>")
        if b't="e"' in data[:whole]:
            yield from (match[0] for match in ERROR_CELL.finditer(data[:whole]))
        left = data[whole:]


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of the archive that holds the sheet."""
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 (this process has limits)
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    wanted = next(one.get(f"{DOCUMENT}id") for one in book.iter(f"{MAIN}sheet") if one.get("name") == sheet)
    target = next(str(link.get("Target")) for link in links if link.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


if __name__ == "__main__":
    limit()
    try:
        main(*sys.argv[1:3])
        sys.stdout.flush()
    except RefusedError as refusal:
        tell({"error": str(refusal)})
    except BrokenPipeError:
        sys.stderr.close()
