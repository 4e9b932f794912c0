from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from organisation.actions import record_change
from organisation.actions.audit import plain, record_changes, set_fields
from organisation.models import AuditEntry
from tests.factories import make_location, make_region
from tests.organisation.trail import trail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_record_change_keeps_who_what_and_when(administrator):
    location = make_location(name="North")

    entry = record_change(action="opened", subject=location, by=administrator, now=NOW, changes={"a": [1, 2]})

    entry.refresh_from_db()
    assert (entry.at, entry.by, entry.action, entry.kind) == (NOW, administrator, "opened", "location")
    assert (entry.object_id, entry.label, entry.changes) == (str(location.pk), "North", {"a": [1, 2]})


def test_record_change_may_be_done_by_nobody():
    entry = record_change(action="made", subject=make_location(), by=None, now=NOW)

    assert (entry.by, entry.changes) == (None, {})


def test_record_changes_writes_a_line_for_each_in_one_query(administrator, django_assert_num_queries):
    locations = [make_location(name=name) for name in ("A", "B", "C")]

    with django_assert_num_queries(1):
        record_changes(action="added", subjects=locations, by=administrator, now=NOW)

    assert trail() == [("added", "A", {}), ("added", "B", {}), ("added", "C", {})]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_entry_can_never_be_changed_or_removed(change):
    record_change(action="made", subject=make_location(name="North"), by=None, now=NOW)

    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        AuditEntry.objects.update(label="South") if change == "update" else AuditEntry.objects.all().delete()

    assert trail() == [("made", "North", {})]


def test_set_fields_sets_and_tells_only_what_differs():
    region = make_region(name="Coast")
    location = make_location(name="North", time_zone="UTC")

    changes = set_fields(location, {"name": "South", "time_zone": "UTC", "region": region})

    assert changes == {"name": ["North", "South"], "region": [None, "Coast"]}
    assert (location.name, location.region) == ("South", region)


@pytest.mark.parametrize(
    ("value", "expected"), [(None, None), (True, True), (7, 7), (0.5, 0.5), ("a", "a"), (NOW, str(NOW))]
)
def test_plain_is_what_json_can_hold(value, expected):
    assert plain(value) == expected
