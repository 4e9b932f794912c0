from datetime import date

import pytest

from organisation.forms import AuditFilter, LocationFilter, MemberFilter
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_filter_that_was_not_given_narrows_nothing():
    assert LocationFilter({}).values == {"words": "", "state": ""}
    assert MemberFilter({}).values == {"words": "", "role": "", "state": ""}


def test_filter_takes_what_is_well_formed():
    assert LocationFilter({"words": " brno ", "state": "archived"}).values == {
        "words": "brno",
        "state": "archived",
    }


def test_filter_that_cannot_be_read_narrows_nothing_and_says_so():
    form = MemberFilter({"words": "a\0b", "role": "king", "state": "dead"})

    assert form.values == {"words": "", "role": "", "state": ""}
    assert sorted(form.errors) == ["role", "state", "words"]


def test_audit_filter_reads_member_kind_and_day(administrator):
    other = make_member()

    form = AuditFilter({"by": other.pk, "kind": "", "day": "2026-03-02"}, reader=administrator)

    assert form.values == {"by": other, "kind": "", "day": date(2026, 3, 2)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("by", "nobody"),
        ("by", "9" * 30),
        ("kind", "nothing"),
        ("day", "yesterday"),
        ("day", "0001-01-01"),
        ("day", "9999-12-31"),
    ],
)
def test_audit_filter_refuses_what_it_cannot_read(administrator, field, value):
    form = AuditFilter({field: value}, reader=administrator)

    assert form.values == {"by": None, "kind": "", "day": None}
    assert list(form.errors) == [field]
