from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator

from organisation import queries
from organisation.actions import record_change
from organisation.enums import Role
from organisation.models import AuditEntry, Location, Member, Organisation
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


def note(label, *, at=NOW, by=None, kind=None):
    return record_change(action="changed", subject=kind or make_region(name=label), by=by, now=at)


def labels(page):
    return [line.text for line in page.lines]


def test_audit_entries_narrow_by_member_kind_and_day(administrator):
    other = make_member(Role.ADMINISTRATOR)
    by_ada = note("Coast", by=administrator)
    by_other = note("Hills", by=other, at=NOW + timedelta(days=1))
    of_member = note("", kind=other, at=NOW + timedelta(days=2))

    assert list(queries.audit_entries(administrator, by=administrator)) == [by_ada]
    assert list(queries.audit_entries(administrator, kind="member")) == [of_member]
    assert list(queries.audit_entries(administrator, day=date(2026, 3, 3))) == [by_other]


def test_audit_day_is_the_organisations(administrator):
    Organisation.objects.update(time_zone="Asia/Tokyo")
    entry = note("Coast", at=datetime(2026, 3, 2, 16, 0, tzinfo=UTC))

    assert list(queries.audit_entries(administrator, day=date(2026, 3, 3))) == [entry]
    assert list(queries.audit_entries(administrator, day=date(2026, 3, 2))) == []


def test_audit_entries_are_none_for_others():
    note("Coast")

    assert list(queries.audit_entries(make_member(Role.EDITOR))) == []


def test_audit_page_is_newest_first_and_goes_on_where_it_ended(monkeypatch):
    monkeypatch.setattr(queries, "ENTRIES_ON_A_PAGE", 2)
    # Two of one moment, and one that was written late about an earlier one.
    for label, hours in (("first", 0), ("second", 1), ("third", 1), ("late", -1)):
        note(label, at=NOW + timedelta(hours=hours))
    entries = AuditEntry.objects.all()

    first = queries.audit_page(entries)
    second = queries.audit_page(entries, before=first.older)

    assert labels(first) == ["Changed region “third”", "Changed region “second”"]
    assert labels(second) == ["Changed region “first”", "Changed region “late”"]
    assert second.older is None


def test_audit_page_begins_anew_after_an_entry_that_is_not_there():
    note("Coast")

    assert labels(queries.audit_page(AuditEntry.objects.all(), before=999)) == ["Changed region “Coast”"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"role": ["clerk", "manager"]}, ("role", "clerk", "manager")),
        ({"all_locations": [False, True]}, ("every location", "no", "yes")),
        ({"locations": [["a"], ["a", "b"]]}, ("locations", "a", "a, b")),
        ({"second_factor": [None, 2]}, ("second factor", "", "2")),
        ({"note": "moved"}, ("note", "", "moved")),
        ({"nested": {"ž": 1}}, ("nested", "", '{"ž": 1}')),
    ],
)
def test_audit_page_reads_changes_of_every_shape(administrator, change, expected):
    record_change(action="changed", subject=administrator, by=None, now=NOW, changes=change)

    assert queries.audit_page(AuditEntry.objects.all()).lines[0].changes == [expected]


def test_audit_page_names_what_is_related_from_elsewhere():
    region = make_region(name="Coast")
    record_change(action="changed", subject=region, by=None, now=NOW, changes={"locations": [None, "Quay"]})

    assert queries.audit_page(AuditEntry.objects.all()).lines[0].changes == [("locations", "", "Quay")]


def test_audit_page_reads_entries_about_what_is_no_more():
    AuditEntry.objects.create(
        at=NOW, action="made", kind="oldthing", object_id="1", label="It", changes={"a_b": [1, 2]}
    )

    line = queries.audit_page(AuditEntry.objects.all()).lines[0]

    assert (line.text, line.changes) == ("Made oldthing “It”", [("a_b", "1", "2")])


def test_audit_kinds_are_those_that_occur(administrator):
    note("Coast")
    note("", kind=administrator)

    assert queries.audit_kinds(administrator) == [("member", "member"), ("region", "region")]
