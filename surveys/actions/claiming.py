"""Taking mails to send, in short transactions: a mail is there once for each invitation and turn, so it goes once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from organisation.models import Organisation
from surveys.inviting.addresses import address_hash
from surveys.inviting.deciding import Known, Verdict, decide
from surveys.inviting.letters import message_id
from surveys.models import Bounce, ContactMoment, Invitation, Mail, Mailing, Unsubscribed
from surveys.models.invitations import InvitationState, SkipReason
from surveys.models.mailings import MailingState
from surveys.models.mails import MailState

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from surveys.inviting.deciding import Decision
    from surveys.models.mailings import MailingQuerySet

MAILS_IN_CLAIM = 200
# An address that bounced is left in peace for so long.
BOUNCE_DAYS = 180


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that is ours to send. `invitation` comes with its mailing, that with its survey: one object for all."""

    mail: Mail
    invitation: Invitation


@transaction.atomic
def claim_mails(*, claim: UUID, now: datetime, limit: int = MAILS_IN_CLAIM) -> list[Claimed]:
    """Claim up to `limit` mails of the mailings that are being sent, and put off or skip what is not to go: none
    claimed does not mean that none is due.
    """
    mailings = list(ready(now=now).select_related("survey").order_by("pk")[:limit])
    # One worker claims at a time: two would not see whom the other invites, and the contact cap would leak.
    Organisation.objects.select_for_update(no_key=True).only("pk").get(pk=1)
    share = limit // (len(mailings) or 1)
    wanted: list[Invitation] = []
    for mailing in mailings:
        decided = _decided(mailing, now, share)
        sent = [invitation for invitation, decision in decided if decision is Verdict.SEND]
        # At once, since the next mailing may be about to invite the same people.
        _remember([invitation for invitation in sent if invitation.turn == 0], now)
        wanted += sent
        for invitation, decision in decided:
            if decision is not Verdict.SEND:
                _put_off(invitation, decision)
    return _claim(wanted, claim, now=now)


def ready(*, now: datetime) -> MailingQuerySet:
    """Mailings of which something may go out at that moment."""
    started = Q(starts_at=None) | Q(starts_at__lte=now)
    in_order = Q(retry_at=None) | Q(retry_at__lte=now)
    opened = Q(survey__opens_at=None) | Q(survey__opens_at__lte=now)
    closed = (
        Q(survey__closes_at__lte=now) | Q(survey__archived_at__isnull=False) | Q(survey__live_version=None)
    )
    due = Exists(Invitation.objects.due(now=now).filter(mailing=OuterRef("pk")))
    return Mailing.objects.sending().filter(started, in_order, opened, due).exclude(closed)


def _decided(mailing: Mailing, now: datetime, limit: int) -> list[tuple[Invitation, Decision]]:
    rows = Invitation.objects.due(now=now).filter(mailing=mailing).select_related("location")
    due = list(rows.select_for_update(of=("self",)).order_by("due_at", "pk")[:limit])
    for invitation in due:
        invitation.mailing = mailing
    known = known_of(due, now)
    return [(invitation, decide(invitation, known, now=now)) for invitation in due]


def known_of(invitations: list[Invitation], now: datetime) -> Known:
    """Facts about their addresses, in four queries."""
    keys = [address_hash(invitation.email) for invitation in invitations]
    recently = now.date() - timedelta(days=BOUNCE_DAYS)
    contacts = ContactMoment.objects.filter(pk__in=keys).values_list("pk", "contacted_on")
    bounces = Bounce.objects.filter(address_hash__in=keys, bounced_on__gt=recently)
    return Known(
        unsubscribed={
            bytes(key) for key in Unsubscribed.objects.filter(pk__in=keys).values_list("pk", flat=True)
        },
        bounced={bytes(key) for key in bounces.values_list("address_hash", flat=True)},
        contacted={bytes(key): day for key, day in contacts},
        begun=set(
            Mail.objects.filter(invitation__in=invitations, turn=0).values_list("invitation_id", flat=True)
        ),
    )


def _claim(invitations: list[Invitation], claim: UUID, *, now: datetime) -> list[Claimed]:
    """A mail for each, in this order: a new one, or the one that was tried before."""
    keys = [one.pk for one in invitations]
    before = Mail.objects.filter(invitation__in=keys, state=MailState.DEFERRED).select_for_update()
    tried = {(mail.invitation_id, mail.turn): mail for mail in before}
    claimed, fresh = [], []
    for place, invitation in enumerate(invitations):
        mail = tried.get((invitation.pk, invitation.turn))
        if mail is None:
            mail = Mail(invitation_id=invitation.pk, turn=invitation.turn)
            mail.message_id = message_id(invitation.pk, invitation.turn)
            fresh.append(mail)
        mail.claim, mail.place, mail.claimed_at, mail.state = claim, place, now, MailState.CLAIMED
        claimed.append(Claimed(mail, invitation))
    again = [one.mail for one in claimed if one.mail.pk]
    Mail.objects.bulk_create(fresh)
    Mail.objects.bulk_update(again, ["claim", "place", "claimed_at", "state"])
    Invitation.objects.filter(pk__in=keys).update(due_at=None)
    return claimed


def _remember(invitations: list[Invitation], now: datetime) -> None:
    """That they were invited on this day. In the order of their keys, as others wait for each other's rows."""
    hashes = sorted({address_hash(invitation.email) for invitation in invitations})
    ContactMoment.objects.bulk_create(
        [ContactMoment(address_hash=key, contacted_on=now.date()) for key in hashes],
        update_conflicts=True,
        unique_fields=["address_hash"],
        update_fields=["contacted_on"],
    )


def _put_off(invitation: Invitation, decision: Decision) -> None:
    fields: dict[str, Any]
    match decision:
        case SkipReason():
            fields = {"state": InvitationState.SKIPPED, "skipped_because": decision, "due_at": None}
        case Verdict():
            fields = {"due_at": None}
        case moment:
            fields = {"due_at": moment}
    Invitation.objects.filter(pk=invitation.pk).update(**fields)


@transaction.atomic
def release(mails: list[Mail], *, now: datetime) -> None:
    """Give back what was claimed and surely not handed over: it is due again at once."""
    freed = still_claimed(mails)
    Mail.objects.filter(pk__in=[mail.pk for mail in freed]).update(state=MailState.DEFERRED)
    Invitation.objects.filter(pk__in=[mail.invitation_id for mail in freed]).update(due_at=now)


def still_claimed(mails: list[Mail]) -> list[Mail]:
    """Those of one claim that nobody has settled meanwhile, locked. Whoever comes late finds them settled, or in the
    claim of another who is sending them.
    """
    if not mails:
        return []
    mine = Mail.objects.claimed().filter(claim=mails[0].claim, pk__in=[mail.pk for mail in mails])
    there = set(mine.order_by("pk").select_for_update().values_list("pk", flat=True))
    return [mail for mail in mails if mail.pk in there]


def end_mailings(*, now: datetime) -> None:
    """Mailings of which nothing is to come any more are sent."""
    mine = Invitation.objects.filter(mailing=OuterRef("pk"))
    begun = Mail.objects.claimed().filter(invitation__mailing=OuterRef("pk"))
    Mailing.objects.sending().filter(
        ~Exists(mine.filter(due_at__isnull=False)), ~Exists(begun), Q(starts_at=None) | Q(starts_at__lte=now)
    ).update(state=MailingState.SENT, ended_at=now)
