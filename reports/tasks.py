"""What workers do for this room: files of responses, mails, and the usual views ahead; a bite at a time, so that scores are
never kept waiting.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from reports.actions import clear_expired
from reports.ahead import draw_ahead
from reports.alerts.checking import check_alerts
from reports.clearing import clear_old
from reports.delivering import deliver_due
from reports.exports.making import go_on
from reports.models import ReportExport
from reports.schedules.planning import plan_due
from surveys.tasks import hand_over

BITE = timedelta(seconds=5)
LOOK = timedelta(seconds=2)
BITE_OF_DRAWING = timedelta(seconds=2)


@shared_task(name="reports.make_export")  # type: ignore[untyped-decorator]
def make_export(export_id: str) -> None:
    """Twice at the same time does no harm: the second finds the file locked and leaves."""
    if go_on(export_id=UUID(export_id), clock=timezone.now, until=timezone.now() + BITE):
        hand_over(make_export, export_id)


@shared_task(name="reports.sweep_exports")  # type: ignore[untyped-decorator]
def sweep_exports() -> None:
    """Clear away what has expired, and go on for workers that died."""
    clear_expired(now=timezone.now())
    clear_old(now=timezone.now())
    for key in ReportExport.objects.unfinished().values_list("pk", flat=True):
        hand_over(make_export, str(key))


@shared_task(name="reports.draw_ahead")  # type: ignore[untyped-decorator]
def draw_usual_views() -> None:
    """What the next reader would wait for. Without it they wait, and see the same."""
    draw_ahead(clock=timezone.now, until=timezone.now() + BITE_OF_DRAWING)


@shared_task(name="reports.send_reports")  # type: ignore[untyped-decorator]
def send_reports() -> None:
    """Plan what is due, look at alerts, and send what is to be sent."""
    plan_due(now=timezone.now())
    check_alerts(clock=timezone.now, until=timezone.now() + LOOK)
    deliver_due(clock=timezone.now, until=timezone.now() + BITE)
