"""Scoring: what was answered becomes cells, each response exactly once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from scoring.cells import move_cells
from scoring.claims import claim
from scoring.models import ScoringState
from scoring.repeats import flag_repeated
from scoring.rows import plans_of
from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

# Responses of one transaction. SQLite has one writer: customers wait for it, so it is short there.
BATCH = {"postgresql": 20_000, "sqlite": 2_000}
# How much older than it is the oldest unscored response may look, for the sake of fewer writes.
STATE_RESOLUTION = timedelta(seconds=10)


def score_pending(*, now: datetime, limit: int | None = None) -> int:
    """Count at most `limit` unscored responses, and return how many. 0: there is nothing that is not in hand.

    Claiming, counting, moving the cells and marking as scored is one transaction, so that each response counts
    exactly once, whoever else is scoring and whatever dies. `now` is a moment before the call.
    """
    if not Response.objects.unscored().exists():
        ScoringState.note_drained(at=now, resolution=STATE_RESOLUTION)
        return 0
    return _score_batch(now, limit or BATCH[connection.vendor])


def score_all_pending(*, clock: Callable[[], datetime], until: datetime | None = None) -> int:
    """Score batch by batch what is there now, or until the time is over, and return how many were scored.

    What comes in meanwhile waits for the next ring or sweep: whoever ran after every single response would be
    scoring without a pause, at the cost of the customers who are answering.
    """
    scored, full = 0, BATCH[connection.vendor]
    while until is None or clock() < until:
        batch = score_pending(now=clock())
        scored += batch
        if batch < full:
            break
    return scored


@transaction.atomic
def _score_batch(now: datetime, limit: int) -> int:
    claimed = claim(limit=limit)
    if claimed.rows:
        flag_repeated(claimed.rows, plans_of(row.version for row in claimed.rows))
        move_cells(added=claimed.rows, now=now)
    if claimed.is_everything:
        ScoringState.note_drained(at=now, resolution=STATE_RESOLUTION)
    return claimed.responses
