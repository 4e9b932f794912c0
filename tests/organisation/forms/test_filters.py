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


def test_audit_filter_reads_words_member_kind_and_days(administrator):
    other = make_member()

    form = AuditFilter(
        {"words": " north ", "by": other.pk, "kind": "", "first": "2026-03-02", "last": "2026-03-04"},
        reader=administrator,
    )

    assert form.values == {
        "words": "north",
        "by": other,
        "kind": "",
        "first": date(2026, 3, 2),
        "last": date(2026, 3, 4),
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("by", "nobody"),
        ("by", "9" * 30),
        ("kind", "nothing"),
        ("words", "a\0b"),
        ("first", "yesterday"),
        ("last", "0001-01-01"),
        ("last", "9999-12-31"),
    ],
)
def test_audit_filter_refuses_what_it_cannot_read(administrator, field, value):
    form = AuditFilter({field: value}, reader=administrator)

    assert form.values == {"words": "", "by": None, "kind": "", "first": None, "last": None}
    assert list(form.errors) == [field]
