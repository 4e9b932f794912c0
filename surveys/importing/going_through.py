"""One pass over a file: rows read in batches, good ones handed on, bad ones counted, memory flat."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from itertools import batched
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.importing.tables import Flaw, Row, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

    from surveys.importing.rows import GoodRow, RowReader
    from surveys.importing.tables import Table

BATCH = 2_000
MAX_ROWS = 1_000_000
MAX_FLAWS = 1_000


@dataclass(slots=True)
class Tally:
    """What a pass has seen so far. `flaws` are the first thousand, `refused` counts every bad row.

    Good rows are new or known: known ones were imported before.
    """

    rows: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    flaws: list[Flaw] = field(default_factory=list)

    @property
    def good(self) -> int:
        return self.new + self.known

    @property
    def is_clean(self) -> bool:
        return self.refused == 0


def go_through(
    table: Table,
    reader: RowReader,
    *,
    take: Callable[[list[GoodRow], Tally], int],
    tell: Callable[[Tally], None],
) -> Tally:
    """Read every row. `take` gets the good ones of each batch and returns how many of them are new; `tell` hears
    of the progress after each batch. Raises UnreadableFileError.
    """
    tally = Tally()
    with SeenIds() as seen:
        for batch in batched(table.rows, BATCH, strict=False):
            good = [row for row in _readable(batch, reader, tally) if _is_first(row, reader, seen, tally)]
            new = take(good, tally) if good else 0
            tally.new += new
            tally.known += len(good) - new
            tell(tally)
    if not tally.rows:
        raise UnreadableFileError(_("The file has no rows below its headers."))
    return tally


def _readable(batch: tuple[Row, ...], reader: RowReader, tally: Tally) -> Iterator[GoodRow]:
    for row in batch:
        tally.rows += 1
        if tally.rows > MAX_ROWS:
            raise UnreadableFileError(
                _("The file has more than %(limit)d rows. Split it.") % {"limit": MAX_ROWS}
            )
        read = reader.read(row)
        if isinstance(read, list):
            _refuse(read, tally)
        else:
            yield read


def _is_first(row: GoodRow, reader: RowReader, seen: SeenIds, tally: Tally) -> bool:
    """Whether no row above has the same id: two rows with one id are two answers or a mistake, who knows."""
    if not reader.said.id_column:
        return True
    before = seen.row_with(row.id.bytes, row.number)
    if before:
        reason = _("Row %(row)d has the same id.") % {"row": before}
        _refuse([Flaw(row.number, reader.said.id_column, "", reason)], tally)
    return not before


def _refuse(flaws: list[Flaw], tally: Tally) -> None:
    tally.refused += 1
    tally.flaws += flaws[: MAX_FLAWS - len(tally.flaws)]


class SeenIds:
    """The ids of a file, kept in a temporary file that SQLite makes and removes: memory stays flat."""

    def __enter__(self) -> Self:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=OFF")
        self._connection.execute("BEGIN")
        self._connection.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID")
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def row_with(self, key: bytes, number: int) -> int:
        """The number of the row that had this id before, 0 when this is the first."""
        added = self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, number))
        if added.rowcount:
            return 0
        found = self._connection.execute("SELECT number FROM seen WHERE id = ?", (key,)).fetchone()
        return int(found[0])
