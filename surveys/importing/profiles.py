"""What stands in each column of a file, so that a person can say what it means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from surveys.importing.tables import clean, open_table
from surveys.importing.texts import is_plainly_utf8

if TYPE_CHECKING:
    from pathlib import Path

    from surveys.importing.mapping import FileMap
    from surveys.importing.tables import Table

# The check reads every row; this look at the beginning is for the page that is waiting.
ROWS, SAMPLES, SHOWN, MOST_COUNTED = 20_000, 5, 50, 1_000


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """`values` are the most frequent, with how often they occur; `others` counts the further different ones."""

    header: str
    samples: tuple[str, ...]
    values: tuple[tuple[str, int], ...]
    others: int


@dataclass(frozen=True, slots=True)
class FileProfile:
    """`rows` were looked at, which is the whole file or its beginning."""

    columns: tuple[ColumnProfile, ...]
    rows: int
    is_whole: bool
    encoding: str
    is_plainly_utf8: bool
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]

    @property
    def headers(self) -> list[str]:
        return [column.header for column in self.columns]

    def column(self, header: str) -> ColumnProfile | None:
        return next((column for column in self.columns if column.header == header), None)


def profile_file(path: Path, file: FileMap) -> FileProfile:
    """Raises UnreadableFileError."""
    with open_table(path, file) as table:
        samples, counts, rows = _look(table)
        is_whole = rows < ROWS
        return FileProfile(
            columns=tuple(
                _profile(header, [row[at] for row in samples], counts[at])
                for at, header in enumerate(table.headers)
            ),
            rows=rows,
            is_whole=is_whole,
            encoding=table.encoding,
            is_plainly_utf8=is_plainly_utf8(path),
            delimiter=table.delimiter,
            sheet=table.sheet,
            sheets=table.sheets,
        )


def _look(table: Table) -> tuple[list[list[str]], list[Counter[str]], int]:
    samples: list[list[str]] = []
    counts: list[Counter[str]] = [Counter() for _header in table.headers]
    rows = 0
    for row in islice(table.rows, ROWS):
        rows += 1
        if row.flaw:
            continue
        if len(samples) < SAMPLES:
            samples.append(row.cells)
        for count, cell in zip(counts, row.cells, strict=False):
            text = cell.strip()
            if text in count or len(count) < MOST_COUNTED:
                count[text] += 1
    return samples, counts, rows


def _profile(header: str, samples: list[str], count: Counter[str]) -> ColumnProfile:
    ordered = sorted(count.items(), key=lambda entry: (-entry[1], entry[0]))
    shown = tuple(ordered[:SHOWN])
    return ColumnProfile(
        header, tuple(clean(sample.strip(), 40) for sample in samples), shown, len(ordered) - len(shown)
    )
