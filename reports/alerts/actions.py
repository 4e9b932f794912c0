"""Asking for an alert, changing, pausing and removing it, and leaving one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from organisation.actions.audit import set_fields
from organisation.models import Member
from reports.enums import AlertState
from reports.models import Alert, AlertRecipient, LowScore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

MOST_ALERTS, MOST_RECIPIENTS = 50, 100
# With another of these an alert is about something else, and begins afresh.
ABOUT = frozenset({"filters", "kind", "dimension", "threshold"})


class TooManyAlerts(Exception):
    """The member has as many as one may have."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an alert is to be: its fields by name, and whom it tells."""

    values: Mapping[str, Any]
    recipients: Iterable[Member]


@transaction.atomic
def add_alert(*, wish: Wish, origin: str, language: str, by: Member, now: datetime) -> Alert:
    """It is looked at within minutes. Raises TooManyAlerts."""
    # Locked, so that two at the same time see one another.
    Member.objects.select_for_update().get(pk=by.pk)
    if Alert.objects.filter(owner=by).count() >= MOST_ALERTS:
        raise TooManyAlerts
    alert = Alert.objects.create(owner=by, origin=origin, language=language, made_at=now, **wish.values)
    _tell(alert, wish.recipients)
    changes = {"filters": [None, alert.filters], "recipients": [None, _named(alert)]}
    record_change(action="added", subject=alert, by=by, now=now, changes=changes)
    return alert


@transaction.atomic
def change_alert(*, alert: Alert, wish: Wish, by: Member, now: datetime) -> None:
    """It begins afresh where it is about something else then; whoever is told already goes on being told."""
    before = _named(alert)
    changes = set_fields(alert, wish.values)
    alert.save(update_fields=list(wish.values))
    _tell(alert, wish.recipients)
    after = _named(alert)
    if ABOUT & changes.keys():
        _begin_afresh(alert)
    if before != after:
        changes["recipients"] = [before, after]
    if changes:
        record_change(action="changed", subject=alert, by=by, now=now, changes=changes)


@transaction.atomic
def pause_alert(*, alert: Alert, by: Member, now: datetime) -> None:
    alert.is_active = False
    alert.save(update_fields=["is_active"])
    record_change(action="paused", subject=alert, by=by, now=now)


@transaction.atomic
def resume_alert(*, alert: Alert, by: Member, now: datetime) -> None:
    """It begins afresh: nobody looked meanwhile, and what came in meanwhile is not told."""
    if alert.is_active:
        return
    alert.is_active = True
    alert.save(update_fields=["is_active"])
    _begin_afresh(alert)
    record_change(action="resumed", subject=alert, by=by, now=now)


@transaction.atomic
def remove_alert(*, alert: Alert, by: Member, now: datetime) -> None:
    """With what it has told; a mail that is on its way is not sent any more."""
    record_change(action="removed", subject=alert, by=by, now=now)
    alert.delete()


@transaction.atomic
def leave_alert(*, recipient: AlertRecipient, now: datetime) -> None:
    """A recipient wants to be told no longer; what they were told goes with it."""
    record_change(action="left", subject=recipient.alert, by=recipient.member, now=now)
    recipient.delete()


def _tell(alert: Alert, members: Iterable[Member]) -> None:
    """These and nobody else. Whoever is told already stays as they are."""
    wanted = {member.pk: member for member in members}
    AlertRecipient.objects.filter(alert=alert).exclude(member__in=wanted).delete()
    AlertRecipient.objects.bulk_create(
        [AlertRecipient(alert=alert, member=member) for member in wanted.values()], ignore_conflicts=True
    )


def _begin_afresh(alert: Alert) -> None:
    # First the rows that a look locks, so that what it has found is seen here.
    AlertRecipient.objects.filter(alert=alert).update(
        state=AlertState.UNKNOWN,
        raised_at=None,
        told_at=None,
        checked_at=None,
        is_readable=True,
        words="",
        signs=[],
        marks={},
        seen_days={},
    )
    LowScore.objects.filter(recipient__alert=alert).delete()


def _named(alert: Alert) -> str:
    found = AlertRecipient.objects.filter(alert=alert).order_by("member__email")
    return ", ".join(found.values_list("member__email", flat=True))
