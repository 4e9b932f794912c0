"""A file, a map and a survey brought together: every row read, and everything settled that was left open."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.answering.published import published
from surveys.importing.entries import BadMapError
from surveys.importing.going_through import go_through
from surveys.importing.places import Places, known_locations, known_touchpoints
from surveys.importing.rows import RowReader
from surveys.importing.tables import open_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from surveys.importing.going_through import Tally
    from surveys.importing.mapping import ImportMap, PlaceMap
    from surveys.importing.rows import GoodRow
    from surveys.importing.tables import Table
    from surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Examined:
    """What a pass found. `said` is the map with everything settled that it had left open."""

    tally: Tally
    said: ImportMap
    version_id: int
    new_locations: dict[str, str]

    @property
    def passes(self) -> bool:
        """Whether an import may follow: every row is good, or the bad ones may be left out and there are good ones."""
        tally = self.tally
        return tally.good > 0 and (tally.is_clean or self.said.skip_bad_rows)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import and the map for it."""

    path: Path
    sha256: str
    survey: Survey
    said: ImportMap


def examine(
    source: Source,
    *,
    now: datetime,
    take: Callable[[list[GoodRow], Tally, RowReader], int],
    tell: Callable[[Tally], None],
) -> Examined:
    """Go through the whole file (see go_through). Raises UnreadableFileError and BadMapError."""
    version_id = source.survey.live_version_id
    if version_id is None:
        raise BadMapError([_("The survey is not published: publish it first.")])
    if source.survey.archived_at:
        raise BadMapError([_("The survey is archived: restore it first.")])
    with open_table(source.path, source.said.file) as table:
        reader = RowReader(
            version=published(version_id, source.survey.language),
            said=source.said,
            headers=table.headers,
            locations=Places(known_locations(), source.said.location),
            touchpoints=Places(known_touchpoints(), source.said.touchpoint),
            origin=_origin(source, table),
            now=now,
        )
        tally = go_through(table, reader, take=lambda rows, so_far: take(rows, so_far, reader), tell=tell)
        return Examined(tally, settled(reader, table), version_id, dict(reader.locations.new))


def _origin(source: Source, table: Table) -> str:
    """What a row without an id has its place in: the very file, and in a workbook its sheet. Each sheet counts its
    rows from 1; the first is the file itself.
    """
    return (
        f"{source.sha256} {table.sheet}" if table.sheets and table.sheet != table.sheets[0] else source.sha256
    )


def settled(reader: RowReader, table: Table) -> ImportMap:
    """The map with what the file, its places and the day settled, so that it means the same another day."""
    said = reader.said
    return replace(
        said,
        file=replace(said.file, delimiter=table.delimiter, encoding=table.encoding, sheet=table.sheet),
        date=said.date if said.date.column or said.date.on else replace(said.date, on=reader.today),
        location=_settled_place(said.location, reader.locations),
        touchpoint=_settled_place(said.touchpoint, reader.touchpoints),
        ignored=tuple(header for header in table.headers if header and header not in said.columns),
    )


def _settled_place(said: PlaceMap, places: Places) -> PlaceMap:
    if not said.column:
        return replace(said, code=places.whole_file.code if places.whole_file else "")
    return replace(said, values={**said.values, **places.new_texts})


def hash_file(path: Path) -> str:
    """The SHA-256 of the bytes: two files are the same file when it is the same."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def with_bad_rows_skipped(said: ImportMap) -> ImportMap:
    return replace(said, skip_bad_rows=True)
