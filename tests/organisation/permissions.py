from tests.house.permissions import Page

LOCATION = {"code": "north", "name": "North", "region": "", "time_zone": "UTC"}
TOUCHPOINT = {"code": "till", "name": "Till", "channel": "in_person", "stage": "decision"}
MEMBER = {"email": "new@example.org", "name": "New", "role": "manager", "all_locations": "on"}


def ours(**page):
    return Page(roles="administrator", **page)


def of_location(**page):
    return ours(kwargs=lambda world: {"code": world.location.code}, **page)


def of_touchpoint(**page):
    return ours(kwargs=lambda world: {"code": world.touchpoint.code}, **page)


def of_member(**page):
    return ours(kwargs=lambda world: {"pk": world.manager.pk}, **page)


PERMISSIONS = {
    "organisation:logo": Page(public=True),
    "organisation:colours": Page(public=True),
    "organisation:overview": ours(),
    "organisation:settings": ours(),
    "organisation:set_logo": ours(),
    "organisation:remove_logo": ours(method="post"),
    "organisation:locations": ours(),
    "organisation:add_location": ours(method="post", data=LOCATION),
    "organisation:paste_locations": ours(method="post", data={"lines": "north, North"}),
    "organisation:change_location": of_location(),
    "organisation:archive_location": of_location(method="post"),
    "organisation:restore_location": of_location(method="post"),
    "organisation:default_location": of_location(method="post"),
    "organisation:regions": ours(),
    "organisation:add_region": ours(method="post", data={"code": "south", "name": "South"}),
    "organisation:change_region": ours(kwargs=lambda world: {"code": world.region.code}),
    "organisation:remove_region": ours(kwargs=lambda world: {"code": world.empty_region.code}, method="post"),
    "organisation:touchpoints": ours(),
    "organisation:add_touchpoint": ours(method="post", data=TOUCHPOINT),
    "organisation:change_touchpoint": of_touchpoint(),
    "organisation:archive_touchpoint": of_touchpoint(method="post"),
    "organisation:restore_touchpoint": of_touchpoint(method="post"),
    "organisation:default_touchpoint": of_touchpoint(method="post"),
    "organisation:members": ours(),
    "organisation:add_member": ours(method="post", data=MEMBER),
    "organisation:change_member": of_member(),
    "organisation:deactivate_member": of_member(method="post"),
    "organisation:reactivate_member": of_member(method="post"),
    "organisation:reset_second_factor": of_member(method="post"),
    "organisation:offer_password_link": of_member(method="post"),
    "organisation:password_link": of_member(),
    "organisation:audit": ours(query="kind=location"),
}
