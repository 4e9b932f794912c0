import pytest

from surveys.importing.mapping import PlaceMap
from surveys.importing.places import MAX_NEW, Places, known_locations, known_touchpoints
from tests.factories import make_location, make_touchpoint

pytestmark = pytest.mark.django_db


def in_locations(said):
    return Places(known_locations(), said)


def in_touchpoints(said):
    return Places(known_touchpoints(), said)


def found(places, text):
    place, reason = places.find(text)
    return place.code if place else reason


def test_find_takes_code_name_or_the_maps_word():
    make_location(code="north", name="North Street")
    places = in_locations(PlaceMap(column="Shop", values={"N": "north"}))

    assert [found(places, text) for text in ("north", "North Street", "N")] == ["north"] * 3


@pytest.mark.parametrize("text", ["NORTH", "North", "north street", "nort"])
def test_find_never_takes_what_is_nearly_the_same(text):
    make_location(code="north", name="North Street")

    assert found(in_locations(PlaceMap(column="Shop")), text) == "No place has this code or name."


def test_find_wants_a_place():
    assert found(in_locations(PlaceMap(column="Shop", create=True)), "") == "No place is given here."


def test_an_empty_cell_may_be_mapped():
    assert found(in_locations(PlaceMap(column="Shop", values={"": "main"})), "") == "main"


def test_a_name_of_two_places_is_told():
    make_location(code="a", name="High Street")
    make_location(code="b", name="High Street")

    assert found(in_locations(PlaceMap(column="Shop")), "High Street") == (
        "More than one place has this name. Say its code in the map."
    )


def test_a_code_that_nobody_has_is_told():
    assert found(in_locations(PlaceMap(column="Shop", values={"N": "north"})), "N") == (
        "There is no place with the code “north”."
    )


def test_places_are_created_only_where_the_map_says_so():
    places = in_locations(PlaceMap(column="Class", values={"Plus": "eco-plus"}, create=True))

    codes = [found(places, text) for text in ("Eco", "Plus", "Eco", "Café du Nord")]

    assert codes == ["eco", "eco-plus", "eco", "cafe-du-nord"]
    assert places.new == {"eco": "Eco", "eco-plus": "Plus", "cafe-du-nord": "Café du Nord"}
    assert places.new_texts == {"Eco": "eco", "Plus": "eco-plus", "Café du Nord": "cafe-du-nord"}


def test_texts_that_the_map_gives_one_code_are_one_place():
    places = in_locations(
        PlaceMap(column="Class", values={"Plus": "eco-plus", "Eco+": "eco-plus"}, create=True)
    )

    assert [found(places, text) for text in ("Plus", "Eco+")] == ["eco-plus", "eco-plus"]
    assert places.new == {"eco-plus": "Plus"}


@pytest.mark.parametrize("text", ["MAIN", "main!", "日本", "x" * 101, "a\x07b"])
def test_a_name_of_which_no_free_code_can_be_made_is_told(text):
    places = in_locations(PlaceMap(column="Class", create=True))

    assert found(places, text) == "No code can be made of this name, or it is taken. Say its code in the map."


def test_a_column_of_something_else_does_not_become_a_thousand_places():
    places = in_locations(PlaceMap(column="Ticket", create=True))

    last = [found(places, f"ticket {number}") for number in range(MAX_NEW + 1)][-1]

    assert (last, len(places.new)) == (
        "This would be new place number 501. Is this the right column?",
        MAX_NEW,
    )


def test_whole_file_is_the_maps_code_or_the_default():
    make_touchpoint(code="till")

    places = [in_touchpoints(PlaceMap(code=code)).whole_file for code in ("till", "", "atlantis")]

    assert [place and place.code for place in places] == ["till", "service", None]
