"""What workers do for this room. Ids only: everything else is in the database, and may have changed meanwhile."""

from __future__ import annotations

from celery import shared_task

from surveys.actions import import_runs


@shared_task(name="surveys.check_import")  # type: ignore[untyped-decorator]
def check_import(run_id: int) -> None:
    import_runs.check_import(run_id=run_id)


@shared_task(name="surveys.run_import")  # type: ignore[untyped-decorator]
def run_import(run_id: int) -> None:
    import_runs.run_import(run_id=run_id)
