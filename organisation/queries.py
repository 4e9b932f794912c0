"""Reads of the organisation's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from organisation.models import Location, Member, Organisation, Region, Touchpoint

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from organisation.models.members import MemberQuerySet
    from organisation.models.places import LocationQuerySet, TouchpointQuerySet


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is of each, as far as the member sees it."""

    locations: int
    regions: int
    touchpoints: int
    members: int


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
