"""What workers do for this room. Ids only: everything else is in the database, and may have changed meanwhile."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from celery import current_app, shared_task

from surveys.actions import import_runs

if TYPE_CHECKING:
    from celery import Task

logger = logging.getLogger(__name__)


@shared_task(name="surveys.check_import")  # type: ignore[untyped-decorator]
def check_import(run_id: int) -> None:
    import_runs.check_import(run_id=run_id)


@shared_task(name="surveys.run_import")  # type: ignore[untyped-decorator]
def run_import(run_id: int) -> None:
    import_runs.run_import(run_id=run_id)


def hand_over(task: Task, run_id: int) -> bool:
    """Ask a worker to do it; False where no message server takes the message. The run can be started again then."""
    try:
        # A connection of its own: one that was opened before an outage is no use.
        with current_app.connection_for_write() as connection:
            task.apply_async((run_id,), connection=connection, retry=False)
    except Exception:
        logger.exception("No worker could be asked to take import run %s.", run_id)
        return False
    return True
