import pytest

from organisation.forms import LocationForm, PasteForm, RegionForm, TouchpointForm
from organisation.forms import places as place_forms
from organisation.models import Location, Organisation
from tests.factories import make_location, make_region, make_touchpoint

pytestmark = pytest.mark.django_db
NORTH = {"code": "north", "name": "North", "region": "", "time_zone": "UTC"}


def test_location_form_begins_with_the_organisations_time_zone(administrator):
    Organisation.objects.update(time_zone="Europe/Prague")

    assert LocationForm(by=administrator).initial["time_zone"] == "Europe/Prague"


def test_location_form_keeps_the_time_zone_of_a_location(administrator):
    Organisation.objects.update(time_zone="Europe/Prague")

    form = LocationForm(by=administrator, instance=make_location(time_zone="UTC"))

    assert form["time_zone"].value() == "UTC"


@pytest.mark.parametrize(
    ("form", "make"),
    [
        (
            lambda administrator, place: LocationForm({**NORTH}, by=administrator, instance=place),
            make_location,
        ),
        (lambda _administrator, place: RegionForm({**NORTH}, instance=place), make_region),
        (
            lambda _administrator, place: TouchpointForm(
                {**NORTH, "channel": "phone", "stage": "decision"}, instance=place
            ),
            make_touchpoint,
        ),
    ],
    ids=["location", "region", "touchpoint"],
)
def test_code_never_changes(administrator, form, make):
    filled = form(administrator, make(code="old"))

    assert (filled.errors, filled.cleaned_data["code"], filled.cleaned_data["name"]) == ({}, "old", "North")
    assert "never changes" in filled.fields["code"].help_text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "North Pole"),
        ("code", "n" * 51),
        ("code", "a\0b"),
        ("name", ""),
        ("name", "n" * 101),
        ("region", "999999"),
        ("region", "9" * 400),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_location_form_refuses(administrator, field, value):
    assert list(LocationForm({**NORTH, field: value}, by=administrator).errors) == [field]


def test_location_form_refuses_a_code_twice(administrator):
    make_location(code="north")

    assert list(LocationForm(NORTH, by=administrator).errors) == ["code"]


def test_paste_form_reads_locations(administrator):
    make_region(code="coast")

    form = PasteForm({"lines": "a, A, coast\nb, B"}, by=administrator)

    assert form.errors == {}
    assert [(row.code, row.time_zone) for row in form.cleaned_data["lines"]] == [("a", "UTC"), ("b", "UTC")]
    assert Location.objects.filter(code="a").count() == 0


def test_paste_form_tells_each_mistake_with_its_line(administrator):
    form = PasteForm({"lines": "a, A, hills\nmain, Main\nc, C"}, by=administrator)

    assert form.errors["lines"] == [
        "Line 1: There is no region with the code “hills”.",
        "Line 2: There is a location with the code “main” already.",
    ]


def test_paste_form_tells_how_many_more_mistakes_there_are(administrator, monkeypatch):
    monkeypatch.setattr(place_forms, "MISTAKES_SHOWN", 2)

    errors = PasteForm({"lines": "A\nB\nC\nD"}, by=administrator).errors["lines"]

    assert list(errors)[2:] == ["And 6 more mistakes."]


def test_paste_form_has_a_limit(administrator, monkeypatch):
    monkeypatch.setattr(place_forms, "MAX_LINES", 2)

    assert PasteForm({"lines": "a, A\nb, B\nc, C"}, by=administrator).errors["lines"] == [
        "Paste at most 2 lines at once."
    ]


def test_paste_form_takes_the_same_few_queries_for_many_lines(administrator, django_assert_num_queries):
    lines = "\n".join(f"l{number}, Location {number}" for number in range(300))

    with django_assert_num_queries(3):
        assert PasteForm({"lines": lines}, by=administrator).is_valid()


@pytest.mark.parametrize("sign", ["\x0b", "\x1b", "\x7f", "\uffff", "\ud800"])
def test_names_hold_nothing_that_breaks_a_chart(administrator, sign):
    given = {**NORTH, "name": f"Fair{sign}view", "channel": "phone", "stage": "decision"}
    forms = [LocationForm(given, by=administrator), RegionForm(given), TouchpointForm(given)]

    assert [list(form.errors) for form in forms] == [["name"]] * 3
