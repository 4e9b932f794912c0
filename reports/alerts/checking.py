"""Looking at alerts, for one recipient after the other: how it stands is noted and its mail planned in one transaction."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from reports.alerts.calm import Tidings
from reports.alerts.happening import look_for_low_scores
from reports.alerts.looking import look_at, nothing_to_see
from reports.enums import AlertKind
from reports.models import AlertNotice, AlertRecipient, Delivery
from reports.reading import report_for
from reports.storing import CannotBeRead, asked_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from reports.alerts.looking import Look

EVERY = timedelta(minutes=5)
EVERY_LOW_SCORE = timedelta(minutes=1)
LONGEST = 300

logger = logging.getLogger(__name__)


def check_alerts(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Look at those that nobody has looked at for a while, the longest left alone first; how many were told. One that
    cannot be looked at stands in nobody's way.
    """
    told = 0
    while clock() < until and (recipient := _next(clock())):
        try:
            told += check(recipient.pk, now=clock())
        except Exception:
            logger.exception("Alert %s could not be looked at.", recipient.alert_id)
            AlertRecipient.objects.filter(pk=recipient.pk).update(checked_at=clock())
    return told


def _next(now: datetime) -> AlertRecipient | None:
    due = AlertRecipient.objects.unchecked(since=now - EVERY, low_scores_since=now - EVERY_LOW_SCORE)
    return due.order_by(F("checked_at").asc(nulls_first=True), "pk").first()


@transaction.atomic
def check(recipient_id: int, *, now: datetime) -> bool:
    """Look for one recipient, note how it stands and plan a mail; whether there is one."""
    rows = AlertRecipient.objects.select_for_update(of=("self",)).select_related("alert", "member")
    recipient = rows.filter(pk=recipient_id).first()
    if recipient is None or _is_fresh(recipient, now):
        return False  # it was removed, or somebody else was quicker
    with translation.override(recipient.member.language or recipient.alert.language):
        look = _look(recipient, now)
    _note(recipient, look, now)
    if look.tidings is Tidings.NOTHING or (look.tidings is Tidings.GOOD and not recipient.alert.tells_good):
        return False
    AlertNotice.objects.create(
        recipient=recipient,
        delivery=Delivery.objects.create(member=recipient.member, due_at=now),
        words=recipient.words,
        lines=list(look.lines),
        link=look.link,
        is_good=look.tidings is Tidings.GOOD,
        told_at=now,
    )
    return True


def _is_fresh(recipient: AlertRecipient, now: datetime) -> bool:
    every = EVERY_LOW_SCORE if recipient.alert.kind == AlertKind.LOW_SCORE else EVERY
    return recipient.checked_at is not None and now - recipient.checked_at < every


def _look(recipient: AlertRecipient, now: datetime) -> Look:
    try:
        asked = asked_as(recipient.member, recipient.alert.filters, now=now)
    except CannotBeRead:
        return nothing_to_see(recipient, _("It is about something that you can no longer read."))
    if recipient.alert.kind == AlertKind.LOW_SCORE:
        return look_for_low_scores(recipient, asked, now=now)
    return look_at(recipient, report_for(asked), now=now)


def _note(recipient: AlertRecipient, look: Look, now: datetime) -> None:
    after = look.after
    recipient.state, recipient.raised_at, recipient.told_at = after.state, after.raised_at, after.told_at
    recipient.signs, recipient.checked_at = sorted(after.signs), now
    recipient.words, recipient.is_readable = look.words[:LONGEST], look.is_readable
    recipient.save()
