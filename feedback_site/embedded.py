"""The embedded mode: one server process that is site, worker and beat, with a doorbell in its own memory.

It is the same code as in production; only the doorbell's transport and the number of processes differ. A second
process would have a doorbell of its own, so a lock on the data directory keeps it to one.
"""

from __future__ import annotations

import fcntl
import threading
from typing import TYPE_CHECKING

from celery import beat
from django.conf import settings

from feedback_site.celery import app
from feedback_site.wsgi import application

if TYPE_CHECKING:
    from io import TextIOWrapper

__all__ = ["application"]


class AlreadyRunning(Exception):
    """Another process serves from the same data directory."""


def lock_data_directory() -> TextIOWrapper:
    """Hold the data directory for as long as the file returned stays open. Raises AlreadyRunning."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    lock = (settings.DATA_DIR / "serving.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise AlreadyRunning(f"Another process already serves from {settings.DATA_DIR}.") from error
    return lock


def start() -> None:
    """Start worker and beat as threads that end with the process: whatever they had begun rolls back."""
    worker = app.WorkController(
        pool_cls="solo", concurrency=1, without_gossip=True, without_mingle=True, without_heartbeat=True
    )
    clock = beat.Service(app, scheduler_cls=beat.Scheduler)
    for name, run in (("worker", worker.start), ("beat", clock.start)):
        threading.Thread(target=run, name=f"embedded-{name}", daemon=True).start()


if settings.EMBEDDED:
    _lock = lock_data_directory()
    start()
