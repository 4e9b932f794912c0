"""A whole file of mentions, read and checked. Every row is good, known from before, or listed with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reviews.mentions.rows import MentionReader
from surveys.importing.places import Places, known_locations, known_touchpoints
from surveys.importing.tables import Flaw, UnreadableFileError, open_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from pathlib import Path

    from reviews.mentions.entries import Mention
    from reviews.mentions.mapping import MentionMap
    from surveys.importing.tables import Table

MAX_ROWS = 10_000


@dataclass(slots=True)
class Found:
    """What a file holds. `mentions` are the good rows, each under its number; of `flaws` a row may have several.

    `said` is the map with everything settled that it had left open.
    """

    said: MentionMap
    rows: int = 0
    mentions: dict[int, Mention] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    @property
    def refused(self) -> int:
        return len({flaw.row for flaw in self.flaws})

    def refuse(self, number: int, column: str, value: str, reason: str) -> None:
        """Take a good row back."""
        del self.mentions[number]
        self.flaws.append(Flaw(number, column, value, reason))


def read_file(path: Path, said: MentionMap, *, own: Collection[int], now: datetime) -> Found:
    """Every row of the file. Raises UnreadableFileError and BadMapError."""
    with open_table(path, said.file) as table:
        reader = MentionReader(
            said=said,
            headers=table.headers,
            locations=Places(known_locations(), said.location),
            touchpoints=Places(known_touchpoints(), said.touchpoint),
            own=own,
            now=now,
        )
        found = Found(_settled(said, table, reader))
        _read_rows(table, reader, found)
    if not found.rows:
        raise UnreadableFileError(_("The file has no rows below its headers."))
    return found


def _read_rows(table: Table, reader: MentionReader, found: Found) -> None:
    first_with: dict[str, int] = {}
    for row in table.rows:
        found.rows += 1
        if found.rows > MAX_ROWS:
            raise UnreadableFileError(
                _("The file has more than %(limit)d rows. Split it.") % {"limit": MAX_ROWS}
            )
        read = reader.read(row)
        if isinstance(read, list):
            found.flaws += read
            continue
        found.mentions[row.number] = read
        before = first_with.setdefault(read.digest, row.number)
        if before != row.number:
            reason = _("Row %(row)d is the same mention.") % {"row": before}
            found.refuse(row.number, "", read.link, reason)


def refuse_changed(found: Found, known: Mapping[str, str | None]) -> None:
    """List the rows that are known, but say something else by now: bringing them in would double them, and passing
    them over would lose what they say. `known` holds the words that came before, by digest; what was erased stays so.
    """
    for number, mention in list(found.mentions.items()):
        if known.get(mention.digest, mention.text) not in {None, mention.text}:
            reason = _("A mention with this link and author is there, in other words.")
            found.refuse(number, found.said.columns.get("link", ""), mention.link, reason)


def _settled(said: MentionMap, table: Table, reader: MentionReader) -> MentionMap:
    """So that the same file means the same on the day of its import as on that of its check."""
    written = replace(said.file, delimiter=table.delimiter, encoding=table.encoding, sheet=table.sheet)
    on = None if "date" in said.columns else said.on or reader.today(reader.locations.whole_file)
    return replace(said, file=written, on=on)
