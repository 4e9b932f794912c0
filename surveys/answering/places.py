"""What an address names, remembered for a moment: the survey's state and the places by their codes.

The public page is asked for far more often than any of this changes, so each process keeps it for REMEMBERED
seconds: closing a survey takes effect everywhere within that time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.cache import caches

from organisation.models import Location, Organisation, Touchpoint
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

REMEMBERED = 1
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")


@dataclass(frozen=True, slots=True)
class Face:
    """What a customer sees of the organisation."""

    name: str
    colour: str
    logo_type: str


@dataclass(frozen=True, slots=True)
class Place:
    id: int
    code: str
    name: str
    is_default: bool
    time_zone: str = "UTC"

    def day(self, at: datetime) -> date:
        """The local day of that moment."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


def survey_named(slug: str) -> Survey | None:
    return (
        None
        if not CODE.fullmatch(slug)
        else _remember(f"survey:{slug}", lambda: Survey.objects.filter(slug=slug).first())
    )


def face() -> Face:
    return _remember("face", _read_face)


def location(code: str) -> Place | None:
    """The location with that code, the default one for ""; None where there is none."""
    return (
        None
        if code and not CODE.fullmatch(code)
        else _remember(f"location:{code}", lambda: _read_location(code))
    )


def touchpoint(code: str) -> Place | None:
    return (
        None
        if code and not CODE.fullmatch(code)
        else _remember(f"touchpoint:{code}", lambda: _read_touchpoint(code))
    )


def forget() -> None:
    """Read everything afresh, in this process."""
    caches["moment"].clear()


def _remember[T](key: str, read: Callable[[], T]) -> T:
    value: T | None = caches["moment"].get(key)
    if value is None:
        value = read()
        caches["moment"].set(key, value, REMEMBERED)
    return value


def _read_face() -> Face:
    organisation = Organisation.objects.defer("logo").get_or_create(pk=1)[0]
    return Face(organisation.name, organisation.colour, organisation.logo_type)


def _read_location(code: str) -> Place | None:
    wanted = {"code": code} if code else {"is_default": True}
    found = (
        Location.objects.filter(**wanted).values_list("id", "code", "name", "is_default", "time_zone").first()
    )
    return Place(*found) if found else None


def _read_touchpoint(code: str) -> Place | None:
    wanted = {"code": code} if code else {"is_default": True}
    found = Touchpoint.objects.filter(**wanted).values_list("id", "code", "name", "is_default").first()
    return Place(*found) if found else None
