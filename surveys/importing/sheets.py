"""XLSX, read by a process of its own with limits (see sheet_process), row by row."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.importing.tables import Row, Table, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.importing.mapping import FileMap

PROGRAM = Path(__file__).with_name("sheet_process.py")


@contextmanager
def open_sheet(path: Path, file: FileMap) -> Iterator[Table]:
    # -I: nothing of this folder or of the environment stands in for the standard library.
    command = [sys.executable, "-I", str(PROGRAM), str(path), file.sheet]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 (our own program)
        try:
            lines = _lines(process)
            begins = next(lines)
            if not isinstance(begins, dict) or "error" in begins:
                raise UnreadableFileError(_refusal(begins))
            rows = _rows(lines)
            first = next(rows, None)
            if first is None:
                raise UnreadableFileError(_("The sheet is empty."))
            headers = [cell.strip() for cell in first.cells]
            yield Table(headers, rows, sheet=begins["sheet"], sheets=tuple(begins["sheets"]))
        finally:
            process.kill()


def _lines(process: subprocess.Popen[bytes]) -> Iterator[object]:
    """What the process says, to its proper end."""
    for line in process.stdout or ():
        yield json.loads(line)
    if process.wait() != 0:
        raise UnreadableFileError(
            _("This workbook cannot be opened: it is damaged, protected or too large. Save the sheet as CSV.")
        )


def _rows(lines: Iterator[object]) -> Iterator[Row]:
    for number, cells in enumerate(lines, start=1):
        if isinstance(cells, list) and any(cell.strip() for cell in cells):
            yield Row(number, cells)


def _refusal(said: object) -> str:
    code = said.get("error") if isinstance(said, dict) else ""
    if code == "too-large":
        return _("This workbook is too large when it is unpacked. Save the sheet as CSV.")
    if code == "no-such-sheet":
        return _("The workbook has no sheet of that name.")
    return _("This is a packed file, but no XLSX workbook.")
