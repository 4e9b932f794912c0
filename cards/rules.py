"""Who may do what with cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organisation.enums import Role

if TYPE_CHECKING:
    from cards.models import Batch, Card
    from organisation.models import Member


def may_key(member: Member) -> bool:
    """Open batches, key their cards and settle differences, at the locations held."""
    return member.role in {Role.ADMINISTRATOR, Role.MANAGER, Role.CLERK}


def may_print(member: Member) -> bool:
    return member.role in {Role.ADMINISTRATOR, Role.EDITOR, Role.MANAGER}


def may_oversee(member: Member) -> bool:
    """Say how much is keyed twice, and correct what is in the scores."""
    return member.role in {Role.ADMINISTRATOR, Role.MANAGER}


def may_only_print(member: Member) -> bool:
    return may_print(member) and not may_key(member)


def may_enter_cards(member: Member) -> bool:
    """Anybody who has something to do here."""
    return may_key(member) or may_print(member)


def may_key_again(member: Member, card: Card) -> bool:
    """The second reading is somebody else's."""
    return card.first_by_id != member.pk


def may_settle(member: Member, card: Card) -> bool:
    """A third person, who has keyed it neither time."""
    return member.pk not in {card.first_by_id, card.second_by_id}


def may_take_cards(batch: Batch) -> bool:
    return batch.closed_at is None
