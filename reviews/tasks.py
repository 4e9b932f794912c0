"""What the worker does. Every task may run late, twice or at the same time as another: the database decides."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from reviews.actions.hearing import hear_all_pending
from reviews.actions.mention_files import drop_left_files
from reviews.actions.moves import add_up_moves

# Shorter than the time after which a broker takes a task for lost. The next sweep goes on.
PATIENCE = timedelta(seconds=60)


@shared_task(name="reviews.hear_pending")  # type: ignore[untyped-decorator]
def hear_pending() -> None:
    hear_all_pending(clock=timezone.now, until=timezone.now() + PATIENCE)
    add_up_moves()


@shared_task(name="reviews.drop_left_files")  # type: ignore[untyped-decorator]
def drop_files() -> None:
    drop_left_files(now=timezone.now())
