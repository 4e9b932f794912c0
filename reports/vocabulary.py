"""What one member can ask a report about: their surveys, places and touchpoints. Anything else is unknown to it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, TruncDate

from organisation.models import Location, Member, Organisation, Touchpoint
from reports.models import ProcessChange
from reports.selections import Sql, fetch
from surveys.models import Mailing, Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from django.db.models.sql.compiler import SQLCompiler

    from surveys.models.surveys import SurveyQuerySet

REMEMBERED = 1.0
# By member: seconds of the process clock at which the names were read, and their mark.
_remembered: dict[int, tuple[float, str]] = {}


@dataclass(frozen=True, slots=True)
class SurveyChoice:
    """A survey that can be read, and how far its counting has come."""

    id: int
    slug: str
    name: str
    live_version: int
    data_version: int | None
    counted_at: datetime | None
    minimum: int
    time_zone: str
    has_mailings: bool = False  # without any there is no response rate to ask for
    changes: str | None = None  # another one whenever a note of a process change was; None: there are none
    versions: int = 1  # that were published

    def today(self, now: datetime) -> date:
        """The organisation's day."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()


class KnownRegion(NamedTuple):
    code: str
    name: str


class KnownLocation(NamedTuple):
    """A location as a report names it. There are hundreds, so they are read without making models of them."""

    pk: int
    code: str
    name: str
    region_id: int | None = None
    region: KnownRegion | None = None


class KnownTouchpoint(NamedTuple):
    pk: int
    code: str
    name: str
    channel: str
    stage: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Surveys in the order of `survey_choices`; places and touchpoints by code."""

    surveys: tuple[SurveyChoice, ...]
    locations: Mapping[str, KnownLocation]
    touchpoints: Mapping[str, KnownTouchpoint]
    sees_everywhere: bool

    @property
    def scope(self) -> frozenset[int] | None:
        """The locations that the member may see; None: all, however many there will be."""
        return None if self.sees_everywhere else frozenset(place.pk for place in self.locations.values())

    @property
    def regions(self) -> dict[str, str]:
        """Names by code, of the regions in which the member has a location."""
        regions = {location.region for location in self.locations.values() if location.region}
        return {region.code: region.name for region in sorted(regions, key=lambda region: region.name)}

    def survey(self, slug: str) -> SurveyChoice:
        """One that is known to be there."""
        return next(survey for survey in self.surveys if survey.slug == slug)

    @property
    def mark(self) -> str:
        """Moves with every name and place, so that nothing kept outlives the names in it."""
        surveys = [(survey.slug, survey.name) for survey in self.surveys]
        return digest([*self.locations.values(), *self.touchpoints.values(), *surveys])


def load_vocabulary(member: Member, surveys: tuple[SurveyChoice, ...] | None = None) -> Vocabulary:
    """Three queries, whatever there is; two where the surveys are known."""
    return Vocabulary(
        surveys=survey_choices(member) if surveys is None else surveys,
        locations={place.code: place for place in _known_locations(member)},
        touchpoints={touchpoint.code: touchpoint for touchpoint in _known_touchpoints(member)},
        sees_everywhere=member.sees_everywhere,
    )


def _known_locations(member: Member) -> Iterable[KnownLocation]:
    places = Location.objects.visible_to(member).order_by("name", "pk")
    rows: Iterable[tuple[Any, ...]] = places.values_list(
        "pk", "code", "name", "region", "region__code", "region__name"
    )
    for key, code, name, region, *names in rows:
        yield KnownLocation(key, code, name, region, KnownRegion(*names) if region else None)


def _known_touchpoints(member: Member) -> Iterable[KnownTouchpoint]:
    touchpoints = Touchpoint.objects.visible_to(member).order_by("name", "pk")
    return map(KnownTouchpoint._make, touchpoints.values_list("pk", "code", "name", "channel", "stage"))


def names_mark(member: Member) -> str:
    """What a member's places and touchpoints are called and where they belong.

    A page asks for many charts at once, so each process keeps it for REMEMBERED seconds: a chart shows a new name
    within that time.
    """
    read_at, mark = _remembered.get(member.pk, (-math.inf, ""))
    if time.monotonic() - read_at > REMEMBERED:
        mark = _read_names(member)
        _remembered[member.pk] = (time.monotonic(), mark)
    return mark


def forget_names() -> None:
    """Read everything afresh, in this process."""
    _remembered.clear()


def _read_names(member: Member) -> str:
    """Read without making objects of them: two queries."""
    places = Location.objects.visible_to(member).order_by("pk")
    touchpoints = Touchpoint.objects.visible_to(member).order_by("pk")
    return digest(
        [
            *places.values_list("pk", "code", "name", "region__code", "region__name"),
            *touchpoints.values_list("pk", "code", "name", "channel", "stage"),
        ]
    )


def survey_choices(member: Member) -> tuple[SurveyChoice, ...]:
    """Published surveys, in use before archived; first those that were answered last, by the day, then the newest.

    By the day, so that of two that are answered all the time the one that opens by itself stays the same.
    """
    compiler, text, values = _statement(member.role, connection.vendor)
    found: list[Sequence[Any]] = [*fetch(Sql(text, values))]
    return tuple(SurveyChoice(*row) for row in compiler.results_iter([found], tuple_expected=True))


@cache
def _statement(role: str, _vendor: str) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
    """What a member of that role may choose from, as the database is asked for it: a kept chart is served in a time of
    which putting this together would be a third. Which surveys a member sees follows from the role alone; a test holds
    this against every kind of member.
    """
    compiler = choices_of(Member(role=role)).query.get_compiler(DEFAULT_DB_ALIAS)
    text, values = compiler.as_sql()
    return compiler, text, tuple(values)


def choices_of(member: Member) -> SurveyQuerySet:
    """Rows of SurveyChoice.

    The organisation's own numbers ride along: a report needs them with its survey, and never without one.
    """
    organisation = Organisation.objects.filter(pk=1)
    surveys = Survey.objects.visible_to(member).published()
    rows: Any = surveys.order_by(
        F("archived_at").desc(nulls_first=True),
        TruncDate("data_version__moved_at", tzinfo=UTC).desc(nulls_last=True),
        "-live_version__published_at",
        "-pk",
    ).values_list(
        "pk",
        "slug",
        "name",
        "live_version_id",
        "data_version__number",
        "data_version__moved_at",
        Subquery(organisation.values("minimum_group")[:1]),
        Subquery(organisation.values("time_zone")[:1]),
        Exists(Mailing.objects.filter(survey=OuterRef("pk"))),
        Subquery(_changes_mark()),
        "live_version__number",
    )
    return cast("SurveyQuerySet", rows)


def _changes_mark() -> Any:
    """How many notes there are, and when the last was written: one that is removed leaves fewer, any other is later."""
    notes = ProcessChange.objects.filter(survey=OuterRef("pk")).order_by().values("survey")
    number, latest = (
        Cast(what("pk" if what is Count else "written_at"), CharField()) for what in (Count, Max)
    )
    return notes.annotate(mark=Concat(number, Value(" "), latest)).values("mark")


def digest(parts: Iterable[object]) -> str:
    return sha256("\n".join(map(repr, parts)).encode()).hexdigest()[:20]
