import pytest

from surveys.answering.published import published
from surveys.forms.import_values import RATINGS, ValueRow, is_unread, value_rows
from surveys.importing.mapping import FileMap, read_map
from surveys.importing.places import known_locations, known_touchpoints
from surveys.importing.profiles import SHOWN, profile_file
from tests.surveys.importing.files import make_mixed_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows_of(tmp_path):
    def rows_of(content, **said):
        (tmp_path / "a").write_text(content)
        version = published(make_mixed_survey().live_version_id, "en")
        places = {"*location": known_locations(), "*touchpoint": known_touchpoints()}
        said = read_map(said)
        return value_rows(profile_file(tmp_path / "a", FileMap()), version, said, places)

    return rows_of


def seen(rows):
    return [(row.group, row.text, row.count) for row in rows]


def test_ratings_are_asked_for_once_over_all_their_columns(rows_of):
    rows = rows_of("S,T\n0,0\n6,0\n,5\n", questions={"speed": "S", "tidy": "T"})

    assert seen(rows) == [(RATINGS, "0", 3), (RATINGS, "6", 1)]
    assert [value for value, _label in rows[0].choices] == ["", "x", "-", "5", "4", "3", "2", "1"]


def test_what_one_questions_own_values_say_is_not_asked(rows_of):
    rows = rows_of("S\n9\n0\n", questions={"speed": "S"}, question_values={"speed": {"9": "-"}})

    assert seen(rows) == [(RATINGS, "0", 1)]


def test_several_choices_in_a_cell_are_asked_for_one_by_one(rows_of):
    rows = rows_of("W\na; post\nfax;In the shop;post\n", questions={"ways": "W"})

    assert seen(rows) == [("ways", "post", 2), ("ways", "fax", 1)]


def test_touchpoints_that_nobody_has_are_asked_for(rows_of):
    rows = rows_of("S,T\n5,Service\n5,till\n", questions={"speed": "S"}, touchpoint={"column": "T"})

    assert seen(rows) == [("*touchpoint", "till", 1)]
    assert rows[0].choices == [("", "As it is written"), ("service", "Service")]


def test_a_code_that_is_still_to_be_created_stays_what_the_map_says(rows_of):
    place = {"column": "C", "create": True, "values": {"Plus": "eco-plus"}}

    row = rows_of("S,C\n5,Plus\n", questions={"speed": "S"}, location=place)[0]

    assert (row.chosen, row.choices[-1], row.is_unread) == ("eco-plus", ("eco-plus", "eco-plus"), False)


def test_only_so_many_values_are_asked_for(rows_of):
    content = "S\n" + "".join(f"{number}\n" for number in range(100, 200))

    assert len(rows_of(content, questions={"speed": "S"})) == SHOWN


def test_texts_that_no_map_can_hold_are_not_asked_for(rows_of):
    assert rows_of(f"S\n{'y' * 1001}\n", questions={"speed": "S"}) == []


def test_field_names_are_safe_and_differ():
    names = {
        ValueRow(group, "", text, 1, [], "").name for group in ("a", "b") for text in ("", " ", "é", "<b>")
    }

    assert (len(names), all(name.replace("value_", "").isalnum() for name in names)) == (8, True)


def test_is_unread_is_about_ratings_only():
    version = published(make_mixed_survey().live_version_id, "en")
    said = read_map(
        {"questions": {"speed": "S"}, "values": {"0": "x"}, "question_values": {"speed": {"9": "-"}}}
    )
    speed, note = version.items[0], version.items[4]

    unread = [is_unread(speed, text, said) for text in ("5", "", "0", "9", "6")]

    assert (unread, is_unread(note, "6", said), is_unread(None, "6", said)) == (
        *([False, False, False, False, True], False, False),
    )
