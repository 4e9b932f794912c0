"""Makes a file of responses: in pieces that are on the disk before they are noted, so that a worker may die anywhere.

The file's own lock says who is at it: the system lets go of it when the process ends, however it ends. Whoever comes
next cuts off what was not noted and goes on behind it.
"""

from __future__ import annotations

import fcntl
import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.http import QueryDict

from organisation.rules import may_edit
from reports.enums import ExportKind, ExportState
from reports.exports.columns import columns_of
from reports.exports.lines import Lines, last_of
from reports.exports.packing import pack
from reports.exports.rows import next_rows, responses_behind
from reports.models import ReportExport
from reports.reading import ask
from reports.vocabulary import load_vocabulary
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from typing import BinaryIO
    from uuid import UUID

    from reports.exports.columns import Columns
    from reports.exports.lines import Stored
    from surveys.answering.published import Published
    from surveys.models.responses import ResponseQuerySet

logger = logging.getLogger(__name__)
ROWS_IN_A_PIECE = 20_000
BYTE_ORDER_MARK = "\ufeff"
# Files that take no text for a formula, and those that say themselves what the keys of choices mean.
TEXT_IS_TEXT = frozenset({ExportKind.XLSX, ExportKind.SAV})
HAVE_A_CODEBOOK = frozenset({ExportKind.ZIP, ExportKind.SAV})
# None of what goes into a file can be asked for again, so it is readable by the site alone.
OWNER_ONLY = 0o600


class Removed(Exception):
    """Nobody wants the file any more."""


class CannotBeMade(Exception):
    """Whoever asked may no longer, or what was asked for is no longer there."""


def go_on(
    *, export_id: UUID, clock: Callable[[], datetime], until: datetime, piece: int = ROWS_IN_A_PIECE
) -> bool:
    """Write pieces until the file is whole or the time is over; True where there is more to do.

    False too where somebody else is at it, or it was removed. Raises DatabaseError: it is tried again then.
    """
    export = ReportExport.objects.unfinished().filter(pk=export_id).first()
    if export is None:
        return False
    with _sole_writer(export) as file:
        if file is None or not _is_wanted(export):
            return False
        try:
            return _write(export, file, clock, until, piece)
        except DatabaseError:
            raise
        except Removed:
            return False
        except Exception:
            logger.exception("The file of responses %s could not be made.", export.pk)
            _end(export, ExportState.FAILED, clock())
            return False


def _is_wanted(export: ReportExport) -> bool:
    """As it is known now that nobody else writes. What was removed meanwhile leaves no file behind."""
    current = ReportExport.objects.unfinished().filter(pk=export.pk).first()
    if current is None:
        is_ready = ReportExport.objects.filter(pk=export.pk, state=ExportState.READY).exists()
        if not (is_ready and export.kind == ExportKind.CSV):
            export.part_path.unlink(missing_ok=True)
        return False
    for name in ("rows_done", "bytes_done", "last_version", "last_day", "last_key", "state"):
        setattr(export, name, getattr(current, name))
    return True


@contextmanager
def _sole_writer(export: ReportExport) -> Iterator[BinaryIO | None]:
    """The file, to be written by nobody else; None where somebody is at it already."""
    path = export.part_path
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file


def _write(
    export: ReportExport, file: BinaryIO, clock: Callable[[], datetime], until: datetime, piece: int
) -> bool:
    responses, columns = _asked_again(export)
    slug = columns.versions[0].slug if columns.versions else ""
    lines = Lines(
        columns,
        slug,
        is_guarded=export.kind not in TEXT_IS_TEXT,
        has_labels=export.kind not in HAVE_A_CODEBOOK,
    )
    _go_to_the_end(export, file, lines)
    for version, rows in _pieces(export, responses, columns, piece):
        _add(export, file, lines.of(version, rows), last=(version, rows))
        if clock() >= until:
            return True
    if export.kind != ExportKind.CSV:
        pack(export, columns)
    _end(export, ExportState.READY, clock())
    return False


def _asked_again(export: ReportExport) -> tuple[ResponseQuerySet, Columns]:
    """What the stored address means to whoever asked for it. Raises CannotBeMade."""
    owner = export.owner
    vocabulary = load_vocabulary(owner)
    if not owner.is_active or not may_edit(owner) or not vocabulary.surveys:
        raise CannotBeMade("Whoever asked for it may no longer.")
    asked = ask(QueryDict(export.filters), vocabulary, now=export.asked_at)
    if asked.problems:
        raise CannotBeMade("; ".join(problem.message for problem in asked.problems))
    language = Survey.objects.values_list("language", flat=True).get(pk=asked.survey.id)
    return responses_behind(asked), columns_of(asked.survey.id, language, at=export.asked_at)


def _go_to_the_end(export: ReportExport, file: BinaryIO, lines: Lines) -> None:
    """Of what was noted. A file that holds less than that is begun afresh."""
    if os.fstat(file.fileno()).st_size < export.bytes_done:
        export.rows_done, export.bytes_done = 0, 0
        export.last_version = export.last_day = export.last_key = None
    file.truncate(export.bytes_done)
    file.seek(export.bytes_done)
    if not export.bytes_done:
        mark = BYTE_ORDER_MARK if export.kind == ExportKind.CSV else ""
        _add(export, file, mark + lines.head())


def _pieces(
    export: ReportExport, responses: ResponseQuerySet, columns: Columns, piece: int
) -> Iterator[tuple[Published, list[Stored]]]:
    """What follows the last row that was noted, a version after the other."""
    ids = [version.version_id for version in columns.versions]
    begun = ids.index(export.last_version) if export.last_version else 0
    for version in columns.versions[begun:]:
        is_going_on = version.version_id == export.last_version
        after: tuple[Any, Any] | None = (export.last_day, export.last_key) if is_going_on else None
        while rows := next_rows(responses, version.version_id, after, piece):
            yield version, rows
            after = last_of(rows)
            if len(rows) < piece:
                break


def _add(
    export: ReportExport, file: BinaryIO, text: str, last: tuple[Published, list[Stored]] | None = None
) -> None:
    """Bring it to the disk, then note it. Raises Removed."""
    export.bytes_done += file.write(text.encode())
    file.flush()
    os.fsync(file.fileno())
    export.state = ExportState.RUNNING
    if last:
        version, rows = last
        export.rows_done += len(rows)
        export.last_version = version.version_id
        export.last_day, export.last_key = last_of(rows)
    # Responses may have come in since they were counted.
    export.rows_total = max(export.rows_total, export.rows_done)
    _note(export, "state", "rows_done", "rows_total", "bytes_done", "last_version", "last_day", "last_key")


def _end(export: ReportExport, state: ExportState, now: datetime) -> None:
    export.state, export.ended_at = state, now
    if state == ExportState.READY:
        export.rows_total = export.rows_done
    if state == ExportState.FAILED or export.kind != ExportKind.CSV:
        export.part_path.unlink(missing_ok=True)
    _note(export, "state", "ended_at", "rows_total")


def _note(export: ReportExport, *names: str) -> None:
    """Where the row is gone there is nothing to be noted, and nothing to be kept. Raises Removed."""
    values = {name: getattr(export, name) for name in names}
    if not ReportExport.objects.filter(pk=export.pk).update(**values):
        export.part_path.unlink(missing_ok=True)
        export.path.unlink(missing_ok=True)
        raise Removed
