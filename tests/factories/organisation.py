from itertools import count

from organisation.enums import Channel, Role, Stage
from organisation.models import Location, Member, Region, Touchpoint

number = count(1)


def make_region(**fields):
    at = next(number)
    return Region.objects.create(**{"code": f"region-{at}", "name": f"Region {at}", **fields})


def make_location(**fields):
    at = next(number)
    return Location.objects.create(**{"code": f"location-{at}", "name": f"Location {at}", **fields})


def make_touchpoint(**fields):
    at = next(number)
    defaults = {
        "code": f"touchpoint-{at}",
        "name": f"Touchpoint {at}",
        "channel": Channel.IN_PERSON,
        "stage": Stage.AFTER_PURCHASE,
    }
    return Touchpoint.objects.create(**{**defaults, **fields})


def make_member(role=Role.MANAGER, *, locations=(), regions=(), **fields):
    member = Member(**{"email": f"member{next(number)}@example.org", "role": role, **fields})
    member.set_unusable_password()
    member.save()
    member.locations.set(locations)
    member.regions.set(regions)
    return member
