"""How many responses are held and wait for somebody to look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.formats import number_format

from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.models import Survey

# Nobody looks at more than this, and nobody waits until they are counted.
MANY = 1_000


def held_count(survey: Survey) -> int:
    """Responses of the survey that are held, counted up to MANY."""
    return Response.objects.held().arrived().filter(version__survey=survey)[:MANY].count()


def up_to_many(count: int) -> str:
    """999, 1,000+"""
    return number_format(count, force_grouping=True) + ("+" if count >= MANY else "")


def held_counts(surveys: Iterable[Survey]) -> dict[int, int]:
    """Responses that are held, by survey; those without any are left out."""
    held = Response.objects.held().arrived().filter(version__survey__in=[survey.pk for survey in surveys])
    return dict(held.order_by().values_list("version__survey").annotate(count=Count("pk")))
