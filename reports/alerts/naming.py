"""What an alert looks for and how it stands, in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports import numerals
from reports.enums import AlertKind, AlertState
from reports.findings import name_of
from reports.models.alerts import MEANS, SHARES

if TYPE_CHECKING:
    from datetime import datetime

    from reports.models import Alert, AlertRecipient


@dataclass(frozen=True, slots=True)
class Shown:
    """A state for a reader: its words, its tone, and since when it is so where that is known."""

    words: str
    tone: str = ""
    since: datetime | None = None


def what_of(alert: Alert) -> str:
    return name_of(alert.dimension) if alert.dimension else _("Any question")


def limit_of(alert: Alert) -> str:
    """The threshold as its kind is read: 3.50, 80 %, or of a low score a plain 1."""
    threshold = alert.threshold
    if threshold is None:
        return ""
    if alert.kind in SHARES:
        return numerals.share(float(threshold) / 100)
    if alert.kind in MEANS or threshold % 1:
        return numerals.mean(float(threshold))
    return numerals.count(int(threshold))


def looks_for(alert: Alert) -> str:
    """Speed: the mean falls below 3.90"""
    dimension, limit = what_of(alert), limit_of(alert)
    said = {
        AlertKind.MEAN_BELOW: _("%(dimension)s: the mean falls below %(limit)s"),
        AlertKind.MEAN_ABOVE: _("%(dimension)s: the mean rises above %(limit)s"),
        AlertKind.SHARE_BELOW: _("%(dimension)s: the share of 4s and 5s falls below %(limit)s"),
        AlertKind.SHARE_ABOVE: _("%(dimension)s: the share of 4s and 5s rises above %(limit)s"),
        AlertKind.SIGNAL: _("%(dimension)s: the latest point of the trend stands out"),
        AlertKind.OUTLIER: _("%(dimension)s: a location is out of line with the others"),
        AlertKind.LOW_SCORE: _("%(dimension)s: a single response scores %(limit)s or lower"),
    }[AlertKind(alert.kind)]
    return said % {"dimension": dimension, "limit": limit}


def shown_state(alert: Alert, recipient: AlertRecipient | None) -> Shown | None:
    """None: it is paused for nobody and tells whoever looks nothing. What may not be told has no state to show."""
    if not alert.is_active:
        return Shown(pgettext("alert", "Paused"), "warning")
    if recipient is None:
        return None
    if recipient.checked_at is None:
        return Shown(pgettext("alert", "Not looked at yet"))
    if not recipient.is_readable:
        return Shown(pgettext("alert", "Not told"))
    if recipient.state == AlertState.RAISED:
        return Shown(pgettext("alert", "Raised"), "danger", recipient.raised_at)
    return Shown(str(AlertState.CALM.label), "success")
