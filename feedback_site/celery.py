"""The Celery application: `celery -A feedback_site worker` and `celery -A feedback_site beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings

from feedback_site.warming import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feedback_site.settings")

app = Celery("feedback_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _warm_up(**_of_the_signal: Any) -> None:
    """In each process that runs tasks: one of them draws charts."""
    if settings.WARM_UP:
        warm_up()
