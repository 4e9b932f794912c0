"""Sending the mails of this room: each is claimed, made and handed over alone, and noted at once (decision 24)."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from organisation.queries import the_organisation
from reports.alerts.letters import letter_of as alert_letter_of
from reports.enums import DeliveryState
from reports.letters import delivery_id, message_of
from reports.models import AlertNotice, Delivery, ScheduleNotice, SentReport
from reports.schedules.letters import letter_of
from reports.schedules.stopping import letter_of as stopped_letter_of
from reports.storing import CannotBeRead, NotNow
from surveys.inviting.deciding import MOST_TRIES, pause_after
from surveys.inviting.handover import HandoverLog, forget, look_at
from surveys.inviting.smtp import Fate, Outcome, Post, plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.core.mail import EmailMultiAlternatives

    from reports.letters import Letter

# A claim whose log is nowhere to be seen: its worker is on another machine, or gone with it.
LONGEST_CLAIM = timedelta(hours=1)
TROUBLE_PAUSE = timedelta(minutes=2)
ALERT = ("recipient__alert", "recipient__member")
HANDED_OVER = frozenset({Fate.TAKEN, Fate.NO_ANSWER})
SETTLED = {Fate.TAKEN: DeliveryState.SENT, Fate.NO_ANSWER: DeliveryState.DOUBTFUL}

logger = logging.getLogger(__name__)


def deliver_due(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Send what is due until that moment; how many mails were handed over. May run anywhere at any time: two at once
    never send the same mail.
    """
    recover_deliveries(now=clock())
    count, goes_on = 0, True
    while goes_on and clock() < until and Delivery.objects.due(at=clock()).exists():
        claim = uuid4()
        with HandoverLog(claim) as log:
            delivery = claim_delivery(claim=claim, now=clock())
            if delivery is None:
                break
            outcome = _deliver(delivery, log, clock())
            note(delivery, outcome, now=clock())
        count += outcome.fate in HANDED_OVER
        goes_on = outcome.fate is not Fate.NO_SERVER
    return count


@transaction.atomic
def claim_delivery(*, claim: UUID, now: datetime) -> Delivery | None:
    """The first that is due and that nobody else is at; it is ours then."""
    due = Delivery.objects.due(at=now).select_for_update(skip_locked=True).order_by("due_at", "pk")
    delivery = due.first()
    if delivery is None:
        return None
    delivery.state, delivery.claim, delivery.claimed_at = DeliveryState.CLAIMED, claim, now
    delivery.tries += 1
    delivery.save(update_fields=["state", "claim", "claimed_at", "tries"])
    return delivery


def recover_deliveries(*, now: datetime) -> None:
    """Settle what dead workers left: what was handed over counts as sent, where nobody knows too; the rest is due
    again, until it has cost too many workers.
    """
    for delivery in Delivery.objects.claimed():
        claim = delivery.claim
        abandoned = look_at(claim) if claim else None
        if claim is None or abandoned is None:
            continue
        if not abandoned.has_log and now - (delivery.claimed_at or now) <= LONGEST_CLAIM:
            continue
        if abandoned.handed_over is None or abandoned.handed_over:
            note(delivery, Outcome(Fate.NO_ANSWER), now=now)
            logger.warning("Nobody heard whether mail %s was taken; it counts as sent.", delivery.pk)
        elif delivery.tries >= MOST_TRIES:
            note(delivery, Outcome(Fate.REFUSED, "Worker after worker died while making it."), now=now)
        else:
            _settle(delivery, state=DeliveryState.WAITING, due_at=now)
        forget(claim)


def _deliver(delivery: Delivery, log: HandoverLog, now: datetime) -> Outcome:
    """Make the mail and hand it over. What can never be made is refused, and does not stand in the others' way."""
    try:
        message = mail_for(delivery, now=now)
    except CannotBeRead as refused:
        return Outcome(Fate.REFUSED, plain(str(refused)))
    except NotNow as later:
        return Outcome(Fate.NOT_NOW, plain(str(later)))
    except Exception:
        logger.exception("The mail of delivery %s could not be made.", delivery.pk)
        return Outcome(Fate.NOT_NOW, "It could not be made; the site's log says why.")
    try:
        with Post() as post:
            outcome = post.send(message, before_handover=lambda: log.hand_over(0))
    except OSError as error:
        outcome = Outcome(Fate.NO_SERVER, plain(str(error)))
    if outcome.fate not in HANDED_OVER:
        log.take_back(0)
    return outcome


def mail_for(delivery: Delivery, *, now: datetime) -> EmailMultiAlternatives:
    """The mail of a delivery, made anew: the same delivery gives the same mail. Raises CannotBeRead, NotNow."""
    letter = _letter(delivery, now=now)
    key = delivery_id(delivery.pk)
    return message_of(letter, to=delivery.member.email, message_id=key, organisation=the_organisation())


def _letter(delivery: Delivery, *, now: datetime) -> Letter:
    """Of whichever row points here."""
    if sent := SentReport.objects.filter(delivery=delivery).select_related("member", "report").first():
        return letter_of(sent, now=now)
    if notice := AlertNotice.objects.filter(delivery=delivery).select_related(*ALERT).first():
        return alert_letter_of(notice)
    if stopped := ScheduleNotice.objects.filter(delivery=delivery).select_related("schedule").first():
        return stopped_letter_of(stopped, delivery.member)
    raise CannotBeRead("What it was about was removed.")


def note(delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
    """Write down what became of a mail that is claimed."""
    said = plain(outcome.said)
    match outcome.fate:
        case Fate.TAKEN | Fate.NO_ANSWER:
            _settle(delivery, state=SETTLED[outcome.fate], sent_at=now, said="")
        case Fate.NO_SERVER:
            # The mail server's fault, not the mail's: it is not counted as a try.
            _settle(
                delivery,
                state=DeliveryState.WAITING,
                due_at=now + TROUBLE_PAUSE,
                tries=max(delivery.tries - 1, 0),
                said=said,
            )
        case Fate.NOT_NOW if pause := pause_after(delivery.tries):
            _settle(delivery, state=DeliveryState.WAITING, due_at=now + pause, said=said)
        case _:
            _settle(delivery, state=DeliveryState.FAILED, said=said)


def _settle(delivery: Delivery, **fields: object) -> None:
    """Only while the claim is still ours."""
    mine = Delivery.objects.claimed().filter(pk=delivery.pk, claim=delivery.claim)
    mine.update(claim=None, claimed_at=None, **fields)
