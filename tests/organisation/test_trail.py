from datetime import UTC, date, datetime, timedelta

import pytest

from organisation import trail
from organisation.actions import record_change
from organisation.enums import Role
from organisation.models import AuditEntry, Organisation
from tests.factories import make_member, make_region

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def note(label, *, at=NOW, by=None, kind=None):
    return record_change(action="changed", subject=kind or make_region(name=label), by=by, now=at)


def labels(page):
    return [line.text for line in page.lines]


def test_audit_entries_narrow_by_member_kind_and_days(administrator):
    other = make_member(Role.ADMINISTRATOR)
    by_ada = note("Coast", by=administrator)
    by_other = note("Hills", by=other, at=NOW + timedelta(days=1))
    of_member = note("", kind=other, at=NOW + timedelta(days=2))

    assert list(trail.audit_entries(administrator, by=administrator)) == [by_ada]
    assert list(trail.audit_entries(administrator, kind="member")) == [of_member]
    assert list(trail.audit_entries(administrator, first=date(2026, 3, 3), last=date(2026, 3, 3))) == [
        by_other
    ]
    assert list(trail.audit_entries(administrator, first=date(2026, 3, 4))) == [of_member]
    assert list(trail.audit_entries(administrator, last=date(2026, 3, 2))) == [by_ada]


def test_audit_days_are_the_organisations(administrator):
    Organisation.objects.update(time_zone="Asia/Tokyo")
    entry = note("Coast", at=datetime(2026, 3, 2, 16, 0, tzinfo=UTC))

    assert list(trail.audit_entries(administrator, first=date(2026, 3, 3))) == [entry]
    assert list(trail.audit_entries(administrator, last=date(2026, 3, 2))) == []


def test_audit_entries_narrow_by_each_word_of_a_name(administrator):
    entry = note("North coast")
    note("South coast")

    assert list(trail.audit_entries(administrator, words="COAST nor")) == [entry]


def test_audit_entries_are_none_for_others():
    note("Coast")

    assert list(trail.audit_entries(make_member(Role.EDITOR))) == []


def test_audit_page_is_newest_first_and_goes_on_where_it_ended(monkeypatch):
    monkeypatch.setattr(trail, "ENTRIES_ON_A_PAGE", 2)
    # Two of one moment, and one that was written late about an earlier one.
    for label, hours in (("first", 0), ("second", 1), ("third", 1), ("late", -1)):
        note(label, at=NOW + timedelta(hours=hours))
    entries = AuditEntry.objects.all()

    first = trail.audit_page(entries)
    second = trail.audit_page(entries, before=first.older)

    assert labels(first) == ["Changed region “third”", "Changed region “second”"]
    assert labels(second) == ["Changed region “first”", "Changed region “late”"]
    assert second.older is None


def test_audit_page_begins_anew_after_an_entry_that_is_not_there():
    note("Coast")

    assert labels(trail.audit_page(AuditEntry.objects.all(), before=999)) == ["Changed region “Coast”"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"role": ["clerk", "manager"]}, ("role", "Clerk", "Manager")),
        ({"all_locations": [False, True]}, ("every location", "no", "yes")),
        ({"locations": [["a"], ["a", "b"]]}, ("locations", "a", "a, b")),
        ({"second_factor": [None, 2]}, ("second factor", "", "2")),
        ({"note": "moved"}, ("note", "", "moved")),
        ({"changed": ["ratings", "answers"]}, ("changed", "", "ratings, answers")),
        ({"expires_at": [None, "2026-03-02T23:30:00+00:00"]}, ("expires", "", "3 Mar 2026, 00:30")),
        ({"changed_on": ["2026-03-02", "2026-02-30"]}, ("changed on", "2 Mar 2026", "2026-02-30")),
        (
            {"filters": [None, "survey=service&dimension=speed&period=30"]},
            ("report of", "", "survey: service, dimension: speed, period: 30"),
        ),
        ({"nested": {"ž": 1}}, ("nested", "", '{"ž": 1}')),
    ],
)
def test_audit_page_reads_changes_of_every_shape(administrator, change, expected):
    Organisation.objects.update(time_zone="Europe/Prague")
    record_change(action="changed", subject=administrator, by=None, now=NOW, changes=change)

    assert trail.audit_page(AuditEntry.objects.all()).lines[0].changes == [expected]


def test_audit_page_names_what_is_related_from_elsewhere():
    region = make_region(name="Coast")
    record_change(action="changed", subject=region, by=None, now=NOW, changes={"locations": [None, "Quay"]})

    assert trail.audit_page(AuditEntry.objects.all()).lines[0].changes == [("locations", "", "Quay")]


def test_audit_page_reads_entries_about_what_is_no_more():
    AuditEntry.objects.create(
        at=NOW, action="made", kind="oldthing", object_id="1", label="It", changes={"a_b": [1, 2]}
    )

    line = trail.audit_page(AuditEntry.objects.all()).lines[0]

    assert (line.text, line.changes) == ("Made oldthing “It”", [("a b", "1", "2")])


def test_audit_kinds_are_those_that_occur(administrator):
    note("Coast")
    note("", kind=administrator)

    assert trail.audit_kinds(administrator) == [("member", "Member"), ("region", "Region")]


def test_audit_page_tells_what_has_no_name_by_a_part_of_its_key():
    AuditEntry.objects.create(
        at=NOW, action="held", kind="response", object_id="1", label="7b5a4287-b3f1-4a22-95ae-41f434df4476"
    )

    assert labels(trail.audit_page(AuditEntry.objects.all())) == ["Held response “7b5a4287”"]


def test_audit_page_goes_on_by_the_key_however_many_entries_there_are(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(trail, "ENTRIES_ON_A_PAGE", 2)
    keys = [note(str(number)).pk for number in range(6)]

    with django_assert_num_queries(3) as asked:
        page = trail.audit_page(AuditEntry.objects.all(), before=keys[4])

    assert page.older == keys[2]
    assert "OFFSET" not in "".join(query["sql"] for query in asked.captured_queries)
