"""Asking for a file of responses, removing one, and clearing away what has expired."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions import record_change
from organisation.models import Member
from reports import numerals
from reports.enums import ExportKind
from reports.exports.rows import responses_behind
from reports.models import ReportExport

if TYPE_CHECKING:
    from datetime import datetime

    from reports.reading import Asked

KEPT_FOR = timedelta(days=7)
MOST_AT_ONCE = 5  # of one member, that are not ready yet
# Of kinds that are made in one go: a spreadsheet takes its time, an SPSS file is in memory as a whole.
MOST_ROWS = 250_000
MADE_IN_ONE_GO = frozenset({ExportKind.XLSX, ExportKind.SAV})


class TooManyAtOnce(Exception):
    """The member waits for as many files already as one may wait for."""


class TooLong(Exception):
    """More responses than go into a file of that kind."""


@transaction.atomic
def ask_for_export(*, asked: Asked, kind: ExportKind, by: Member, now: datetime) -> ReportExport:
    """Let a worker make a file of the responses behind a scope. Raises TooManyAtOnce, TooLong."""
    # Locked, so that two at the same time see one another.
    Member.objects.select_for_update().get(pk=by.pk)
    if ReportExport.objects.visible_to(by).unfinished().count() >= MOST_AT_ONCE:
        raise TooManyAtOnce
    rows = responses_behind(asked).count()
    if kind in MADE_IN_ONE_GO and rows > MOST_ROWS:
        raise TooLong
    export = ReportExport.objects.create(
        owner=by,
        kind=kind,
        name=f"{asked.survey.name} · {numerals.days_of(asked.filters)}"[:300],
        # Days in figures: the file is about the days that were meant when it was asked for.
        filters=asked.filters.query(shortcut=None, dimension=()),
        rows_total=rows,
        asked_at=now,
        expires_at=now + KEPT_FOR,
    )
    changes = {"filters": [None, export.filters], "responses": [None, rows], "kind": [None, kind.value]}
    record_change(action="exported", subject=export, by=by, now=now, changes=changes)
    return export


@transaction.atomic
def remove_export(*, export: ReportExport, by: Member, now: datetime) -> None:
    """Its file first: what is left behind by a stop in between is a row without a file, and never the other way."""
    record_change(action="removed", subject=export, by=by, now=now)
    clear(export)


def clear_expired(*, now: datetime) -> int:
    """Remove every file whose time is over; how many there were."""
    expired = list(ReportExport.objects.expired(at=now))
    for export in expired:
        clear(export)
    return len(expired)


def clear(export: ReportExport) -> None:
    for path in (export.path, export.part_path, export.path.with_suffix(".making")):
        path.unlink(missing_ok=True)
    ReportExport.objects.filter(pk=export.pk).delete()
