import pytest

from reports.changes.forms import ProcessChangeForm
from tests.factories import (
    make_location,
    make_member,
    make_process_change,
    make_published,
    make_region,
    make_touchpoint,
)

pytestmark = pytest.mark.django_db

FIELDS = ("survey", "region", "touchpoint")


@pytest.fixture
def survey():
    return make_published().survey


def given(of, **fields):
    return {"survey": of.slug, "words": "Two more tills", "changed_on": "2026-03-02", **fields}


def errors(member, data):
    return ProcessChangeForm(data, member=member).errors


def test_whoever_sees_everywhere_notes_what_changed_everywhere(survey):
    assert errors(make_member("editor"), given(survey)) == {}


def test_a_manager_says_where_it_changed(survey):
    mine, other = make_location(region=make_region(code="coast")), make_location()
    manager = make_member(locations=[mine])

    assert set(errors(manager, given(survey))) == {"locations"}
    assert errors(manager, given(survey, locations=[mine.pk])) == {}
    assert set(errors(manager, given(survey, locations=[other.pk]))) == {"locations"}
    assert set(errors(manager, given(survey, region="coast"))) == {"region"}


def test_a_region_and_locations_at_once_are_refused(survey):
    place = make_location(region=make_region(code="coast"))

    found = errors(make_member("editor"), given(survey, region="coast", locations=[place.pk]))

    assert found == {"locations": ["Choose a region or locations, not both."]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("survey", "ghost"),
        ("survey", "a\x00b"),
        ("region", "\udcff"),
        ("touchpoint", "9" * 40),
        ("locations", ["9" * 40]),
        ("locations", ["x\x00"]),
        ("words", ""),
        ("words", "x" * 201),
        ("words", "a\x00b"),
        ("changed_on", "1969-12-31"),
        ("changed_on", "soon"),
    ],
)
def test_what_cannot_be_used_is_named(survey, field, value):
    assert set(errors(make_member("editor"), given(survey, **{field: value}))) == {field}


def test_a_note_stands_in_its_form_as_it_was_written(survey):
    touchpoint, region = make_touchpoint(code="till"), make_region(code="coast")
    change = make_process_change(survey, touchpoint=touchpoint, region=region)
    form = ProcessChangeForm(member=make_member("editor"), instance=change)

    chosen = {name: [o.data["value"] for o in form[name] if o.data["selected"]] for name in FIELDS}

    assert {name: str(values[0]) for name, values in chosen.items()} == {
        "survey": survey.slug,
        "region": "coast",
        "touchpoint": "till",
    }


@pytest.mark.parametrize(("role", "label"), [("editor", "Everywhere"), ("manager", "No region")])
def test_it_is_said_what_no_region_means(survey, role, label):
    make_region()
    form = ProcessChangeForm(member=make_member(role))

    assert next(iter(form.fields["region"].choices)) == ("", label)
