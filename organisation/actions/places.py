"""Locations, regions and touchpoints: added, changed, archived, never lost. A code never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from organisation.actions.audit import record_change, record_changes, set_fields
from organisation.models import Location, Organisation, Region, Touchpoint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from organisation.models import Member


class CodeTaken(Exception):
    """Another one has this code already."""


class DefaultNeeded(Exception):
    """The default one stays open: a response without a place goes there."""


class PlaceArchived(Exception):
    """An archived one cannot be the default."""


class RegionInUse(Exception):
    """Locations or members still belong to the region."""


@transaction.atomic
def add_location(
    *, code: str, name: str, region: Region | None, time_zone: str, by: Member, now: datetime
) -> Location:
    location = Location(code=code, name=name, region=region, time_zone=time_zone)
    _insert(location)
    record_change(action="added", subject=location, by=by, now=now, changes={"code": ["", code]})
    return location


@transaction.atomic
def add_locations(*, locations: Sequence[Location], by: Member | None, now: datetime) -> int:
    """Add them all or none, and return how many."""
    try:
        with transaction.atomic():
            added = Location.objects.bulk_create(locations)
    except IntegrityError as error:
        raise CodeTaken from error
    record_changes(action="added", subjects=added, by=by, now=now)
    return len(added)


@transaction.atomic
def change_location(
    *, location: Location, name: str, region: Region | None, time_zone: str, by: Member, now: datetime
) -> Location:
    location = _locked(location)
    _change(location, {"name": name, "region": region, "time_zone": time_zone}, by=by, now=now)
    return location


@transaction.atomic
def add_region(*, code: str, name: str, by: Member, now: datetime) -> Region:
    region = Region(code=code, name=name)
    _insert(region)
    record_change(action="added", subject=region, by=by, now=now, changes={"code": ["", code]})
    return region


@transaction.atomic
def change_region(*, region: Region, name: str, by: Member, now: datetime) -> Region:
    region = Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    _change(region, {"name": name}, by=by, now=now)
    return region


@transaction.atomic
def remove_region(*, region: Region, by: Member, now: datetime) -> None:
    """Remove a region that nothing belongs to."""
    region = Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    if region.locations.exists() or region.members.exists():
        raise RegionInUse
    record_change(action="removed", subject=region, by=by, now=now, changes={"code": [region.code, ""]})
    region.delete()


@transaction.atomic
def add_touchpoint(
    *, code: str, name: str, channel: str, stage: str, by: Member, now: datetime
) -> Touchpoint:
    touchpoint = Touchpoint(code=code, name=name, channel=channel, stage=stage)
    _insert(touchpoint)
    record_change(action="added", subject=touchpoint, by=by, now=now, changes={"code": ["", code]})
    return touchpoint


@transaction.atomic
def change_touchpoint(
    *, touchpoint: Touchpoint, name: str, channel: str, stage: str, by: Member, now: datetime
) -> Touchpoint:
    touchpoint = _locked(touchpoint)
    _change(touchpoint, {"name": name, "channel": channel, "stage": stage}, by=by, now=now)
    return touchpoint


@transaction.atomic
def archive_place[P: (Location, Touchpoint)](*, place: P, by: Member, now: datetime) -> P:
    """Take it out of use. What was answered there stays and stays in the reports."""
    place = _locked(place)
    if place.is_default:
        raise DefaultNeeded
    if place.archived_at is None:
        place.archived_at = now
        place.save(update_fields=["archived_at"])
        record_change(action="archived", subject=place, by=by, now=now)
    return place


@transaction.atomic
def restore_place[P: (Location, Touchpoint)](*, place: P, by: Member, now: datetime) -> P:
    place = _locked(place)
    if place.archived_at is not None:
        place.archived_at = None
        place.save(update_fields=["archived_at"])
        record_change(action="restored", subject=place, by=by, now=now)
    return place


@transaction.atomic
def make_default[P: (Location, Touchpoint)](*, place: P, by: Member, now: datetime) -> P:
    """Let responses that name no place go to this one."""
    # One at a time: whoever waits for the old default's row would find it no default any more.
    Organisation.objects.select_for_update(no_key=True).only("pk").get(pk=1)
    before = type(place)._default_manager.get(is_default=True)  # noqa: SLF001 (Django's documented API)
    place = _locked(place)
    if place.archived_at is not None:
        raise PlaceArchived
    if before.pk != place.pk:
        before.is_default, place.is_default = False, True
        before.save(update_fields=["is_default"])
        place.save(update_fields=["is_default"])
        changes = {"default": [before.code, place.code]}
        record_change(action="made the default", subject=place, by=by, now=now, changes=changes)
    return place


def _insert(row: Location | Region | Touchpoint) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise CodeTaken from error


def _locked[P: (Location, Touchpoint)](place: P) -> P:
    """The row as it is now, ours until the transaction ends."""
    return type(place)._default_manager.select_for_update(no_key=True).get(pk=place.pk)  # noqa: SLF001


def _change(
    row: Location | Region | Touchpoint, values: dict[str, object], *, by: Member, now: datetime
) -> None:
    if changes := set_fields(row, values):
        row.save(update_fields=list(changes))
        record_change(action="changed", subject=row, by=by, now=now, changes=changes)
