"""Where drawings and files of a report are kept: under what they show, so that nothing kept is ever stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.translation import get_language

from reports.reading import KEPT_SECONDS, rendering_mark

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

    from organisation.models import Member
    from reports.renderings import Rendering
    from reports.vocabulary import SurveyChoice


def mark_of(
    what: tuple[object, ...],
    query: QueryDict,
    *,
    member: Member,
    surveys: tuple[SurveyChoice, ...],
    now: datetime,
) -> str:
    """The mark of a chart, or of the whole report, as a kind of file, in the active language, on this day."""
    return rendering_mark(member, query, surveys, *what, get_language(), surveys[0].today(now))


def kept_rendering(mark: str) -> Rendering | None:
    rendering: Rendering | None = cache.get(f"rendering:{mark}")
    return rendering


def keep_rendering(mark: str, rendering: Rendering) -> None:
    cache.set(f"rendering:{mark}", rendering, KEPT_SECONDS)
