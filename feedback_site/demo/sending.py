"""The demo's schedule: a report that manager and administrator get every Monday, the last one they got, alerts, a link."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from organisation.models import Member
from reports.alerts.actions import Wish as WishedAlert
from reports.alerts.actions import add_alert
from reports.enums import AlertKind, DeliveryState, ScheduleStep
from reports.models import Delivery, SentReport
from reports.schedules.actions import Wish, add_schedule
from reports.sharing.actions import LinkWish, share_report
from reports.storing import period_of, store_report
from surveys.enums import Dimension

if TYPE_CHECKING:
    from datetime import datetime

    from reports.models import Schedule

READERS = ("admin@example.org", "manager@example.org")
ZONE = "Europe/Prague"


def make_sent_reports(*, origin: str, now: datetime) -> None:
    """`origin`: where the links of mails lead, such as "http://127.0.0.1:8000"."""
    readers = list(Member.objects.filter(email__in=READERS).order_by("email"))
    wish = Wish(
        {
            "name": "Service, last 30 days",
            "filters": "survey=service&period=30",
            "step": ScheduleStep.WEEK,
            "weekday": 0,
            "at": time(7),
            "time_zone": ZONE,
        },
        readers,
    )
    schedule = add_schedule(wish=wish, origin=origin, language="en", by=readers[1], now=now)
    for member in readers:
        _sent(schedule, member, now)
    _make_alerts(readers, origin, now)
    share_report(
        filters="survey=service&period=90",
        wish=LinkWish("For the board", days=90),
        language="en",
        by=readers[1],
        now=now,
    )


def _make_alerts(readers: list[Member], origin: str, now: datetime) -> None:
    """One of each way to be told: a threshold, a location out of line, a single low score."""
    kinds: list[dict[str, Any]] = [
        {
            "name": "Speed below 3.9",
            "kind": AlertKind.MEAN_BELOW,
            "dimension": Dimension.SPEED,
            "threshold": Decimal("3.9"),
        },
        {
            "name": "Locations out of line",
            "kind": AlertKind.OUTLIER,
            "dimension": Dimension.QUALITY,
            "tells_good": True,
        },
        {
            "name": "Every 1",
            "kind": AlertKind.LOW_SCORE,
            "dimension": Dimension.OVERALL,
            "threshold": Decimal(1),
        },
    ]
    for fields in kinds:
        filters = f"survey=service&dimension={fields['dimension']}&period=30"
        wish = WishedAlert({"hours": 72, "filters": filters, **fields}, readers)
        add_alert(wish=wish, origin=origin, language="en", by=readers[1], now=now)


def _sent(schedule: Schedule, member: Member, now: datetime) -> None:
    """As if it had gone out just now. No mail is sent."""
    stored = store_report(member=member, filters=schedule.filters, language="en", now=now)
    delivery = Delivery.objects.create(member=member, due_at=now, state=DeliveryState.SENT, sent_at=now)
    SentReport.objects.create(
        schedule=schedule,
        member=member,
        delivery=delivery,
        report=stored,
        name=schedule.name,
        period=period_of(stored),
        filters=schedule.filters,
        language=schedule.language,
        origin=schedule.origin,
        due_on=now.astimezone(ZoneInfo(ZONE)).date(),
        due_at=now,
    )
