from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from organisation.actions.places import (
    CodeTaken,
    DefaultNeeded,
    PlaceArchived,
    RegionInUse,
    add_location,
    add_locations,
    add_region,
    add_touchpoint,
    archive_place,
    change_location,
    change_region,
    change_touchpoint,
    make_default,
    remove_region,
    restore_place,
)
from organisation.enums import Channel, Stage
from organisation.models import Location, Region, Touchpoint
from tests.factories import make_location, make_member, make_region, make_touchpoint
from tests.organisation.trail import trail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MAKERS = pytest.mark.parametrize("make", [make_location, make_touchpoint], ids=["location", "touchpoint"])


def test_add_location_saves_it(administrator):
    region = make_region()

    location = add_location(
        code="north", name="North", region=region, time_zone="Europe/Prague", by=administrator, now=NOW
    )

    location.refresh_from_db()
    assert (location.code, location.region, location.time_zone) == ("north", region, "Europe/Prague")
    assert trail() == [("added", "North", {"code": ["", "north"]})]


def test_add_location_refuses_a_code_twice(administrator):
    make_location(code="north")

    with pytest.raises(CodeTaken):
        add_location(code="north", name="N", region=None, time_zone="UTC", by=administrator, now=NOW)

    assert (Location.objects.filter(code="north").count(), trail()) == (1, [])


def test_add_locations_adds_all_and_a_line_for_each(administrator):
    rows = [Location(code=code, name=code.upper()) for code in ("a", "b")]

    assert add_locations(locations=rows, by=administrator, now=NOW) == 2

    assert trail() == [("added", "A", {}), ("added", "B", {})]
    assert Location.objects.filter(code__in=["a", "b"]).count() == 2


def test_add_locations_adds_none_where_one_is_taken(administrator):
    make_location(code="b")

    with pytest.raises(CodeTaken):
        add_locations(
            locations=[Location(code="a", name="A"), Location(code="b", name="B")], by=administrator, now=NOW
        )

    assert (Location.objects.filter(code="a").exists(), trail()) == (False, [])


def test_change_location_compares_with_what_is_stored(administrator):
    location = make_location(name="North")
    edited = Location.objects.get(pk=location.pk)
    edited.name = "edited in a form already"

    change_location(location=edited, name="South", region=None, time_zone="UTC", by=administrator, now=NOW)

    assert trail() == [("changed", "South", {"name": ["North", "South"]})]


def test_add_and_change_region(administrator):
    region = add_region(code="coast", name="Coast", by=administrator, now=NOW)
    change_region(region=region, name="Shore", by=administrator, now=NOW)

    assert Region.objects.get(code="coast").name == "Shore"
    assert [(action, label) for action, label, _changes in trail()] == [
        ("added", "Coast"),
        ("changed", "Shore"),
    ]


def test_add_region_refuses_a_code_twice(administrator):
    make_region(code="coast")

    with pytest.raises(CodeTaken):
        add_region(code="coast", name="Coast", by=administrator, now=NOW)


def test_remove_region_that_nothing_belongs_to(administrator):
    region = make_region(code="coast", name="Coast")

    remove_region(region=region, by=administrator, now=NOW)

    assert Region.objects.count() == 0
    assert trail() == [("removed", "Coast", {"code": ["coast", ""]})]


@pytest.mark.parametrize("belongs", ["location", "member"])
def test_remove_region_refuses_one_in_use(administrator, belongs):
    region = make_region()
    make_location(region=region) if belongs == "location" else make_member(regions=[region])

    with pytest.raises(RegionInUse):
        remove_region(region=region, by=administrator, now=NOW)

    assert Region.objects.count() == 1


def test_add_and_change_touchpoint(administrator):
    touchpoint = add_touchpoint(
        code="till",
        name="Till",
        channel=Channel.IN_PERSON,
        stage=Stage.DECISION,
        by=administrator,
        now=NOW,
    )
    change_touchpoint(
        touchpoint=touchpoint,
        name="Till",
        channel=Channel.PHONE,
        stage=Stage.DECISION,
        by=administrator,
        now=NOW,
    )

    assert Touchpoint.objects.get(code="till").channel == Channel.PHONE
    assert trail()[1] == ("changed", "Till", {"channel": ["in_person", "phone"]})


@MAKERS
def test_archive_place_and_restore_it(administrator, make):
    place = make()

    archive_place(place=place, by=administrator, now=NOW)
    place.refresh_from_db()
    archived_at = place.archived_at
    restore_place(place=place, by=administrator, now=NOW)
    place.refresh_from_db()

    assert (archived_at, place.archived_at) == (NOW, None)
    assert [action for action, _label, _changes in trail()] == ["archived", "restored"]


@MAKERS
def test_archive_place_again_keeps_its_first_moment(administrator, make):
    place = make(archived_at=NOW)

    archive_place(place=place, by=administrator, now=NOW.replace(year=2027))

    place.refresh_from_db()
    assert (place.archived_at, trail()) == (NOW, [])


@MAKERS
def test_archive_place_refuses_the_default(administrator, make):
    default = type(make()).objects.get(is_default=True)

    with pytest.raises(DefaultNeeded):
        archive_place(place=default, by=administrator, now=NOW)


@MAKERS
def test_make_default_moves_it(administrator, make):
    place = make(code="new")

    make_default(place=place, by=administrator, now=NOW)
    make_default(place=place, by=administrator, now=NOW)

    assert list(type(place).objects.filter(is_default=True)) == [place]
    assert [(action, changes["default"][1]) for action, _label, changes in trail()] == [
        ("made the default", "new")
    ]


@MAKERS
def test_make_default_refuses_an_archived_one(administrator, make):
    place = make(archived_at=NOW)

    with pytest.raises(PlaceArchived):
        make_default(place=place, by=administrator, now=NOW)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_make_default_at_once_leaves_one_default():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")
    by, places = make_member(), [make_location() for _ in range(4)]
    together, mistakes = Barrier(len(places)), []

    def move(place):
        try:
            together.wait(5)
            make_default(place=place, by=by, now=NOW)
        except Exception as error:  # noqa: BLE001 (any at all is told below)
            mistakes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=move, args=[place]) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert (mistakes, Location.objects.filter(is_default=True).count(), len(trail())) == ([], 1, 4)
