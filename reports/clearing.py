"""Clearing away what was sent and shared, once its time is over. That it was there stays in the lists.

A report that was sent is kept for a bit over a year, so that it can be laid beside that of the same month a year later. What
a link showed is kept for a while after its end, so that whoever ended it by mistake has something to hold against it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce, Least

from reports.enums import DeliveryState
from reports.models import SentReport, SharedComment, ShareLink, StoredReport

if TYPE_CHECKING:
    from datetime import datetime

SENT_KEPT_FOR = timedelta(days=400)
SHARED_KEPT_FOR = timedelta(days=30)
AT_ONCE = 100
ON_ITS_WAY = (DeliveryState.WAITING, DeliveryState.CLAIMED)


def clear_old(*, now: datetime) -> int:
    """So many at a time; how many reports were cleared away."""
    return _clear_sent(now=now) + _clear_shared(now=now)


def sent_kept_until(sent: SentReport) -> datetime:
    """Counted from the mail that led to it: that may have gone out long after it was due."""
    return max(sent.due_at, sent.delivery.sent_at or sent.due_at) + SENT_KEPT_FOR


def shared_kept_until(link: ShareLink) -> datetime:
    return link.ended_at + SHARED_KEPT_FOR


@transaction.atomic
def _clear_sent(*, now: datetime) -> int:
    old = now - SENT_KEPT_FOR
    not_mailed_since = Q(delivery__sent_at=None) | Q(delivery__sent_at__lte=old)
    rows = SentReport.objects.made().filter(not_mailed_since, due_at__lte=old)
    keys = dict(
        rows.exclude(delivery__state__in=ON_ITS_WAY)
        .order_by("due_at", "pk")
        .values_list("pk", "report")[:AT_ONCE]
    )
    SentReport.objects.filter(pk__in=keys).update(report=None, cleared_at=now)
    StoredReport.objects.filter(pk__in=keys.values()).delete()
    return len(keys)


@transaction.atomic
def _clear_shared(*, now: datetime) -> int:
    end = Least("expires_at", Coalesce("revoked_at", "expires_at"))
    rows = ShareLink.objects.alias(end=end).filter(cleared_at=None, end__lte=now - SHARED_KEPT_FOR)
    keys = dict(rows.order_by("expires_at", "pk").values_list("pk", "report")[:AT_ONCE])
    SharedComment.objects.filter(link__in=keys).delete()
    ShareLink.objects.filter(pk__in=keys).update(report=None, cleared_at=now)
    StoredReport.objects.filter(pk__in=keys.values()).delete()
    return len(keys)
