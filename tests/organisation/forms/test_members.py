import pytest

from organisation.enums import Role
from organisation.forms import MemberForm
from organisation.forms import members as member_forms
from tests.factories import make_location, make_member, make_region

pytestmark = pytest.mark.django_db
MIA = {"email": "Mia@Example.org", "name": "Mia", "role": Role.MANAGER}


def filled(administrator, *, instance=None, **given):
    return MemberForm({**MIA, **given}, by=administrator, instance=instance)


def test_form_takes_a_manager_with_a_place(administrator):
    location = make_location()

    form = filled(administrator, locations=[location.pk])

    assert form.errors == {}
    assert (form.cleaned_data["email"], list(form.cleaned_data["locations"])) == (
        "mia@example.org",
        [location],
    )


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CLERK, Role.SHOPPER])
def test_form_refuses_who_would_see_nothing(administrator, role):
    assert list(filled(administrator, role=role).errors) == ["all_locations"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EDITOR])
def test_form_asks_for_no_place_where_the_role_sees_all(administrator, role):
    assert filled(administrator, role=role).errors == {}


def test_form_takes_every_location_or_a_region_for_a_place(administrator):
    region = make_region()

    assert filled(administrator, all_locations="on").errors == {}
    assert filled(administrator, regions=[region.pk]).errors == {}


def test_form_refuses_an_address_twice(administrator):
    errors = filled(administrator, email="ADMIN@example.org", all_locations="on").errors

    assert errors == {"email": ["There is a member with this e-mail address already."]}


def test_form_needs_a_name(administrator):
    assert list(filled(administrator, name="", all_locations="on").errors) == ["name"]


def test_form_offers_open_locations_and_those_already_held(administrator):
    here, gone = make_location(), make_location(archived_at="2026-03-02T09:00Z")
    held = make_location(archived_at="2026-03-02T09:00Z")
    member = make_member(locations=[held, here])

    offered = set(MemberForm(by=administrator, instance=member).fields["locations"].queryset)

    assert offered >= {here, held}
    assert gone not in offered


def test_form_asks_for_codes_where_there_are_many_locations(administrator, monkeypatch):
    monkeypatch.setattr(member_forms, "BOXES", 2)
    one, two, _three = (make_location(code=code) for code in ("a", "b", "c"))

    form = filled(administrator, locations=" a,\nb a")

    assert form.errors == {}
    assert set(form.cleaned_data["locations"]) == {one, two}


def test_form_names_a_code_that_is_not_there(administrator, monkeypatch):
    monkeypatch.setattr(member_forms, "BOXES", 0)

    errors = filled(administrator, locations="main nowhere").errors

    assert errors["locations"] == ["There is no location with the code “nowhere”."]


def test_form_begins_with_the_codes_already_held(administrator, monkeypatch):
    monkeypatch.setattr(member_forms, "BOXES", 0)
    member = make_member(locations=[make_location(code="a")])

    form = MemberForm(by=administrator, instance=member)

    assert "spellcheck" not in str(form["locations"])
    assert form["locations"].value() == "a"


@pytest.mark.parametrize("field", ["regions", "locations"])
@pytest.mark.parametrize("key", ["9" * 30, str(2**31), "9" * 5000, "-1", "x", "²"])
def test_form_refuses_a_place_whose_key_cannot_be(administrator, field, key):
    errors = filled(administrator, **{field: [key]}).errors

    assert errors == {field: [f"Select a valid choice. {key[:50]} is not one of the available choices."]}


@pytest.mark.parametrize(
    ("field", "value"), [("name", "Mi\x0ba"), ("name", "Mi\x1ba"), ("email", '"a\x01b"@example.org')]
)
def test_form_refuses_control_characters(administrator, field, value):
    assert field in filled(administrator, all_locations="on", **{field: value}).errors
