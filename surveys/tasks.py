"""What workers do for this room. Ids only: everything else is in the database, and may have changed meanwhile."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from celery import current_app, shared_task
from django.utils import timezone

from surveys.actions import import_runs
from surveys.actions.erasing import erase_old_contacts
from surveys.actions.erasing_recipients import erase_recipients
from surveys.actions.imports import drop_left_files
from surveys.actions.invited import drop_expired_drafts
from surveys.actions.sending import send_due

if TYPE_CHECKING:
    from celery import Task

# A sweep comes every few seconds and goes on; scores wait no longer than this where one worker does everything.
PATIENCE = timedelta(seconds=8)

logger = logging.getLogger(__name__)


@shared_task(name="surveys.check_import")  # type: ignore[untyped-decorator]
def check_import(run_id: int) -> None:
    import_runs.check_import(run_id=run_id)


@shared_task(name="surveys.run_import")  # type: ignore[untyped-decorator]
def run_import(run_id: int) -> None:
    import_runs.run_import(run_id=run_id)


@shared_task(name="surveys.send_mails")  # type: ignore[untyped-decorator]
def send_mails() -> None:
    send_due(clock=timezone.now, until=timezone.now() + PATIENCE)


@shared_task(name="surveys.drop_expired_drafts")  # type: ignore[untyped-decorator]
def drop_drafts() -> None:
    drop_expired_drafts(now=timezone.now())


@shared_task(name="surveys.erase_old_contacts")  # type: ignore[untyped-decorator]
def erase_contacts() -> None:
    erase_old_contacts(now=timezone.now())


@shared_task(name="surveys.erase_recipients")  # type: ignore[untyped-decorator]
def erase_old_recipients() -> None:
    erase_recipients(now=timezone.now())


@shared_task(name="surveys.drop_left_files")  # type: ignore[untyped-decorator]
def drop_files() -> None:
    drop_left_files(now=timezone.now())


def hand_over(task: Task, key: int | str) -> bool:
    """Ask a worker to do it; False where no message server takes the message. It can be asked for again then."""
    try:
        # A connection of its own: one that was opened before an outage is no use.
        with current_app.connection_for_write() as connection:
            task.apply_async((key,), connection=connection, retry=False)
    except Exception:
        logger.exception("No worker could be asked for %s of %s.", task.name, key)
        return False
    return True
