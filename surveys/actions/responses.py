"""Storing what was answered: one row, one INSERT, whatever way it came."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from surveys import doorbell
from surveys.enums import Flag
from surveys.models import Response

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from uuid import UUID

    from surveys.answering.answers import Answers
    from surveys.enums import Mode


@dataclass(frozen=True, slots=True)
class Submission:
    """A checked response on its way into the database. `received_at` is None where the survey is anonymous."""

    id: UUID
    version_id: int
    location_id: int
    touchpoint_id: int
    mode: Mode
    received_on: date
    received_at: datetime | None
    flags: Flag | int = 0


def store_response(*, submission: Submission, answers: Answers) -> bool:
    """Store a response once; True when it is new, False when it was there already (a retry, a replay).

    The row stands alone, so outside a transaction its INSERT is the whole transaction. A robot's response is
    held: it is kept and shown, and counts only once somebody releases it.
    """
    response = Response(
        id=submission.id,
        version_id=submission.version_id,
        location_id=submission.location_id,
        touchpoint_id=submission.touchpoint_id,
        mode=submission.mode,
        received_on=submission.received_on,
        received_at=submission.received_at,
        ratings=answers.ratings,
        answers=answers.answers,
        flags=submission.flags,
        is_held=bool(submission.flags & Flag.ROBOT),
    )
    try:
        with _own_transaction():
            response.save(force_insert=True)
    except IntegrityError:
        if Response.objects.filter(pk=submission.id).exists():
            return False
        raise
    transaction.on_commit(doorbell.ring, robust=True)
    return True


def _own_transaction() -> AbstractContextManager[object]:
    """Inside a transaction a refused INSERT must not take the rest along; alone it needs no BEGIN and COMMIT."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
