"""Sending what is due: claim some, hand each over, and note what the mail server said."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.mail import make_msgid

from organisation.queries import the_organisation
from surveys.actions.claiming import claim_mails, end_mailings, ready, release
from surveys.actions.outcomes import note_outcome, note_taken, note_trouble, pause_for
from surveys.inviting.addresses import address_hash
from surveys.inviting.handover import HandoverLog, forget, look_at
from surveys.inviting.letters import message_of
from surveys.inviting.links import renewed_token, token_of
from surveys.inviting.moulds import Moulds
from surveys.inviting.smtp import Fate, Outcome, Post, plain
from surveys.models import Invitation, Mail, Unsubscribed
from surveys.models.mailings import MailingState
from surveys.models.mails import MailState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.core.mail import EmailMultiAlternatives

    from surveys.actions.claiming import Claimed
    from surveys.inviting.handover import Abandoned
    from surveys.inviting.letters import Letter

# A claim whose log is nowhere to be seen: its worker is on another machine, or gone with it.
LONGEST_CLAIM = timedelta(hours=1)
# So many mails that were taken are written down together, or all that were taken in so many seconds. As often it is
# looked whether the others are still wanted.
GROUP, MOMENT = 25, 0.5
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
            if claimed := claim_mails(claim=claim, now=clock()):
                count += Round(claimed, log, clock).send(until=until)
    end_mailings(now=clock())
    return count


def recover_claims(*, now: datetime) -> None:
    """Settle what dead workers left, by their logs: what was taken is sent, what was handed over and not answered is
    doubtful, the rest was surely not handed over and is due again.
    """
    left = Mail.objects.claimed().order_by("claim", "place")
    for claim, mails in groupby(list(left), key=lambda mail: mail.claim):
        _recover(claim, list(mails), now)


def _recover(claim: UUID, mails: list[Mail], now: datetime) -> None:
    abandoned = look_at(claim)
    if abandoned is None or not (abandoned.has_log or now - mails[0].claimed_at > LONGEST_CLAIM):
        return
    taken = [mail for mail in mails if mail.place in abandoned.taken]
    unsure = _unsure(mails, abandoned)
    note_taken(taken, now=now)
    note_taken(unsure, now=now, state=MailState.DOUBTFUL)
    if unsure:
        said = "Nobody heard whether %s of the mails of claim %s were taken; they count as sent."
        logger.warning(said, len(unsure), claim)
    settled = {mail.pk for mail in taken + unsure}
    release([mail for mail in mails if mail.pk not in settled], now=now)
    forget(claim)


def _unsure(mails: list[Mail], abandoned: Abandoned) -> list[Mail]:
    """Mails are written down in order and in groups: without a log, any of the first group without a mark may be out.
    Where nobody knows, it is not sent twice.
    """
    if abandoned.handed_over is None:
        return mails[:GROUP]
    return [mail for mail in mails if mail.place in abandoned.handed_over]


class Round:
    """The sending of one claim, in order.

    `left` are its mails of which nothing is written down yet; `taken` those of them that the mail server took. The
    log says the same for whoever comes after a worker that was killed.
    """

    def __init__(self, claimed: list[Claimed], log: HandoverLog, clock: Callable[[], datetime]) -> None:
        self.claimed, self.log, self.clock = claimed, log, clock
        self.left = {one.mail.pk: one.mail for one in claimed}
        self.taken: list[Mail] = []
        self.outcomes: list[Outcome] = []
        self.moulds = Moulds(the_organisation())
        self._look_around()

    def send(self, *, until: datetime) -> int:
        """Returns how many were handed over; what was not is given back."""
        mailings = {one.invitation.mailing_id for one in self.claimed}
        try:
            with Post() as post:
                for one in self.claimed:
                    if self.clock() >= until or not self._send(one, post):
                        break
        except OSError as error:
            note_trouble(mailings, str(error), now=self.clock())
        self._write_down()
        release(list(self.left.values()), now=self.clock())
        if is_hopeless(self.outcomes):
            pause_for(mailings, self.outcomes[-1].said)
        return sum(outcome.fate in HANDED_OVER for outcome in self.outcomes)

    def _send(self, one: Claimed, post: Post) -> bool:
        """False when there is no point in going on."""
        if time.monotonic() - self._looked_at >= MOMENT:
            self._write_down()
            self._look_around()
        is_wanted = one.invitation.pk in self._wanted
        outcome = hand_over(post, one, self.log, self.moulds) if is_wanted else UNWANTED
        self.outcomes.append(outcome)
        if outcome.fate is Fate.TAKEN:
            self.taken.append(one.mail)
            if len(self.taken) >= GROUP:
                self._write_down()
            return True
        self._write_down()
        goes_on = note_outcome(one, outcome, now=self.clock())
        if goes_on:
            del self.left[one.mail.pk]
        return goes_on and not is_hopeless(self.outcomes)

    def _look_around(self) -> None:
        self._wanted = still_wanted([one for one in self.claimed if one.mail.pk in self.left])
        self._looked_at = time.monotonic()

    def _write_down(self) -> None:
        note_taken(self.taken, now=self.clock())
        for mail in self.taken:
            del self.left[mail.pk]
        self.taken = []


def still_wanted(claimed: list[Claimed]) -> set[int]:
    """The invitations among them that a mail is still to go to: not when the mailing was paused meanwhile, or the
    recipient answered or wants no more.
    """
    hashes = {address_hash(one.invitation.email): one.invitation.pk for one in claimed}
    gone = Unsubscribed.objects.filter(pk__in=hashes).values_list("pk", flat=True)
    keys = [one.invitation.pk for one in claimed]
    mine = Invitation.objects.unfinished().filter(pk__in=keys, mailing__state=MailingState.SENDING)
    return set(mine.values_list("pk", flat=True)) - {hashes[bytes(key)] for key in gone}


def is_hopeless(outcomes: list[Outcome]) -> bool:
    """Whether the mail server refuses mail after mail whoever it is to: that is not the addresses' fault."""
    last = outcomes[-REFUSALS_IN_A_ROW:]
    return len(last) == REFUSALS_IN_A_ROW and all(one.fate is Fate.REFUSED for one in last)


def hand_over(post: Post, one: Claimed, log: HandoverLog, moulds: Moulds) -> Outcome:
    place = one.mail.place
    outcome = post.send(mail_for(one, moulds), before_handover=lambda: log.hand_over(place))
    if outcome.fate is Fate.TAKEN:
        log.note_taken(place)
    elif outcome.fate not in HANDED_OVER:
        log.take_back(place)
    return outcome


def mail_for(one: Claimed, moulds: Moulds) -> EmailMultiAlternatives:
    """The mail to one recipient, made anew: the same claim gives the same mail, link and Message-ID."""
    invitation, mail = one.invitation, one.mail
    token = ""
    with suppress(LookupError):
        token = token_of(invitation)
    if not token:
        # The site's key was changed meanwhile: the link is made anew, and earlier ones of this invitation end.
        invitation.token_hash, token = renewed_token(invitation)
        invitation.save(update_fields=["token_hash"])
    return moulds.mail_to(invitation, token=token, turn=mail.turn, message_id=mail.message_id)


def send_sample(letter: Letter, *, to: str) -> Outcome:
    """Send one mail that belongs to nobody's invitation, and say what became of it."""
    message = message_of(letter, to=to, message_id=make_msgid(), organisation=the_organisation())
    try:
        with Post() as post:
            return post.send(message, before_handover=lambda: None)
    except OSError as error:
        return Outcome(Fate.NO_SERVER, plain(str(error)))
