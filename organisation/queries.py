"""Reads of the organisation's pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisation.models import AuditEntry, Location, Member, Organisation, Region, Touchpoint

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model, QuerySet

    from organisation.models.audit import AuditEntryQuerySet
    from organisation.models.members import MemberQuerySet
    from organisation.models.places import LocationQuerySet, TouchpointQuerySet

ENTRIES_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is of each, as far as the member sees it."""

    locations: int
    regions: int
    touchpoints: int
    members: int


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry as it is read: who, when, what, and (field, before, after) of each change."""

    at: datetime
    by: Member | None
    text: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries, newest first. `older` is the key to go on after, None at the end."""

    lines: list[AuditLine]
    older: int | None


def the_organisation() -> Organisation:
    """The one organisation, without its logo, which no page needs but the one that serves it."""
    return Organisation.objects.defer("logo").get(pk=1)


def organisation_day(now: datetime) -> date:
    """The organisation's own day at that moment: what "today", "late" and "due" go by."""
    return now.astimezone(ZoneInfo(the_organisation().time_zone)).date()


def overview(member: Member) -> Overview:
    return Overview(
        locations=Location.objects.visible_to(member).open().count(),
        regions=Region.objects.visible_to(member).count(),
        touchpoints=Touchpoint.objects.visible_to(member).open().count(),
        members=Member.objects.visible_to(member).filter(is_active=True).count(),
    )


def locations_matching(locations: LocationQuerySet, *, words: str, state: str) -> LocationQuerySet:
    """Open or archived locations in whose code, name or region each of the words occurs."""
    for word in words.split():
        locations = locations.filter(
            Q(code__icontains=word) | Q(name__icontains=word) | Q(region__name__icontains=word)
        )
    found = locations.exclude(archived_at=None) if state == "archived" else locations.open()
    return found.select_related("region").order_by("name", "pk")


def touchpoints_in_order(member: Member) -> TouchpointQuerySet:
    """Open touchpoints first, then the archived ones."""
    return Touchpoint.objects.visible_to(member).order_by(
        F("archived_at").asc(nulls_first=True), "name", "pk"
    )


def regions_with_counts(member: Member) -> QuerySet[Region]:
    """Regions by name, with how many locations and members belong to each."""
    counts = {
        "location_count": _count_of(Location.objects.all(), "region"),
        "member_count": _count_of(Member.regions.through._default_manager.all(), "region"),  # noqa: SLF001
    }
    return Region.objects.visible_to(member).annotate(**counts).order_by("name", "pk")


def members_matching(members: MemberQuerySet, *, words: str, role: str, state: str) -> MemberQuerySet:
    """Members with the number of their places, and whether each has a second factor."""
    for word in words.split():
        members = members.filter(Q(email__icontains=word) | Q(name__icontains=word))
    if role:
        members = members.filter(role=role)
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    found: MemberQuerySet = members.filter(is_active=state != "inactive").annotate(
        has_second_factor=Exists(factors),
        location_count=_count_of(Member.locations.through._default_manager.all(), "member"),  # noqa: SLF001
        region_count=_count_of(Member.regions.through._default_manager.all(), "member"),  # noqa: SLF001
    )
    return found.order_by("email")


def _count_of(rows: QuerySet[Any], key: str) -> Coalesce:
    """How many of the rows point to the outer one: a subquery of its own, so that counts do not multiply."""
    counted = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def audit_entries(
    reader: Member, *, by: Member | None = None, kind: str = "", day: date | None = None
) -> AuditEntryQuerySet:
    """Entries by that member, about that kind of thing, on that day of the organisation."""
    entries = AuditEntry.objects.visible_to(reader)
    if by is not None:
        entries = entries.filter(by=by)
    if kind:
        entries = entries.filter(kind=kind)
    if day is not None:
        start = datetime.combine(day, time.min, tzinfo=ZoneInfo(the_organisation().time_zone))
        entries = entries.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return entries


def audit_page(entries: AuditEntryQuerySet, *, before: int | None = None) -> AuditPage:
    """One page, starting after the entry with the key `before`, however many there are."""
    if before is not None and (last := AuditEntry.objects.filter(pk=before).first()):
        entries = entries.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(entries.select_related("by").order_by("-at", "-pk")[: ENTRIES_ON_A_PAGE + 1])
    shown = found[:ENTRIES_ON_A_PAGE]
    models = _models_by_kind()
    lines = [_line(entry, models.get(entry.kind)) for entry in shown]
    return AuditPage(lines, older=shown[-1].pk if len(found) > len(shown) else None)


def audit_kinds(reader: Member) -> list[tuple[str, str]]:
    """The kinds of things that entries are about, each with what it is called."""
    models = _models_by_kind()
    found = AuditEntry.objects.visible_to(reader).order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, _name_of_kind(kind, models.get(kind))) for kind in found]


def _models_by_kind() -> dict[str, type[Model]]:
    """Our models, by the name under which the audit trail keeps what is done to them."""
    return {model._meta.model_name or "": model for model in apps.get_models()}  # noqa: SLF001


def _name_of_kind(kind: str, model: type[Model] | None) -> str:
    return str(model._meta.verbose_name) if model else kind  # noqa: SLF001


def _line(entry: AuditEntry, model: type[Model] | None) -> AuditLine:
    text = _("%(action)s %(kind)s “%(label)s”") % {
        "action": capfirst(entry.action),
        "kind": _name_of_kind(entry.kind, model),
        "label": entry.label,
    }
    changes = [_change(_name_of_field(name, model), value) for name, value in entry.changes.items()]
    return AuditLine(entry.at, entry.by, text, changes)


def _name_of_field(name: str, model: type[Model] | None) -> str:
    """What came in by a relation from elsewhere (a schedule's recipients) has no name of its own, as what is no more."""
    if model is None:
        return name
    try:
        field: Any = model._meta.get_field(name)  # noqa: SLF001
    except FieldDoesNotExist:
        field = None
    return str(getattr(field, "verbose_name", "") or name.replace("_", " "))


def _change(name: str, value: Any) -> tuple[str, str, str]:
    match value:
        case [before, after]:
            return name, _said(before), _said(after)
        case _:
            return name, "", _said(value)


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case str():
            return value
        case list() if all(isinstance(item, str) for item in value):
            return ", ".join(value)
        case _:
            return json.dumps(value, ensure_ascii=False)
