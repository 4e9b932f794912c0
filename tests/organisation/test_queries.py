from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator

from organisation import queries
from organisation.enums import Role
from organisation.models import Location, Member
from tests.factories import make_location, make_member, make_region, make_touchpoint

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def found(words="", state=""):
    locations = Location.objects.filter(is_default=False)
    return [place.name for place in queries.locations_matching(locations, words=words, state=state)]


def test_the_organisation_leaves_the_logo_in_the_database():
    assert queries.the_organisation().get_deferred_fields() == {"logo"}


def test_overview_counts_what_is_in_use(administrator):
    make_location(), make_location(archived_at=NOW), make_region(), make_touchpoint(archived_at=NOW)
    make_member(is_active=False)

    # The default location and touchpoint, and the administrator, are there already.
    assert queries.overview(administrator) == queries.Overview(
        locations=2, regions=1, touchpoints=1, members=1
    )


def test_locations_matching_finds_every_word_in_code_name_or_region():
    coast = make_region(name="Coast")
    make_location(code="b1", name="Brno centre", region=coast)
    make_location(code="b2", name="Brno west")
    make_location(code="p1", name="Plzeň")

    assert found() == ["Brno centre", "Brno west", "Plzeň"]
    assert found("brno") == ["Brno centre", "Brno west"]
    assert found("coast b1") == ["Brno centre"]
    assert found("brno p1") == []


def test_locations_matching_parts_open_and_archived():
    make_location(name="Here")
    make_location(name="Gone", archived_at=NOW)

    assert (found(), found(state="archived")) == (["Here"], ["Gone"])


def test_regions_with_counts_counts_each_by_itself(administrator):
    region, empty = make_region(name="Coast"), make_region(name="Hills")
    for _ in range(3):
        make_location(region=region)
    for _ in range(2):
        make_member(regions=[region])

    rows = queries.regions_with_counts(administrator)

    assert [(row, row.location_count, row.member_count) for row in rows] == [(region, 3, 2), (empty, 0, 0)]


def test_touchpoints_in_order_puts_archived_ones_last(administrator):
    make_touchpoint(name="A", archived_at=NOW)
    make_touchpoint(name="Z")

    assert [row.name for row in queries.touchpoints_in_order(administrator)] == ["Service", "Z", "A"]


def members(words="", role="", state=""):
    return list(queries.members_matching(Member.objects.all(), words=words, role=role, state=state))


def test_members_matching_narrows_by_words_role_and_state():
    ada = make_member(Role.EDITOR, name="Ada", email="a@example.org")
    bob = make_member(Role.CLERK, name="Bob", email="b@example.org")
    gone = make_member(Role.CLERK, name="Cy", email="c@example.org", is_active=False)

    assert (members(), members("ADA"), members("example bob")) == ([ada, bob], [ada], [bob])
    assert (members(role=Role.CLERK), members(state="inactive")) == ([bob], [gone])


def test_members_matching_tells_places_and_second_factor():
    places = [make_location(), make_location()]
    member = make_member(locations=places, regions=[make_region() for _ in range(3)], email="a@example.org")
    other = make_member(email="b@example.org")
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={})
    # Recovery codes alone are no second factor.
    Authenticator.objects.create(user=other, type=Authenticator.Type.RECOVERY_CODES, data={})

    rows = [(row.location_count, row.region_count, row.has_second_factor) for row in members()]

    assert rows == [(2, 3, True), (0, 0, False)]
