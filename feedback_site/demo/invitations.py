"""The demo's mailings: one that is through, with 200 recipients, and one that waits to be started. Nothing is sent."""

from __future__ import annotations

import random
from datetime import time, timedelta
from typing import TYPE_CHECKING

from feedback_site.demo.answers import SEED
from organisation.models import Location, Touchpoint
from surveys.actions.mailings import add_mailing
from surveys.actions.recipients import add_recipients
from surveys.inviting.lists import Recipient
from surveys.models import Invitation, Mailing, Survey
from surveys.models.invitations import InvitationState, SkipReason
from surveys.models.mailings import MailingState

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member

MANY, FEW = 200, 12
# Of 200: those whose mail bounced, and whom the contact cap left out.
BOUNCED, SKIPPED = 6, 8
STARTED, FINISHED = 0.46, 0.8
NAMES = [
    "Anna Novak",
    "Ben Moore",
    "Clara Lind",
    "David Kral",
    "Eva Santos",
    "Finn Berg",
    "Greta Wolf",
    "Hugo Reyes",
]
BODY = (
    "Dear {name},\n\nthank you for coming to us. How did we do? Your answers help us to do better. "
    "It takes about two minutes."
)


def make_mailings(*, by: Member, now: datetime) -> None:
    survey = Survey.objects.get(slug="service")
    sent_at = now - timedelta(days=20)
    through = _mailing(survey, "Visitors of last month", by=by, now=sent_at - timedelta(days=1))
    _add(through, MANY, "visitor", by=by, now=sent_at)
    _settle(through, sent_at)
    waiting = _mailing(survey, "Visitors of this month", by=by, now=now - timedelta(hours=2))
    _add(waiting, FEW, "guest", by=by, now=now)


def _mailing(survey: Survey, name: str, *, by: Member, now: datetime) -> Mailing:
    values = {
        "name": name,
        "subject": "How did we do, {name}?",
        "body": BODY,
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
        "quiet_from": time(20),
        "quiet_until": time(8),
    }
    return add_mailing(survey=survey, values=values, by=by, now=now)


def _add(mailing: Mailing, many: int, word: str, *, by: Member, now: datetime) -> None:
    places = list(Location.objects.open().order_by("pk"))
    recipients = [
        Recipient(
            email=f"{word}{number:03}@example.org",
            name=NAMES[number % len(NAMES)],
            location=places[number % len(places)],
        )
        for number in range(1, many + 1)
    ]
    add_recipients(mailing=mailing, recipients=recipients, by=by, now=now)


def _settle(mailing: Mailing, sent_at: datetime) -> None:
    """As if it had been sent and answered."""
    chance = random.Random(SEED + 3)  # noqa: S311 (made-up answers)
    rows = list(mailing.invitations.order_by("pk"))
    chance.shuffle(rows)
    for number, row in enumerate(rows):
        row.due_at = None
        if number < SKIPPED:
            row.state, row.skipped_because = InvitationState.SKIPPED, SkipReason.CAP
            continue
        row.sent_at = sent_at + timedelta(seconds=number)
        row.state = InvitationState.BOUNCED if number < SKIPPED + BOUNCED else InvitationState.SENT
        row.is_started = row.state == InvitationState.SENT and chance.random() < STARTED
        row.is_finished = row.is_started and chance.random() < FINISHED
    fields = ["due_at", "state", "skipped_because", "sent_at", "is_started", "is_finished"]
    Invitation.objects.bulk_update(rows, fields, batch_size=100)
    mailing.state, mailing.ended_at = MailingState.SENT, sent_at
    mailing.save(update_fields=["state", "ended_at"])
