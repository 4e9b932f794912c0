"""What a customer's address names: the survey's state, the places by their codes, the organisation's face.

One query reads it all, and each process keeps it for REMEMBERED seconds, since the page is asked for far more
often than any of this changes: closing a survey takes effect everywhere within that time.
"""

from __future__ import annotations

import math
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, QuerySet, StringAgg, Subquery, Value
from django.db.models.functions import JSONObject

from organisation.models import Location, Organisation, Touchpoint
from surveys.models import AllowedOrigin, KioskRule, Survey

if TYPE_CHECKING:
    from datetime import date, datetime

REMEMBERED = 1.0
MOST_REMEMBERED = 10_000
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


@dataclass(frozen=True, slots=True)
class Kiosk:
    """How the survey's kiosks behave; the PIN is asked of the database when somebody leaves."""

    idle_seconds: int
    at_idle: str
    edition: int


@dataclass(frozen=True, slots=True)
class Address:
    """A published survey at its places; a place is None where nobody has the code that was given.

    `origins` are the websites that may show it in a frame; `kiosk` is None where it may not stand at one.
    """

    survey: Survey
    version_id: int
    face: Face
    location: Place | None
    touchpoint: Place | None
    origins: tuple[str, ...] = ()
    kiosk: Kiosk | None = None

    def opens_on(self, now: datetime) -> date | None:
        """The day, where it is given, on which a survey that is not open yet opens; None for one that is or was."""
        opens_at = self.survey.opens_at
        if opens_at is None or opens_at <= now:
            return None
        return self.location.day(opens_at) if self.location else opens_at.date()

    @property
    def place_name(self) -> str:
        """What tells the customer where this is about; nothing where there is only one place."""
        return "" if self.location is None or self.location.is_default else self.location.name


# Seconds of the process clock at which an address was read, and what it named.
_remembered: dict[tuple[str, str, str], tuple[float, Address | None]] = {}


def address(slug: str, location: str = "", touchpoint: str = "") -> Address | None:
    """What the address names, the default place for an empty code; None without a published survey."""
    if not CODE.fullmatch(slug):
        return None
    key, now = (slug, _safe(location), _safe(touchpoint)), time.monotonic()
    read_at, found = _remembered.get(key, (-math.inf, None))
    if now - read_at > REMEMBERED:
        if len(_remembered) >= MOST_REMEMBERED:
            forget()
        found = _read(*key)
        _remembered[key] = (now, found)
    return found


def forget() -> None:
    """Read everything afresh, in this process."""
    _remembered.clear()


def face() -> Face:
    return Face(**Organisation.objects.filter(pk=1).values("name", "colour", "logo_type").get())


def _read(slug: str, location: str, touchpoint: str) -> Address | None:
    places = {"id": F("id"), "code": F("code"), "name": F("name"), "is_default": F("is_default")}
    survey: Any = (
        Survey.objects.published()
        .filter(slug=slug)
        .annotate(
            at_face=_as_json(
                Organisation.objects.filter(pk=1),
                {"name": F("name"), "colour": F("colour"), "logo_type": F("logo_type")},
            ),
            at_location=_as_json(
                Location.objects.filter(**_named(location)), {**places, "time_zone": F("time_zone")}
            ),
            at_touchpoint=_as_json(Touchpoint.objects.filter(**_named(touchpoint)), places),
            at_origins=_origins(),
            at_kiosk=_as_json(
                KioskRule.objects.filter(survey=OuterRef("pk")),
                {"idle_seconds": F("idle_seconds"), "at_idle": F("at_idle"), "edition": F("edition")},
            ),
        )
        .first()
    )
    if survey is None or survey.live_version_id is None:
        return None
    return Address(
        survey=survey,
        version_id=survey.live_version_id,
        face=Face(**survey.at_face),
        location=_place(survey.at_location),
        touchpoint=_place(survey.at_touchpoint),
        origins=tuple(sorted((survey.at_origins or "").split())),
        kiosk=Kiosk(**survey.at_kiosk) if survey.at_kiosk else None,
    )


def _safe(code: str) -> str:
    """What no code can be becomes one that nobody has; no code at all stays that."""
    return code if not code or CODE.fullmatch(code) else "-"


def _named(code: str) -> dict[str, object]:
    return {"code": code} if code else {"is_default": True}


def _origins() -> Subquery:
    """With blanks between: no origin holds one."""
    rows = AllowedOrigin.objects.filter(survey=OuterRef("pk")).values("survey")
    return Subquery(rows.values(listed=StringAgg("origin", Value(" "))))


def _as_json(
    rows: QuerySet[Organisation] | QuerySet[Location] | QuerySet[Touchpoint] | QuerySet[KioskRule],
    fields: dict[str, F],
) -> Subquery:
    return Subquery(rows.values(as_json=JSONObject(**fields))[:1])


def _place(found: dict[str, object] | None) -> Place | None:
    # SQLite's JSON knows no booleans here, only 0 and 1.
    return Place(**{**found, "is_default": bool(found["is_default"])}) if found else None  # type: ignore[arg-type]
