"""Sharing a report by a link, and ending that."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from organisation.models import Member
from organisation.queries import the_organisation
from reports.models import SharedComment, ShareLink
from reports.sharing.comments import keep_comments
from reports.storing import asked_as, period_of, store_report
from reports.why.words import WordsOf

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

TOKEN_BYTES = 24
MOST_OPEN = 50


class TooManyLinks(Exception):
    """The member has as many open links as one may have."""


@dataclass(frozen=True, slots=True)
class LinkWish:
    """What a link is to be called, for how long it is good, and what it shows besides the scores."""

    name: str
    days: int
    charts: Collection[str] = ()
    with_comments: bool = False


def hash_of(token: str) -> bytes:
    """What is stored of a token. A text that cannot be one has a hash too: nobody has it."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()


@transaction.atomic
def share_report(
    *, filters: str, wish: LinkWish, language: str, by: Member, now: datetime
) -> tuple[ShareLink, str]:
    """Keep the report of an address as it is now and make a link to it: the link, and its token, which is told this
    once. Raises TooManyLinks, `reports.storing.CannotBeRead`, `reports.storing.NotNow`.
    """
    # Locked, so that two at the same time see one another.
    Member.objects.select_for_update().get(pk=by.pk)
    if ShareLink.objects.filter(owner=by).open(at=now).count() >= MOST_OPEN:
        raise TooManyLinks
    token = secrets.token_urlsafe(TOKEN_BYTES)
    words = WordsOf.PUBLISHED if wish.with_comments else WordsOf.NONE
    stored = store_report(
        member=by, filters=filters, charts=wish.charts, language=language, now=now, words=words
    )
    link = ShareLink.objects.create(
        owner=by,
        report=stored,
        name=wish.name,
        period=period_of(stored),
        token_hash=hash_of(token),
        minimum=the_organisation().minimum_group,
        made_at=now,
        expires_at=now + timedelta(days=wish.days),
        with_comments=wish.with_comments,
    )
    expires_at = link.expires_at.isoformat()
    changes: dict[str, Any] = {"filters": [None, stored.filters], "expires_at": [None, expires_at]}
    if wish.with_comments:
        changes["comments"] = [None, keep_comments(link, asked_as(by, filters, now=now))]
    record_change(action="shared", subject=link, by=by, now=now, changes=changes)
    return link, token


@transaction.atomic
def revoke_link(*, link: ShareLink, by: Member, now: datetime) -> None:
    """From now on it opens nothing, and which comments it showed is forgotten. Twice is as once."""
    SharedComment.objects.filter(link=link).delete()
    if ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        record_change(action="revoked", subject=link, by=by, now=now)
