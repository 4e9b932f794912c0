"""Asking for an alert, pausing and removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from organisation.models import Member
from reports.enums import AlertState
from reports.models import Alert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

MOST_ALERTS = 50


class TooManyAlerts(Exception):
    """The member has as many as one may have."""


@transaction.atomic
def add_alert(*, values: Mapping[str, Any], origin: str, language: str, by: Member, now: datetime) -> Alert:
    """It is looked at within minutes. Raises TooManyAlerts."""
    # Locked, so that two at the same time see one another.
    Member.objects.select_for_update().get(pk=by.pk)
    if Alert.objects.visible_to(by).count() >= MOST_ALERTS:
        raise TooManyAlerts
    alert = Alert.objects.create(owner=by, origin=origin, language=language, made_at=now, **values)
    record_change(action="added", subject=alert, by=by, now=now, changes={"filters": [None, alert.filters]})
    return alert


@transaction.atomic
def pause_alert(*, alert: Alert, by: Member, now: datetime) -> None:
    alert.is_active = False
    alert.save(update_fields=["is_active"])
    record_change(action="paused", subject=alert, by=by, now=now)


@transaction.atomic
def resume_alert(*, alert: Alert, by: Member, now: datetime) -> None:
    """It begins afresh: nobody looked meanwhile."""
    alert.is_active, alert.state, alert.checked_at, alert.words = True, AlertState.UNKNOWN, None, ""
    alert.save(update_fields=["is_active", "state", "checked_at", "words"])
    record_change(action="resumed", subject=alert, by=by, now=now)


@transaction.atomic
def remove_alert(*, alert: Alert, by: Member, now: datetime) -> None:
    """With what it has told; a mail that is on its way is not sent any more."""
    record_change(action="removed", subject=alert, by=by, now=now)
    alert.delete()
