"""How well members key, and how much of what they key is keyed twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from cards.models import ClerkShare
from cards.queries.keying import error_rates, keying_rule
from cards.rules import may_oversee
from cards.shares import ErrorRate, Share, share_of
from organisation.enums import Role
from organisation.models import Location, Member

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from organisation.models.members import MemberQuerySet

KEYING_ROLES = [Role.ADMINISTRATOR, Role.MANAGER, Role.CLERK]


@dataclass(frozen=True, slots=True)
class KeyerRow:
    """`own` is the share that was set by hand, None where the rule decides."""

    keyer: Member
    rate: ErrorRate
    share: Share
    own: int | None


def keyers_seen_by(member: Member) -> MemberQuerySet:
    """Who keys at a location that an overseer holds; a clerk sees their own row."""
    keyers: MemberQuerySet = Member.objects.filter(is_active=True, role__in=KEYING_ROLES)
    if not may_oversee(member):
        return keyers.filter(pk=member.pk).order_by("pk")
    if not member.sees_everywhere:
        places = Location.objects.visible_to(member)
        holds = Q(locations__in=places) | Q(regions__locations__in=places) | Q(all_locations=True)
        keyers = keyers.filter(holds | Q(pk=member.pk)).distinct()
    return keyers.order_by("role", "name", "email", "pk")


def keyer_rows(keyers: Iterable[Member], *, today: date) -> list[KeyerRow]:
    """Three queries, however many there are."""
    listed = list(keyers)
    keys = [keyer.pk for keyer in listed]
    rates, rule = error_rates(keys, today=today), keying_rule()
    own = dict(ClerkShare.objects.filter(clerk__in=keys).values_list("clerk", "share"))
    return [
        KeyerRow(
            keyer=keyer,
            rate=rates[keyer.pk],
            share=share_of(rule, rates[keyer.pk], batch=None, clerk=own.get(keyer.pk)),
            own=own.get(keyer.pk),
        )
        for keyer in listed
    ]
