"""Keying cards. A card counts once: when it was not chosen for a second keying, when two keyings agree, or when a
third person has settled them. One card is one transaction; its key was made before it was sent, so a retry is the
same row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from cards.actions.batches import BatchClosed, held_batch, move_tally
from cards.actions.responses import correct_card_response, count_card, uncount_card
from cards.enums import CardState, Turn
from cards.models import Card, Keying
from cards.queries.keying import share_in_force
from cards.shares import is_chosen
from organisation.queries import organisation_day
from surveys.answering.answers import Answers

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from cards.models import Batch, PrintRun
    from organisation.models import Member


class CardKeyedBefore(Exception):
    """A card with this serial is in a batch already. `card` is that one."""

    def __init__(self, card: Card) -> None:
        super().__init__(card.pk)
        self.card = card


class KeyedAgainMeanwhile(Exception):
    """Somebody keyed the card a second time, so the first keying stays as it is."""


class NotYours(Exception):
    """Somebody else keyed this card: only the first keyer revises, and only others key it again or settle it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A card as it left the clerk's device: read (`answers`) or put aside (`rejection`).

    `revision` counts the clerk's own corrections of this card from 0. `run` and `serial` are both None for a card
    without a code.
    """

    id: UUID
    version_id: int
    day: date
    answers: Answers = field(default_factory=Answers)
    rejection: str = ""
    run: PrintRun | None = None
    serial: int | None = None
    comment_later: bool = False
    revision: int = 0

    @property
    def columns(self) -> dict[str, object]:
        """What of it a card keeps."""
        return {
            "version_id": self.version_id,
            "day": self.day,
            "rejection": self.rejection,
            "print_run": self.run,
            "serial": self.serial,
            "comment_later": self.comment_later and not self.rejection,
            "revision": self.revision,
        }


@transaction.atomic
def file_card(*, batch: Batch, entry: Entry, by: Member, now: datetime) -> Card:
    """Take a card into its batch, keyed or rejected; the same entry again changes nothing.

    A higher revision corrects what the same clerk keyed, and the cells follow by the difference. Raises BatchClosed
    (but a card that is in it already is acknowledged), CardKeyedBefore, NotYours and KeyedAgainMeanwhile.
    """
    batch = held_batch(batch)
    card = Card.objects.select_for_update(no_key=True).filter(pk=entry.id).first()
    if card is not None and (card.first_by_id != by.pk or card.batch_id != batch.pk):
        raise NotYours
    if card is not None and entry.revision <= card.revision:
        return card
    if batch.closed_at is not None:
        raise BatchClosed
    if card is None:
        number = batch.keyed + batch.rejected + 1
        return _file(Card(id=entry.id, batch=batch, number=number, first_by=by), entry, by=by, now=now)
    if card.second_by_id is not None:
        raise KeyedAgainMeanwhile
    card.batch = batch
    return _file(card, entry, by=by, now=now)


def note_keying(
    card: Card, turn: Turn, answers: Answers, *, by: Member, now: datetime, revision: int = 0
) -> None:
    """Add a reading to the card's history."""
    Keying.objects.create(
        card=card,
        turn=turn,
        revision=revision,
        by=by,
        at=now,
        ratings=answers.ratings,
        answers=answers.answers,
    )


def _file(card: Card, entry: Entry, *, by: Member, now: datetime) -> Card:
    """Let the card be what the entry says, and its batch and its response with it."""
    batch, before, stood = card.batch, CardState(card.state) if card.state else None, _standing(card)
    for name, value in entry.columns.items():
        setattr(card, name, value)
    card.first_at = now
    card.state = _state_after(before, batch, entry, by=by, now=now)
    _save(card, is_new=before is None)
    move_tally(batch, before=before, after=CardState(card.state))
    if not entry.rejection:
        note_keying(card, Turn.FIRST, entry.answers, by=by, now=now, revision=entry.revision)
    is_counted, was_counted = (state == CardState.SETTLED for state in (card.state, before))
    if is_counted and was_counted and stood == _standing(card):
        correct_card_response(card, entry.answers, by=by, now=now)
        return card
    if was_counted:
        uncount_card(card, batch=batch, by=by, now=now)
    if is_counted:
        count_card(card, entry.answers, batch=batch, now=now)
    return card


def _standing(card: Card) -> tuple[object, ...]:
    """What a response cannot change: of which version it is, where and when."""
    return card.version_id, card.print_run_id, card.day


def _state_after(
    before: CardState | None, batch: Batch, entry: Entry, *, by: Member, now: datetime
) -> CardState:
    """Whether a card is keyed twice is decided once."""
    if entry.rejection:
        return CardState.REJECTED
    if before in {CardState.AWAITING_SECOND, CardState.SETTLED}:
        return before
    share = share_in_force(batch, by, today=organisation_day(now))
    return CardState.AWAITING_SECOND if is_chosen(entry.id, share.percent) else CardState.SETTLED


def _save(card: Card, *, is_new: bool) -> None:
    try:
        with transaction.atomic():
            card.save(force_insert=is_new, force_update=not is_new)
    except IntegrityError:
        twins = Card.objects.filter(print_run=card.print_run, serial=card.serial, serial__isnull=False)
        twin = twins.exclude(pk=card.pk).select_related("batch__location", "first_by").first()
        if twin is None:
            raise
        raise CardKeyedBefore(twin) from None
