"""Keys for other programs: made, used, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions import record_change
from organisation.rules import may_edit
from surveys.models import AccessKey

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member

BEGINNING = "fb_"
SHOWN_LETTERS = 8
CALLS_A_MINUTE = 60
MINUTE = timedelta(minutes=1)


class TooManyCalls(Exception):
    """The key was used more often than it may be in a minute."""


def hash_of_key(key: str) -> bytes:
    return hashlib.sha256(key.encode(errors="surrogatepass")).digest()


@transaction.atomic
def make_access_key(
    *, name: str, may_add_recipients: bool, may_report_bounces: bool, by: Member, now: datetime
) -> tuple[AccessKey, str]:
    """The row, and the key itself, which is known only now."""
    key = BEGINNING + secrets.token_urlsafe(32)
    row = AccessKey.objects.create(
        name=name,
        key_hash=hash_of_key(key),
        begins_with=key[:SHOWN_LETTERS],
        may_add_recipients=may_add_recipients,
        may_report_bounces=may_report_bounces,
        created_at=now,
        created_by=by,
    )
    record_change(action="made", subject=row, by=by, now=now)
    return row, key


@transaction.atomic
def revoke_access_key(*, key: AccessKey, by: Member, now: datetime) -> None:
    """From now on the key opens nothing; one that was revoked stays so."""
    key = AccessKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = now, by
        key.save(update_fields=["revoked_at", "revoked_by"])
        record_change(action="revoked", subject=key, by=by, now=now)


@transaction.atomic
def use_access_key(key: str, *, now: datetime) -> AccessKey | None:
    """The key as it is stored, with its maker; None for one that opens nothing, its maker's right to invite
    included. Raises TooManyCalls.
    """
    rows = AccessKey.objects.valid().select_for_update(of=("self",)).select_related("created_by")
    found = rows.filter(key_hash=hash_of_key(key)).first()
    if found is None or not may_edit(found.created_by):
        return None
    if found.minute is None or now - found.minute >= MINUTE:
        found.minute, found.calls = now, 0
    if found.calls >= CALLS_A_MINUTE:
        raise TooManyCalls
    found.calls += 1
    found.used_on = now.date()
    found.save(update_fields=["minute", "calls", "used_on"])
    return found
