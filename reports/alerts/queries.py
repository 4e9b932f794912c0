"""Reads around alerts: what the list and the page of one show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.alerts.naming import looks_for, shown_state
from reports.models import Alert, AlertNotice, AlertRecipient
from reports.schedules.queries import about

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from organisation.models import Member
    from reports.alerts.naming import Shown
    from reports.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as one member meets it. `about` is empty where they can no longer read all of it; `recipient` is None
    where it does not tell them.
    """

    alert: Alert
    about: str
    looks_for: str
    recipient: AlertRecipient | None
    state: Shown | None
    may_change: bool


def alert_rows(member: Member, vocabulary: Vocabulary, *, now: datetime) -> list[AlertRow]:
    """Those in use first."""
    alerts = list(
        Alert.objects.visible_to(member).select_related("owner").order_by("-is_active", "name", "pk")
    )
    return rows_of(alerts, member, vocabulary, now=now)


def rows_of(
    alerts: Iterable[Alert], member: Member, vocabulary: Vocabulary, *, now: datetime
) -> list[AlertRow]:
    own = {row.alert_id: row for row in AlertRecipient.objects.visible_to(member)}
    return [
        AlertRow(
            alert,
            about(alert.filters, vocabulary, now=now),
            looks_for(alert),
            own.get(alert.pk),
            shown_state(alert, own.get(alert.pk)),
            member.is_administrator or alert.owner_id == member.pk,
        )
        for alert in alerts
    ]


def notices_of(alert: Alert, member: Member) -> QuerySet[AlertNotice]:
    """What the member was told, the latest first."""
    rows = AlertNotice.objects.visible_to(member).filter(recipient__alert=alert)
    return rows.select_related("delivery").order_by("-told_at", "-pk")


def names_of_recipients(alert: Alert) -> list[str]:
    rows = alert.recipients.select_related("member").order_by("member__email")
    return [str(row.member) for row in rows]
