"""Reads of the ledger: lists of batches, what became of a batch's cards, and who keyed them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from cards.codes import code_of
from cards.enums import CardState
from cards.models import Batch, Card
from organisation.models import Location, Member

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from cards.models.batches import BatchQuerySet
    from cards.models.keying import CardQuerySet


class Shelf(StrEnum):
    """Which batches a list shows."""

    OPEN = "open"
    LATE = "late"
    UNBALANCED = "unbalanced"
    WAITING = "waiting"
    CLOSED = "closed"


SHELVES = {
    Shelf.OPEN: _("Open"),
    Shelf.LATE: _("Late"),
    Shelf.UNBALANCED: _("Unbalanced"),
    Shelf.WAITING: _("With cards that wait"),
    Shelf.CLOSED: _("Closed"),
}


class Work(NamedTuple):
    """What there is to do with a batch for one member."""

    to_key_again: int
    to_settle: int
    comments: int


@dataclass(frozen=True, slots=True)
class KeyerTally:
    """What one member did in a batch."""

    keyer: str
    keyed: int
    rejected: int
    keyed_again: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class CardRow:
    card: Card
    code: str


def batches_on(
    shelf: Shelf, member: Member, *, today: date, location: Location | None = None
) -> BatchQuerySet:
    """The batches of a shelf that the member sees: open ones by the day they are due, closed ones the newest first."""
    batches = Batch.objects.visible_to(member).select_related("survey", "location", "touchpoint")
    if location is not None:
        batches = batches.filter(location=location)
    found = {
        Shelf.OPEN: batches.open,
        Shelf.LATE: lambda: batches.late(today=today),
        Shelf.UNBALANCED: batches.unbalanced,
        Shelf.WAITING: lambda: batches.open().filter(waiting__gt=0),
        Shelf.CLOSED: batches.closed,
    }[shelf]()
    return found.order_by("-opened_at", "-pk") if shelf is Shelf.CLOSED else found.order_by("due_on", "pk")


def shelf_counts(member: Member, *, today: date) -> dict[Shelf, int]:
    """How many batches lie on each shelf of the open ones. One query."""
    counts = (
        Batch.objects.visible_to(member)
        .open()
        .aggregate(
            open=Count("pk"),
            late=Count("pk", filter=Q(pk__in=Batch.objects.late(today=today).values("pk"))),
            unbalanced=Count("pk", filter=Q(pk__in=Batch.objects.unbalanced().values("pk"))),
            waiting=Count("pk", filter=Q(waiting__gt=0)),
        )
    )
    return {Shelf(name): count for name, count in counts.items()}


def work_of(batch: Batch, member: Member) -> Work:
    """One query."""
    mine = Q(first_by=member) | Q(second_by=member)
    counts = batch.cards.filter(
        Q(state__in=[CardState.AWAITING_SECOND, CardState.DIFFERING]) | Q(comment_later=True)
    ).aggregate(
        to_key_again=Count("pk", filter=Q(state=CardState.AWAITING_SECOND) & ~Q(first_by=member)),
        to_settle=Count("pk", filter=Q(state=CardState.DIFFERING) & ~mine),
        comments=Count("pk", filter=Q(comment_later=True)),
    )
    return Work(**counts)


def cards_of(batch: Batch, *, state: str = "") -> CardQuerySet:
    """The cards of a batch, the last one first."""
    cards = Card.objects.filter(batch=batch).select_related("first_by", "second_by", "settled_by", "version")
    return (cards.filter(state=state) if state else cards).order_by("-number")


def card_rows(cards: Iterable[Card]) -> list[CardRow]:
    return [
        CardRow(card, code_of(card.print_run_id, card.serial) if card.print_run_id and card.serial else "")
        for card in cards
    ]


def keyer_tallies(batch: Batch) -> list[KeyerTally]:
    """Who keyed what, the busiest first. Two queries."""
    rejected = Q(state=CardState.REJECTED)
    first: dict[int, dict[str, Any]] = {
        row["first_by"]: dict(row)
        for row in batch.cards.order_by()
        .values("first_by")
        .annotate(
            keyed=Count("pk", filter=~rejected),
            rejected=Count("pk", filter=rejected),
            last_at=Max("first_at"),
        )
    }
    second: dict[int, dict[str, Any]] = {
        row["second_by"]: dict(row)
        for row in batch.cards.exclude(second_by=None)
        .order_by()
        .values("second_by")
        .annotate(again=Count("pk"), last_at=Max("second_at"))
    }
    names = {member.pk: str(member) for member in Member.objects.filter(pk__in={*first, *second})}
    tallies = [
        KeyerTally(
            keyer=names[key],
            keyed=first[key]["keyed"] if key in first else 0,
            rejected=first[key]["rejected"] if key in first else 0,
            keyed_again=second[key]["again"] if key in second else 0,
            last_at=max(row["last_at"] for row in (first.get(key), second.get(key)) if row),
        )
        for key in {*first, *second}
    ]
    return sorted(tallies, key=lambda tally: (-tally.keyed - tally.rejected - tally.keyed_again, tally.keyer))
