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
from xml.etree import ElementTree as ET

MEMORY = 1 << 30
SECONDS = 300
UNPACKED = 1 << 30
CHUNK = 1 << 20
ERROR_SIGNS = (b't="e"', b"t='e'")
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
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
    """What cells with an error such as #N/A show, by row and column from 0: the reader gives them as empty."""
    part = part_of(archive, sheet)
    found: dict[int, dict[int, str]] = {}
    if not has_error_cells(archive, part):
        return found
    with archive.open(part) as stream:
        for _event, element in ET.iterparse(stream):  # noqa: S314 (this process has limits)
            name = local(element.tag)
            place = PLACE.fullmatch(element.get("r", "")) if name == "c" and element.get("t") == "e" else None
            if place:
                shown = next((value.text or "" for value in element if local(value.tag) == "v"), "")
                found.setdefault(int(place[2]) - 1, {})[column_number(place[1])] = shown or "#"
            if name == "row":
                element.clear()
    return found


def has_error_cells(archive: zipfile.ZipFile, part: str) -> bool:
    """A quick look: nearly every sheet has none."""
    left = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            if any(sign in left + chunk for sign in ERROR_SIGNS):
                return True
            left = chunk[-len(ERROR_SIGNS[0]) :]
    return False


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of the archive that holds the sheet."""
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    wanted = next(
        {local(name): value for name, value in one.items()}["id"]
        for one in book.iter()
        if local(one.tag) == "sheet" and one.get("name") == sheet
    )
    target = next(link.get("Target", "") for link in links if link.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def local(name: str) -> str:
    """An XML name without its namespace: there are two for the same words."""
    return name.rpartition("}")[2]


if __name__ == "__main__":
    limit()
    try:
        main(*sys.argv[1:3])
    except RefusedError as refusal:
        tell({"error": str(refusal)})
