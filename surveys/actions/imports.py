"""What people do with an import: send a file, map it, have it checked and imported, give it up."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from organisation.actions import record_change
from surveys.actions.import_runs import NotNowError, drop_file, refuse_second_import
from surveys.actions.import_writer import drop_rows
from surveys.importing.tables import clean
from surveys.models import ImportRun
from surveys.models.imports import ImportState

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from django.core.files.base import File

    from organisation.models import Member
    from surveys.importing.mapping import ImportMap
    from surveys.models import Survey

MAX_NAME = 200
# A file that was sent and not imported is kept for so long.
DAYS_KEPT = 7
# Nothing has been written and no worker is at it.
AT_REST = frozenset({ImportState.UPLOADED, ImportState.CHECKED, ImportState.REFUSED, ImportState.FAILED})


@transaction.atomic
def add_import(
    *, survey: Survey, file: File[bytes], by: Member, now: datetime, said: ImportMap | None = None
) -> ImportRun:
    """Keep a file that was sent, under a name of our own, until it is imported or given up."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    run = ImportRun(
        survey=survey,
        file_name=clean(file.name or "", MAX_NAME),
        sha256=digest.hexdigest(),
        mapping=said.as_data() if said else {},
        started_at=now,
        started_by=by,
    )
    run.file.save(uuid4().hex, file, save=False)
    run.save(force_insert=True)
    return run


@transaction.atomic
def map_import(*, run: ImportRun, said: ImportMap, and_check: bool = False) -> ImportRun:
    """Keep the map, and let a worker check the file with it; what another map found is forgotten. Raises NotNowError."""
    run = _locked(run, AT_REST)
    run.mapping = said.as_data()
    _begin_afresh(run, ImportState.CHECKING if and_check else ImportState.UPLOADED)
    return run


@transaction.atomic
def ask_for_check(*, run: ImportRun) -> ImportRun:
    """Let a worker check the file, once more if one died over it. Raises NotNowError."""
    run = _locked(run, AT_REST | {ImportState.CHECKING})
    _begin_afresh(run, ImportState.CHECKING)
    return run


@transaction.atomic
def ask_for_import(*, run: ImportRun, skip_bad_rows: bool = False) -> ImportRun:
    """Let a worker import the file, once more if one died over it. Raises NotNowError."""
    refused = {ImportState.REFUSED} if skip_bad_rows else set()
    run = _locked(run, {ImportState.CHECKED, ImportState.IMPORTING, ImportState.FAILED} | refused)
    refuse_second_import(run.survey, own=Q(pk=run.pk))
    if skip_bad_rows:
        run.mapping = {**run.mapping, "skip_bad_rows": True}
    run.state, run.rows_done, run.ended_at = ImportState.IMPORTING, 0, None
    run.save(update_fields=["mapping", "state", "rows_done", "ended_at"])
    return run


def give_up_import(*, run: ImportRun, by: Member, now: datetime) -> None:
    """Forget a run that was not imported: its file, its map, and whatever a dead worker left. Raises NotNowError."""
    _give_up(run, AT_REST | {ImportState.CHECKING, ImportState.IMPORTING}, by=by, now=now)


def drop_left_files(*, now: datetime) -> int:
    """Give up what nobody imported within DAYS_KEPT and no worker is at; returns how many."""
    left = ImportRun.objects.filter(state__in=AT_REST, started_at__lt=now - timedelta(days=DAYS_KEPT))
    count = 0
    for run in left.order_by("pk"):
        # Somebody may have asked for it at this moment.
        with suppress(NotNowError):
            _give_up(run, AT_REST, by=None, now=now)
            count += 1
    return count


@transaction.atomic
def _give_up(run: ImportRun, allowed: AbstractSet[ImportState], *, by: Member | None, now: datetime) -> None:
    run = _locked(run, allowed)
    drop_rows(run)
    record_change(action="gave up", subject=run, by=by, now=now, changes={"survey": run.survey.slug})
    drop_file(run)
    run.delete()


def _locked(run: ImportRun, allowed: AbstractSet[ImportState]) -> ImportRun:
    rows = ImportRun.objects.select_for_update(of=("self",)).select_related("survey")
    found = rows.filter(pk=run.pk, state__in=allowed).first()
    if found is None:
        raise NotNowError(_("This import has moved on meanwhile. See where it stands now."))
    return found


def _begin_afresh(run: ImportRun, state: ImportState) -> None:
    run.state, run.errors, run.ended_at = state, [], None
    run.rows_total, run.rows_done = None, 0
    run.rows_imported, run.rows_known, run.rows_refused = 0, 0, 0
    run.save(
        update_fields=[
            *("state", "mapping", "errors", "ended_at", "rows_total", "rows_done"),
            *("rows_imported", "rows_known", "rows_refused"),
        ]
    )
