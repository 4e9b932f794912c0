from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisation.enums import Role
from organisation.models import AuditEntry, Location, Member, Organisation, Region, Touchpoint
from organisation.models.places import known_time_zone
from tests.factories import make_location, make_member, make_region, make_touchpoint

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_an_empty_installation_has_one_of_each_default():
    assert Organisation.objects.get().pk == 1
    assert Location.objects.get(is_default=True).code == "main"
    assert Touchpoint.objects.get(is_default=True).code == "service"


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda: Organisation.objects.create(pk=2), id="a second organisation"),
        pytest.param(lambda: Organisation.objects.update(minimum_group=2), id="groups under three"),
        pytest.param(
            lambda: Organisation.objects.update(minimum_comments=2), id="comment groups under three"
        ),
        pytest.param(lambda: make_location(is_default=True), id="a second default location"),
        pytest.param(lambda: make_touchpoint(is_default=True), id="a second default touchpoint"),
        pytest.param(lambda: make_location(code="A b"), id="a location's code"),
        pytest.param(lambda: make_region(code="../x"), id="a region's code"),
        pytest.param(lambda: make_touchpoint(code=""), id="a touchpoint's code"),
        pytest.param(lambda: make_touchpoint(channel="pigeon"), id="a channel"),
        pytest.param(lambda: make_touchpoint(stage="dream"), id="a stage"),
        pytest.param(lambda: make_member("king"), id="a role"),
        pytest.param(lambda: make_member(email="nobody"), id="an address"),
    ],
)
def test_database_refuses(break_it):
    with pytest.raises(IntegrityError), transaction.atomic():
        break_it()


def test_address_is_one_whatever_its_case():
    make_member(email="mia@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(email="Mia@example.org")


def test_locations_are_visible_to_whom_holds_them_or_their_region():
    region = make_region()
    held, in_region, _other = make_location(), make_location(region=region), make_location()
    member = make_member(locations=[held], regions=[region])

    assert set(Location.objects.visible_to(member)) == {held, in_region}


def test_location_held_twice_is_seen_once():
    region = make_region()
    location = make_location(region=region)

    assert list(Location.objects.visible_to(make_member(locations=[location], regions=[region]))) == [
        location
    ]


@pytest.mark.parametrize(
    ("role", "everywhere"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.EDITOR, True),
        (Role.MANAGER, False),
        (Role.CLERK, False),
        (Role.SHOPPER, False),
    ],
)
def test_every_location_is_seen_by_role_or_by_grant(role, everywhere):
    make_location(), make_region()
    by_role, by_grant = make_member(role), make_member(role, all_locations=True)

    seen = [
        (Location.objects.visible_to(member).count(), Region.objects.visible_to(member).count())
        for member in (by_role, by_grant)
    ]

    assert seen == [(2, 1) if everywhere else (0, 0), (2, 1)]


def test_regions_are_visible_to_whom_holds_them():
    held, _other = make_region(), make_region()

    assert list(Region.objects.visible_to(make_member(regions=[held]))) == [held]


def test_members_see_themselves_and_administrators_everybody():
    member, administrator = make_member(), make_member(Role.ADMINISTRATOR)

    assert list(Member.objects.visible_to(member)) == [member]
    assert set(Member.objects.visible_to(administrator)) == {member, administrator}


def test_audit_entries_are_for_administrators():
    AuditEntry.objects.create(at=NOW, action="made", kind="location", object_id="1", label="North")

    seen = {role: AuditEntry.objects.visible_to(Member(role=role)).count() for role in Role}

    assert seen == {Role.ADMINISTRATOR: 1, Role.EDITOR: 0, Role.MANAGER: 0, Role.CLERK: 0, Role.SHOPPER: 0}


@pytest.mark.parametrize("make", [make_location, make_touchpoint])
def test_open_leaves_out_what_is_archived(make):
    here, _gone = make(), make(archived_at=NOW)

    assert set(type(here).objects.open().filter(is_default=False)) == {here}


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "europe/prague"])
def test_time_zone_must_be_known(name):
    with pytest.raises(ValidationError):
        known_time_zone(name)


def test_only_administrators_pass_for_staff_of_the_admin():
    passes = {role for role in Role if Member(role=role).is_staff and Member(role=role).has_perm("any")}

    assert passes == {Role.ADMINISTRATOR}
    assert not Member(role=Role.ADMINISTRATOR, is_active=False).has_module_perms("organisation")
