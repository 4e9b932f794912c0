"""Addresses that take no mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from surveys.inviting.addresses import address_hash, recipient_hash
from surveys.inviting.smtp import plain
from surveys.models import Bounce, Invitation, Mail
from surveys.models.invitations import InvitationState
from surveys.models.mails import BounceSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from surveys.inviting.reports import BounceReport


@transaction.atomic
def note_bounce(
    *, key: bytes, invitation: Invitation | None, reason: str, source: BounceSource, now: datetime
) -> Bounce:
    """Remember by its hash an address that takes no mail, and end the invitation that showed it: no reminder
    follows it.
    """
    said = plain(reason)
    bounce, _is_new = Bounce.objects.update_or_create(
        address_hash=key,
        defaults={"invitation": invitation, "reason": said, "source": source, "bounced_on": now.date()},
    )
    if invitation is not None:
        Invitation.objects.filter(pk=invitation.pk).update(
            state=InvitationState.BOUNCED, skipped_because="", due_at=None
        )
    return bounce


def invitation_of(message_id: str) -> Invitation | None:
    """The invitation that a mail belongs to, by the mail's Message-ID with its angle brackets."""
    mail = Mail.objects.filter(message_id=message_id).select_related("invitation").first()
    return mail.invitation if mail else None


def report_bounces(reports: Iterable[BounceReport], *, now: datetime) -> int:
    """Note what came back; returns how many addresses that is. A report about a mail that is not ours is passed
    over, since nothing can be done about it.
    """
    noted: set[bytes] = set()
    for report in reports:
        invitation = invitation_of(report.message_id) if report.message_id else None
        key = recipient_hash(invitation) if invitation else report.address and address_hash(report.address)
        if key:
            is_erased = invitation is not None and not invitation.email
            note_bounce(
                key=key,
                invitation=invitation,
                reason="" if is_erased else report.reason,
                source=BounceSource.REPORT,
                now=now,
            )
            noted.add(key)
    return len(noted)
