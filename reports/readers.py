"""Who opened the reports lately, and in which language: for them the usual views are drawn ahead.

Kept in the cache alone, and a day at most exactly: who is forgotten waits for a drawing, and nothing else.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.core.cache import cache

if TYPE_CHECKING:
    from organisation.models import Member

KEY = "report-readers"
LATELY = timedelta(days=14)
MOST = 50


class Reader(NamedTuple):
    member: int
    language: str


def note_reader(member: Member, *, language: str, on: date) -> None:
    """Written once a day for each reader."""
    known, reader = _known(), Reader(member.pk, language)
    if known.get(reader) == on:
        return
    latest = [(reader, on), *((one, day) for one, day in known.items() if one != reader)]
    cache.set(KEY, dict(latest[:MOST]), LATELY.total_seconds())


def latest_readers(*, on: date) -> list[Reader]:
    """Those of the last days, who came last first."""
    return [reader for reader, day in _known().items() if day > on - LATELY]


def _known() -> dict[Reader, date]:
    known: dict[Reader, date] = cache.get(KEY, {})
    return known
