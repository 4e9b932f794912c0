import pytest

from organisation.enums import Role
from organisation.models import Organisation
from reports.schedules.clocks import own_zone, own_zones
from tests.factories import make_location, make_member, make_region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zones", "own"),
    [
        (["Europe/Prague", "Europe/Prague"], "Europe/Prague"),
        (["Europe/Prague", "Asia/Manila"], "America/New_York"),
        ([], "America/New_York"),
    ],
)
def test_the_clock_of_a_member_is_that_of_their_places(zones, own):
    Organisation.objects.update(time_zone="America/New_York")
    places = [make_location(time_zone=zone) for zone in zones]

    assert own_zone(make_member(Role.MANAGER, locations=places)) == own


def test_whoever_sees_everywhere_goes_by_the_organisations_clock():
    Organisation.objects.update(time_zone="America/New_York")

    assert own_zone(make_member(Role.ADMINISTRATOR)) == "America/New_York"


def test_of_many_it_takes_as_many_queries_as_of_one(django_assert_num_queries):
    region = make_region()
    places = [make_location(time_zone=zone, region=region) for zone in ("Asia/Manila", "Asia/Manila")]
    by_place, by_region, by_both = (
        make_member(Role.MANAGER, locations=places[:1]),
        make_member(Role.MANAGER, regions=[region]),
        make_member(Role.MANAGER, locations=[make_location(time_zone="UTC")], regions=[region]),
    )
    Organisation.objects.update(time_zone="Europe/Prague")

    with django_assert_num_queries(3):
        found = own_zones([by_place, by_region, by_both])

    assert found == {
        by_place.pk: "Asia/Manila",
        by_region.pk: "Asia/Manila",
        by_both.pk: "Europe/Prague",
    }
