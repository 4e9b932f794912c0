"""Who wants no invitations. The address is known by its keyed hash only, for every survey alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.models import Unsubscribed

if TYPE_CHECKING:
    from datetime import datetime


def unsubscribe(*, key: bytes, now: datetime) -> bool:
    """From now on no survey invites the address of that hash; True when it is new."""
    _row, is_new = Unsubscribed.objects.get_or_create(
        address_hash=key, defaults={"unsubscribed_on": now.date()}
    )
    return is_new


def subscribe_again(*, key: bytes) -> None:
    """The address of that hash may be invited again."""
    Unsubscribed.objects.filter(pk=key).delete()
