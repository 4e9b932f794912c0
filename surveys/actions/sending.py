"""Sending what is due: claim a few, hand each over, and note at once what the mail server said."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.mail import make_msgid
from django.db import transaction

from organisation.queries import the_organisation
from surveys.actions.bounces import note_bounce
from surveys.actions.claiming import claim_mails, end_mailings, ready, release
from surveys.inviting.deciding import pause_after
from surveys.inviting.handover import HandoverLog, forget, look_at
from surveys.inviting.letters import letter_to, message_of
from surveys.inviting.links import renewed_token, token_of
from surveys.inviting.smtp import Fate, Outcome, Post, plain
from surveys.models import Invitation, Mail, Mailing
from surveys.models.invitations import InvitationState
from surveys.models.mailings import MailingState
from surveys.models.mails import BounceSource, MailState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.core.mail import EmailMessage

    from organisation.models import Organisation
    from surveys.actions.claiming import Claimed
    from surveys.inviting.letters import Letter

# A claim whose log is nowhere to be seen: its worker is on another machine, or gone with it.
LONGEST_CLAIM = timedelta(hours=1)
TROUBLE_PAUSE = timedelta(minutes=2)
# So many refusals in a row, and nothing taken, are not the addresses' fault.
REFUSALS_IN_A_ROW = 10

HANDED_OVER = frozenset({Fate.TAKEN, Fate.NO_ANSWER})
UNWANTED = Outcome(Fate.UNWANTED)

logger = logging.getLogger(__name__)


def send_due(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Send what is due until that moment; returns how many mails were handed over. May run anywhere at any time:
    two at once never send the same mail.
    """
    recover_claims(now=clock())
    count = 0
    while clock() < until and ready(now=clock()).exists():
        claim = uuid4()
        with HandoverLog(claim) as log:
            claimed = claim_mails(claim=claim, now=clock())
            count += _send(claimed, log, clock) if claimed else 0
    end_mailings(now=clock())
    return count


def recover_claims(*, now: datetime) -> None:
    """Settle what dead workers left: marks are made one by one and in order, so at most the first mail that has
    none can have been handed over. The rest was surely not, and is due again.
    """
    left = Mail.objects.claimed().order_by("claim", "place")
    for claim, mails in groupby(list(left), key=lambda mail: mail.claim):
        abandoned = look_at(claim)
        first, *rest = mails
        if abandoned is None or not (abandoned.has_log or now - first.claimed_at > LONGEST_CLAIM):
            continue
        # Where nobody knows, it is not sent twice.
        was_handed_over = abandoned.handed_over is None or first.place in abandoned.handed_over
        if was_handed_over:
            note_taken(first, now=now, state=MailState.DOUBTFUL)
            logger.warning("Nobody heard whether mail %s was taken; it counts as sent.", first.pk)
        release(rest if was_handed_over else [first, *rest], now=now)
        forget(claim)


def _send(claimed: list[Claimed], log: HandoverLog, clock: Callable[[], datetime]) -> int:
    """Send a claim, in order; what was not handed over is given back. Returns how many were."""
    outcomes: list[Outcome] = []
    left, organisation = [one.mail for one in claimed], the_organisation()
    try:
        with Post() as post:
            for one in claimed:
                outcome = _hand_over(post, one, log, organisation) if _is_still_wanted(one) else UNWANTED
                outcomes.append(outcome)
                if not note_outcome(one, outcome, now=clock()) or _is_hopeless(outcomes):
                    break
                left.remove(one.mail)
    except OSError as error:
        note_trouble({one.invitation.mailing_id for one in claimed}, str(error), now=clock())
    release(left, now=clock())
    if _is_hopeless(outcomes):
        pause_for({one.invitation.mailing_id for one in claimed}, outcomes[-1].said)
    return sum(outcome.fate in HANDED_OVER for outcome in outcomes)


def _is_hopeless(outcomes: list[Outcome]) -> bool:
    """Whether the mail server refuses mail after mail whoever it is to: that is not the addresses' fault."""
    last = outcomes[-REFUSALS_IN_A_ROW:]
    return len(last) == REFUSALS_IN_A_ROW and all(one.fate is Fate.REFUSED for one in last)


def _is_still_wanted(one: Claimed) -> bool:
    """Not when the mailing was paused meanwhile, or the recipient answered."""
    mine = Invitation.objects.unfinished().filter(pk=one.invitation.pk, mailing__state=MailingState.SENDING)
    return mine.exists()


def _hand_over(post: Post, one: Claimed, log: HandoverLog, organisation: Organisation) -> Outcome:
    place = one.mail.place
    mail = mail_for(one, organisation)
    outcome = post.send(mail, before_handover=lambda: log.hand_over(place))
    if outcome.fate not in HANDED_OVER:
        log.take_back(place)
    return outcome


def mail_for(one: Claimed, organisation: Organisation) -> EmailMessage:
    """The mail to one recipient, made anew: the same claim gives the same mail, link and Message-ID."""
    invitation = one.invitation
    with suppress(LookupError):
        return _mail(one, token_of(invitation), organisation)
    # The site's key was changed meanwhile: the link is made anew, and earlier ones of this invitation end.
    invitation.token_hash, token = renewed_token(invitation)
    invitation.save(update_fields=["token_hash"])
    return _mail(one, token, organisation)


def _mail(one: Claimed, token: str, organisation: Organisation) -> EmailMessage:
    invitation = one.invitation
    letter = letter_to(
        invitation.mailing,
        name=invitation.name,
        language=invitation.language,
        token=token,
        origin=invitation.mailing.origin,
        turn=one.mail.turn,
    )
    return message_of(letter, to=invitation.email, message_id=one.mail.message_id, organisation=organisation)


def note_outcome(one: Claimed, outcome: Outcome, *, now: datetime) -> bool:
    """Write down what became of a mail; False when there is no point in going on with the next."""
    match outcome.fate:
        case Fate.TAKEN:
            note_taken(one.mail, now=now)
        case Fate.NO_ANSWER:
            note_taken(one.mail, now=now, state=MailState.DOUBTFUL)
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


def send_sample(letter: Letter, *, to: str) -> Outcome:
    """Send one mail that belongs to nobody's invitation, and say what became of it."""
    message = message_of(letter, to=to, message_id=make_msgid(), organisation=the_organisation())
    try:
        with Post() as post:
            return post.send(message, before_handover=lambda: None)
    except OSError as error:
        return Outcome(Fate.NO_SERVER, plain(str(error)))


@transaction.atomic
def note_taken(mail: Mail, *, now: datetime, state: MailState = MailState.SENT) -> None:
    """The mail is out; the reminder after it, if there is to be one, gets its day."""
    mine = Mail.objects.claimed().filter(pk=mail.pk, claim=mail.claim)
    if not mine.update(state=state, sent_at=now):
        return
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("mailing")
        .get(pk=mail.invitation_id)
    )
    if invitation.state == InvitationState.WAITING:
        invitation.state = InvitationState.SENT
    invitation.sent_at = invitation.sent_at or now
    mailing = invitation.mailing
    is_reminded = mail.turn < mailing.reminders and not invitation.is_finished
    if is_reminded and invitation.state == InvitationState.SENT:
        invitation.turn = mail.turn + 1
        invitation.due_at = now + timedelta(days=mailing.reminder_days)
    invitation.save(update_fields=["state", "sent_at", "turn", "due_at"])
    if mailing.retry_at:
        Mailing.objects.filter(pk=mailing.pk).update(trouble="", retry_at=None)


@transaction.atomic
def note_deferred(mail: Mail, *, now: datetime) -> None:
    """The mail server said “not now”: it is tried again, after longer and longer pauses, and then given up."""
    pause = pause_after(mail.tries)
    state = MailState.DEFERRED if pause else MailState.REFUSED
    Mail.objects.claimed().filter(pk=mail.pk).update(
        state=state, tries=mail.tries + 1 if pause else mail.tries
    )
    invitation = Invitation.objects.filter(pk=mail.invitation_id)
    if pause:
        invitation.update(due_at=now + pause)
    else:
        invitation.update(state=InvitationState.BOUNCED)


@transaction.atomic
def note_refused(one: Claimed, outcome: Outcome, *, now: datetime) -> None:
    """The mail server will never take this mail. Whether it is the address that is bad, the outcome says."""
    Mail.objects.claimed().filter(pk=one.mail.pk).update(state=MailState.REFUSED)
    Invitation.objects.filter(pk=one.invitation.pk).update(state=InvitationState.BOUNCED, due_at=None)
    if outcome.fate is Fate.BAD_ADDRESS:
        note_bounce(
            address=one.invitation.email,
            invitation=one.invitation,
            reason=outcome.said,
            source=BounceSource.SMTP,
            now=now,
        )


def note_trouble(mailings: Iterable[int], said: str, *, now: datetime) -> None:
    """Nothing can be sent at present: it is said on the mailing's page, and tried again in a while."""
    logger.warning("Mails wait: %s", said)
    Mailing.objects.filter(pk__in=mailings).update(trouble=plain(said), retry_at=now + TROUBLE_PAUSE)


def pause_for(mailings: Iterable[int], said: str) -> None:
    """Stop before a whole list is spoilt; an editor looks at what the mail server said, and resumes."""
    paused = {"state": MailingState.PAUSED, "trouble": plain(said)}
    Mailing.objects.sending().filter(pk__in=mailings).update(**paused)
