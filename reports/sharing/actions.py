"""Sharing a report by a link, and ending that."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from organisation.actions import record_change
from organisation.models import Member
from organisation.queries import the_organisation
from reports.models import ShareLink
from reports.storing import store_report

if TYPE_CHECKING:
    from datetime import datetime

TOKEN_BYTES = 24
MOST_OPEN = 50


class TooManyLinks(Exception):
    """The member has as many open links as one may have."""


def hash_of(token: str) -> bytes:
    """What is stored of a token. A text that cannot be one has a hash too: nobody has it."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()


@transaction.atomic
def share_report(
    *, filters: str, name: str, days: int, language: str, by: Member, now: datetime
) -> tuple[ShareLink, str]:
    """Keep the report of an address as it is now, and make a link to it: the link, and its token, which is told this
    once. Raises TooManyLinks, `reports.storing.CannotBeRead`, `reports.storing.NotNow`.
    """
    # Locked, so that two at the same time see one another.
    Member.objects.select_for_update().get(pk=by.pk)
    if ShareLink.objects.filter(owner=by).open(at=now).count() >= MOST_OPEN:
        raise TooManyLinks
    token = secrets.token_urlsafe(TOKEN_BYTES)
    stored = store_report(member=by, filters=filters, language=language, now=now)
    link = ShareLink.objects.create(
        owner=by,
        report=stored,
        name=name,
        token_hash=hash_of(token),
        minimum=the_organisation().minimum_group,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    changes = {"filters": [None, stored.filters], "expires_at": [None, link.expires_at.isoformat()]}
    record_change(action="shared", subject=link, by=by, now=now, changes=changes)
    return link, token


@transaction.atomic
def revoke_link(*, link: ShareLink, by: Member, now: datetime) -> None:
    """From now on it opens nothing. Twice is as once."""
    if ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        record_change(action="revoked", subject=link, by=by, now=now)
