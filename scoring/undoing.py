"""Undoing an import. It stands here because the cells must move with the responses, and surveys know of no cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from scoring.actions import delete_responses
from surveys.models import ImportRun
from surveys.models.imports import ImportState

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


class NotImportedError(Exception):
    """There is nothing to undo: the run was not imported, or somebody undid it meanwhile."""


@transaction.atomic
def undo_import(*, run: ImportRun, by: Member | None, now: datetime) -> int:
    """Delete the run's responses and move the cells by the difference; returns how many. Their file may bring them
    again, save the words that were erased meanwhile. Raises NotImportedError.
    """
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != ImportState.IMPORTED:
        raise NotImportedError
    run.state, run.ended_at = ImportState.UNDONE, now
    run.save(update_fields=["state", "ended_at"])
    return delete_responses(responses=run.responses.all(), subject=run, by=by, now=now, may_return=True)
