"""Who is on a mailing's list."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from organisation.actions import record_change
from surveys.inviting.addresses import address_hash
from surveys.inviting.links import derived_token, hash_of, new_nonce
from surveys.models import Invitation, Mailing
from surveys.models.invitations import InvitationState
from surveys.models.mailings import MailingState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from organisation.models import Member
    from surveys.inviting.lists import Recipient

AT_ONCE = 500


class MailingEnded(Exception):
    """A mailing that was stopped takes nobody more."""


class AlreadyInvited(Exception):
    """Whoever was sent a mail cannot be taken from the list."""


@transaction.atomic
def add_recipients(
    *, mailing: Mailing, recipients: Iterable[Recipient], by: Member | None, now: datetime
) -> list[str]:
    """Put people on the list; returns the addresses that were on it already. A mailing that was through goes on.
    Raises MailingEnded.
    """
    mailing = Mailing.objects.select_for_update(of=("self",)).select_related("survey").get(pk=mailing.pk)
    if mailing.state == MailingState.STOPPED:
        raise MailingEnded
    given = {recipient.email: recipient for recipient in recipients}
    known = _known(mailing, given)
    rows = [_invitation(mailing, one, now) for email, one in given.items() if email not in known]
    Invitation.objects.bulk_create(rows, batch_size=AT_ONCE)
    if rows:
        changes = {"recipients": len(rows)}
        record_change(action="added recipients to", subject=mailing, by=by, now=now, changes=changes)
        if mailing.state == MailingState.SENT:
            mailing.state, mailing.ended_at = MailingState.SENDING, None
            mailing.save(update_fields=["state", "ended_at"])
    return sorted(known)


def _known(mailing: Mailing, emails: Iterable[str]) -> set[str]:
    """Those that are on the list, their addresses erased or not."""
    there = Invitation.objects.filter(mailing=mailing)
    known: set[str] = set()
    for batch in batched(emails, AT_ONCE, strict=False):
        hashes = {address_hash(email): email for email in batch}
        known.update(there.filter(email__in=batch).values_list("email", flat=True))
        erased = there.filter(address_hash__in=hashes).values_list("address_hash", flat=True)
        known.update(hashes[bytes(key or b"")] for key in erased)
    return known


def _invitation(mailing: Mailing, recipient: Recipient, now: datetime) -> Invitation:
    nonce = new_nonce()
    return Invitation(
        mailing=mailing,
        email=recipient.email,
        name=recipient.name,
        language=recipient.language or mailing.survey.language,
        time_zone=recipient.time_zone,
        location_id=recipient.location.pk if recipient.location else mailing.location_id,
        touchpoint_id=recipient.touchpoint.pk if recipient.touchpoint else mailing.touchpoint_id,
        nonce=nonce,
        token_hash=hash_of(derived_token(nonce, settings.SECRET_KEY)),
        due_at=now,
    )


@transaction.atomic
def remove_recipient(*, invitation: Invitation, by: Member, now: datetime) -> None:
    """Take somebody from the list who was not invited yet. Raises AlreadyInvited."""
    mine = Invitation.objects.select_for_update(of=("self",)).select_related("mailing")
    row = mine.filter(pk=invitation.pk, state__in=[InvitationState.WAITING, InvitationState.SKIPPED]).first()
    if row is None or row.mails.exists():
        raise AlreadyInvited
    row.delete()
    changes = {"recipients": -1}
    record_change(action="removed a recipient from", subject=row.mailing, by=by, now=now, changes=changes)
