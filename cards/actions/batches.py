"""The ledger of cards: a batch is opened with its counted number and closes when every card is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from cards.enums import CardState
from cards.models import Batch
from organisation.actions.audit import record_change, set_fields

if TYPE_CHECKING:
    from datetime import date, datetime

    from organisation.models import Location, Member, Touchpoint
    from surveys.models import Survey


class BatchClosed(Exception):
    """The batch takes no more cards."""


class NotBalanced(Exception):
    """Cards are missing, or there are more than were counted. `batch` tells how many."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(batch.pk)
        self.batch = batch


class CardsWait(NotBalanced):
    """Every card is keyed, but some wait for a second keying or for somebody to settle them."""


class Tally(NamedTuple):
    """What one card adds to its batch."""

    keyed: int = 0
    rejected: int = 0
    waiting: int = 0


TALLIES: dict[CardState | None, Tally] = {
    None: Tally(),
    CardState.REJECTED: Tally(rejected=1),
    CardState.AWAITING_SECOND: Tally(keyed=1, waiting=1),
    CardState.DIFFERING: Tally(keyed=1, waiting=1),
    CardState.SETTLED: Tally(keyed=1),
}


@transaction.atomic
def open_batch(
    *,
    survey: Survey,
    location: Location,
    touchpoint: Touchpoint,
    collected_from: date,
    collected_to: date,
    source: str,
    counted: int,
    due_on: date,
    share: int | None,
    by: Member,
    now: datetime,
) -> Batch:
    """Begin a batch of cards that were counted by hand before anybody keyed one."""
    batch = Batch.objects.create(
        survey=survey,
        location=location,
        touchpoint=touchpoint,
        collected_from=collected_from,
        collected_to=collected_to,
        source=source,
        counted=counted,
        due_on=due_on,
        share=share,
        opened_at=now,
        opened_by=by,
    )
    record_change(action="opened", subject=batch, by=by, now=now, changes={"counted": [None, counted]})
    return batch


@transaction.atomic
def change_batch(
    *, batch: Batch, counted: int, due_on: date, share: int | None, by: Member, now: datetime
) -> Batch:
    """Put right the counted number after a recount, the day by which it is due, or how much is keyed twice."""
    batch = open_held_batch(batch)
    if changes := set_fields(batch, {"counted": counted, "due_on": due_on, "share": share}):
        batch.save(update_fields=list(changes))
        record_change(action="changed", subject=batch, by=by, now=now, changes=changes)
    return batch


def close_batch(*, batch: Batch, by: Member, now: datetime) -> Batch:
    """Close a batch that balances. Raises NotBalanced, and notes that somebody wanted to close it, or CardsWait."""
    with transaction.atomic():
        batch = open_held_batch(batch)
        if batch.left:
            batch.missed_at = now
            batch.save(update_fields=["missed_at"])
        elif not batch.waiting:
            batch.closed_at, batch.closed_by, batch.missed_at = now, by, None
            batch.save(update_fields=["closed_at", "closed_by", "missed_at"])
            record_change(action="closed", subject=batch, by=by, now=now)
    if batch.left:
        raise NotBalanced(batch)
    if batch.waiting:
        raise CardsWait(batch)
    return batch


@transaction.atomic
def reopen_batch(*, batch: Batch, by: Member, now: datetime) -> Batch:
    """Take a closed batch back, because a card turned up or one has to be keyed anew."""
    batch = held_batch(batch)
    if batch.closed_at is not None:
        batch.closed_at = batch.closed_by = None
        batch.save(update_fields=["closed_at", "closed_by"])
        record_change(action="reopened", subject=batch, by=by, now=now)
    return batch


def held_batch(batch: Batch) -> Batch:
    """The row as it is now, open or closed, ours until the transaction ends: one card at a time moves its tally."""
    held: Batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    return held


def open_held_batch(batch: Batch) -> Batch:
    """Raises BatchClosed."""
    held = held_batch(batch)
    if held.closed_at is not None:
        raise BatchClosed
    return held


def move_tally(batch: Batch, *, before: CardState | None, after: CardState) -> None:
    """Move the counters with a card, in its transaction."""
    old, new = TALLIES[before], TALLIES[after]
    if old != new:
        batch.keyed += new.keyed - old.keyed
        batch.rejected += new.rejected - old.rejected
        batch.waiting += new.waiting - old.waiting
        batch.save(update_fields=["keyed", "rejected", "waiting"])
