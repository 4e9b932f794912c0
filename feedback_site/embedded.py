"""The embedded mode: one server process that is site, worker and beat, with a doorbell in its own memory.

It is the same code as in production; only the doorbell's transport and the number of processes differ. Loading this
module, as the server does, starts worker and beat.
"""

import threading

from celery import beat

from feedback_site.celery import app
from feedback_site.served import application
from feedback_site.serving import lock_data_directory

__all__ = ["application"]


def start() -> None:
    """Start worker and beat as threads that end with the process: whatever they had begun rolls back."""
    worker = app.WorkController(
        pool_cls="solo", concurrency=1, without_gossip=True, without_mingle=True, without_heartbeat=True
    )
    clock = beat.Service(app, scheduler_cls=beat.Scheduler)
    for name, run in (("worker", worker.start), ("beat", clock.start)):
        threading.Thread(target=run, name=f"embedded-{name}", daemon=True).start()


_lock = lock_data_directory()
start()
