"""What became of mails, written down: of those that were taken many at once, of all others one by one."""

from __future__ import annotations

import logging
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

from surveys.actions.bounces import note_bounce
from surveys.actions.claiming import release, still_claimed
from surveys.inviting.addresses import address_hash
from surveys.inviting.deciding import pause_after
from surveys.inviting.smtp import Fate, plain
from surveys.models import Invitation, Mail, Mailing
from surveys.models.invitations import InvitationState
from surveys.models.mailings import MailingState
from surveys.models.mails import BounceSource, MailState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from surveys.actions.claiming import Claimed
    from surveys.inviting.smtp import Outcome
    from surveys.models.mailings import MailingQuerySet

TROUBLE_PAUSE = timedelta(minutes=2)

logger = logging.getLogger(__name__)


def note_outcome(one: Claimed, outcome: Outcome, *, now: datetime) -> bool:
    """Write down what became of a mail; False when there is no point in going on with the next."""
    match outcome.fate:
        case Fate.TAKEN:
            note_taken([one.mail], now=now)
        case Fate.NO_ANSWER:
            note_taken([one.mail], now=now, state=MailState.DOUBTFUL)
            return False
        case Fate.NOT_NOW:
            note_deferred(one.mail, now=now)
        case Fate.NO_SERVER:
            note_trouble({one.invitation.mailing_id}, outcome.said, now=now)
            return False
        case Fate.UNWANTED:
            release([one.mail], now=now)
        case Fate.BAD_ADDRESS | Fate.REFUSED:
            note_refused(one, outcome, now=now)
    return True


@transaction.atomic
def note_taken(mails: list[Mail], *, now: datetime, state: MailState = MailState.SENT) -> None:
    """These mails of one claim are out; the reminder after each, if there is to be one, gets its day."""
    if not (out := sorted(still_claimed(mails), key=lambda mail: mail.turn)):
        return
    Mail.objects.filter(pk__in=[mail.pk for mail in out]).update(state=state, sent_at=now)
    invitations = Invitation.objects.filter(pk__in=[mail.invitation_id for mail in out])
    invitations.update(
        state=Case(When(state=InvitationState.WAITING, then=Value(InvitationState.SENT)), default=F("state")),
        sent_at=Coalesce("sent_at", Value(now)),
    )
    mailings = Mailing.objects.filter(pk__in=invitations.values("mailing"))
    for turn, sent in groupby(out, key=lambda mail: mail.turn):
        _remind(mailings.filter(reminders__gt=turn), [mail.invitation_id for mail in sent], turn + 1, now)
    mailings.filter(retry_at__isnull=False).update(trouble="", retry_at=None)


def _remind(mailings: MailingQuerySet, invitations: list[int], turn: int, now: datetime) -> None:
    """The next mail goes to those of them who have not finished by then."""
    mine = Invitation.objects.unfinished().filter(pk__in=invitations, state=InvitationState.SENT)
    for key, days in mailings.values_list("pk", "reminder_days"):
        mine.filter(mailing=key).update(turn=turn, due_at=now + timedelta(days=days))


@transaction.atomic
def note_deferred(mail: Mail, *, now: datetime) -> None:
    """The mail server said “not now”: it is tried again, after longer and longer pauses, and then given up."""
    pause = pause_after(mail.tries)
    state = MailState.DEFERRED if pause else MailState.REFUSED
    tries = mail.tries + 1 if pause else mail.tries
    if not _settle(mail, state=state, tries=tries):
        return
    invitation = Invitation.objects.filter(pk=mail.invitation_id)
    if pause:
        invitation.update(due_at=now + pause)
    else:
        invitation.update(state=InvitationState.BOUNCED)


@transaction.atomic
def note_refused(one: Claimed, outcome: Outcome, *, now: datetime) -> None:
    """The mail server will never take this mail. Whether it is the address that is bad, the outcome says."""
    if not _settle(one.mail, state=MailState.REFUSED):
        return
    Invitation.objects.filter(pk=one.invitation.pk).update(state=InvitationState.BOUNCED, due_at=None)
    if outcome.fate is Fate.BAD_ADDRESS:
        note_bounce(
            key=address_hash(one.invitation.email),
            invitation=one.invitation,
            reason=outcome.said,
            source=BounceSource.SMTP,
            now=now,
        )


def _settle(mail: Mail, **fields: object) -> bool:
    """Whether it was still ours to settle."""
    return bool(Mail.objects.claimed().filter(pk=mail.pk, claim=mail.claim).update(**fields))


def note_trouble(mailings: Iterable[int], said: str, *, now: datetime) -> None:
    """Nothing can be sent at present: it is said on the mailing's page, and tried again in a while."""
    logger.warning("Mails wait: %s", said)
    Mailing.objects.filter(pk__in=mailings).update(trouble=plain(said), retry_at=now + TROUBLE_PAUSE)


def pause_for(mailings: Iterable[int], said: str) -> None:
    """Stop before a whole list is spoilt; an editor looks at what the mail server said, and resumes."""
    paused = {"state": MailingState.PAUSED, "trouble": plain(said)}
    Mailing.objects.sending().filter(pk__in=mailings).update(**paused)
