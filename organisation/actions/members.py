"""Members: added, changed, deactivated, never deleted, for the audit trail names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from organisation.actions.audit import record_change, set_fields
from organisation.enums import Role
from organisation.models import Member, Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from organisation.models import Location, Region


class EmailTaken(Exception):
    """Another member has this e-mail address already."""


class LastAdministrator(Exception):
    """Nobody would be left to run the site."""


class MayNotSignIn(Exception):
    """A member who may not sign in needs no password."""


class OwnSecondFactor(Exception):
    """Nobody takes away their own second factor here: the account page asks for it first."""


@transaction.atomic
def add_member(
    *,
    email: str,
    name: str,
    role: str,
    all_locations: bool,
    locations: Iterable[Location],
    regions: Iterable[Region],
    by: Member,
    now: datetime,
) -> Member:
    """Add a member who cannot sign in until they set a password through their link."""
    member = Member(email=email.lower(), name=name, role=role, all_locations=all_locations)
    member.set_unusable_password()
    _save(member)
    places = _set_places(member, locations, regions)
    changes: dict[str, Any] = {"email": ["", member.email], "role": ["", role]}
    everywhere = {"all_locations": [False, True]} if all_locations else {}
    record_change(action="added", subject=member, by=by, now=now, changes=changes | everywhere | places)
    return member


@transaction.atomic
def change_member(
    *,
    member: Member,
    email: str,
    name: str,
    role: str,
    all_locations: bool,
    locations: Iterable[Location],
    regions: Iterable[Region],
    by: Member,
    now: datetime,
) -> Member:
    administrators = _locked_administrators()
    member = _locked(member)
    if role != Role.ADMINISTRATOR and administrators == [member.pk]:
        raise LastAdministrator
    values = {"email": email.lower(), "name": name, "role": role, "all_locations": all_locations}
    changes = set_fields(member, values)
    if changes:
        _save(member, update_fields=list(changes))
    if "email" in changes:
        # allauth signs in and resets passwords by every address it knows of a member.
        EmailAddress.objects.filter(user=member).exclude(email__iexact=member.email).delete()
    if changes := changes | _set_places(member, locations, regions):
        record_change(action="changed", subject=member, by=by, now=now, changes=changes)
    return member


@transaction.atomic
def deactivate_member(*, member: Member, by: Member, now: datetime) -> Member:
    """Close the site to a member, at once and in every session."""
    administrators = _locked_administrators()
    member = _locked(member)
    if administrators == [member.pk]:
        raise LastAdministrator
    return _set_active(member, active=False, action="deactivated", by=by, now=now)


@transaction.atomic
def reactivate_member(*, member: Member, by: Member, now: datetime) -> Member:
    member = _locked(member)
    return _set_active(member, active=True, action="reactivated", by=by, now=now)


@transaction.atomic
def reset_second_factor(*, member: Member, by: Member, now: datetime) -> None:
    """Take away a member's lost second factor; at the next sign-in they set up a new one."""
    if member.pk == by.pk:
        raise OwnSecondFactor
    authenticators = Authenticator.objects.filter(user=member)
    kinds = sorted(authenticators.values_list("type", flat=True))
    authenticators.delete()
    if kinds:
        changes = {"second_factor": [", ".join(kinds), ""]}
        record_change(action="reset the second factor of", subject=member, by=by, now=now, changes=changes)


@transaction.atomic
def offer_password(*, member: Member, by: Member, now: datetime) -> None:
    """Note that a member was handed a link with which to set a password."""
    if not member.is_active:
        raise MayNotSignIn
    record_change(action="offered a password link to", subject=member, by=by, now=now)


def _locked_administrators() -> list[int]:
    """The keys of all active administrators, none of whom can be changed elsewhere until we are done."""
    # One row is locked for all: locking them one by one, two who deactivate each other wait for each other.
    Organisation.objects.select_for_update(no_key=True).only("pk").get(pk=1)
    return list(Member.objects.filter(role=Role.ADMINISTRATOR, is_active=True).values_list("pk", flat=True))


def _locked(member: Member) -> Member:
    """The row as it is now, ours until the transaction ends; who acted may still be noted meanwhile."""
    locked: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return locked


def _set_active(member: Member, *, active: bool, action: str, by: Member, now: datetime) -> Member:
    if member.is_active != active:
        member.is_active = active
        member.save(update_fields=["is_active"])
        record_change(action=action, subject=member, by=by, now=now)
    return member


def _save(member: Member, **options: Any) -> None:
    try:
        with transaction.atomic():
            member.save(**options)
    except IntegrityError as error:
        raise EmailTaken from error


def _set_places(
    member: Member, locations: Iterable[Location], regions: Iterable[Region]
) -> dict[str, list[Any]]:
    """Let the member hold exactly these, and return [old, new] of what changed, in codes."""
    before = _codes(member.locations.all()), _codes(member.regions.all())
    member.locations.set(locations)
    member.regions.set(regions)
    after = _codes(member.locations.all()), _codes(member.regions.all())
    names = ("locations", "regions")
    return {name: [old, new] for name, old, new in zip(names, before, after, strict=True) if old != new}


def _codes(places: QuerySet[Any]) -> list[str]:
    return sorted(places.values_list("code", flat=True))
