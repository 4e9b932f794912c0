"""What the worker does. Every task may run late, twice or at the same time as another: the database decides."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from scoring.actions import check_cells, make_due_blocks, score_all_pending
from scoring.queries import oldest_unscored_age, recount_is_due

# Shorter than the time after which a broker takes a task for lost. The next sweep goes on.
PATIENCE = timedelta(seconds=60)

# Shorter yet: in the embedded mode the responses that come in meanwhile wait for it.
PATIENCE_FOR_BLOCKS = timedelta(seconds=2)

logger = logging.getLogger(__name__)


@shared_task(name="scoring.score_pending")  # type: ignore[untyped-decorator]
def score_pending() -> None:
    score_all_pending(clock=timezone.now, until=timezone.now() + PATIENCE)
    age = oldest_unscored_age(now=timezone.now())
    if age > timedelta(seconds=settings.SCORING_ALARM_SECONDS):
        logger.error("ALARM: a response has been waiting for its score for up to %s.", age)


@shared_task(name="scoring.make_blocks")  # type: ignore[untyped-decorator]
def make_blocks() -> None:
    """Add up ahead what reports read. Without it they are right all the same, and slower."""
    make_due_blocks(clock=timezone.now, until=timezone.now() + PATIENCE_FOR_BLOCKS)


@shared_task(name="scoring.recount_check")  # type: ignore[untyped-decorator]
def recount_check() -> None:
    """Once a day. It is called more often, as a machine that sleeps at night would never come to it."""
    now = timezone.now()
    if not recount_is_due(now=now):
        return
    found = check_cells(now=now)
    if found.differed:
        logger.error("ALARM: %s cells differ from a count from scratch.", found.differed)
    for difference in found.differences[:20]:
        logger.error("%s", difference)
