"""Who wants no invitations. The address is known by its keyed hash only, for every survey alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.inviting.addresses import address_hash
from surveys.models import Unsubscribed

if TYPE_CHECKING:
    from datetime import datetime


def unsubscribe(*, email: str, now: datetime) -> bool:
    """From now on no survey invites that address; True when it is new."""
    _row, is_new = Unsubscribed.objects.get_or_create(
        address_hash=address_hash(email), defaults={"unsubscribed_on": now.date()}
    )
    return is_new


def subscribe_again(*, email: str) -> None:
    """The address may be invited again."""
    Unsubscribed.objects.filter(pk=address_hash(email)).delete()
