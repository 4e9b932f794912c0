"""Addresses and names of recipients are kept for a while, and then erased; what was counted stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from organisation.actions import record_change
from organisation.queries import the_organisation
from surveys.inviting.addresses import address_hash
from surveys.models import Bounce, Invitation, Mail, Mailing
from surveys.models.mails import MailState

if TYPE_CHECKING:
    from datetime import datetime

    from surveys.models.invitations import InvitationQuerySet

# In one transaction: a customer who sends answers does not wait for a list of a hundred thousand.
AT_ONCE = 1000


def erase_recipients(*, now: datetime) -> int:
    """Erase whoever was written to, or whose mailing ended, more than the organisation's `recipient_days` ago;
    returns how many.

    What stays is who it was as a keyed hash, so that a late goodbye or bounce is still heard.
    """
    days = the_organisation().recipient_days
    if not days:
        return 0
    before, count = now - timedelta(days=days), 0
    for mailing in Mailing.objects.filter(pk__in=outlived(before).values("mailing")).order_by("pk"):
        while erased := _erase(mailing, before, now):
            count += erased
    return count


def outlived(before: datetime) -> InvitationQuerySet:
    """Those with an address to whom nothing more is sent, and nothing was from that moment on."""
    has_ended = Q(mailing__ended_at__lt=before)
    lately = Mail.objects.filter(
        Q(sent_at__gte=before) | Q(state=MailState.CLAIMED), invitation=OuterRef("pk")
    )
    is_through = Q(due_at=None, sent_at__lt=before) & ~Exists(lately)
    return Invitation.objects.exclude(email="").filter(has_ended | is_through)


@transaction.atomic
def _erase(mailing: Mailing, before: datetime, now: datetime) -> int:
    rows = outlived(before).filter(mailing=mailing).select_for_update(of=("self",)).order_by("pk")
    erased = list(rows.only("email")[:AT_ONCE])
    if not erased:
        return 0
    for one in erased:
        one.address_hash, one.email, one.name = address_hash(one.email), "", ""
    Invitation.objects.bulk_update(erased, ["address_hash", "email", "name"], batch_size=200)
    # A mail server's words often repeat the address.
    Bounce.objects.filter(invitation__in=erased).update(reason="")
    Mailing.objects.filter(pk=mailing.pk, ended_at__isnull=False).update(trouble="")
    changes = {"recipients": -len(erased)}
    record_change(action="erased addresses of", subject=mailing, by=None, now=now, changes=changes)
    return len(erased)
