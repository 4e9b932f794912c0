import pytest

from surveys.importing import profiles
from surveys.importing.mapping import FileMap
from surveys.importing.profiles import MOST_COUNTED, SHOWN, ColumnProfile, profile_file


@pytest.fixture
def look(tmp_path):
    def look(content):
        (tmp_path / "a").write_text(content)
        return profile_file(tmp_path / "a", FileMap())

    return look


def test_each_column_shows_its_first_rows_and_counts_its_values(look):
    profile = look("Speed,Note\n0,a\n5, b\n0,\nragged\n4,a\n5,a\n0,a\n")

    assert profile.columns == (
        ColumnProfile("Speed", ("0", "5", "0", "4", "5"), (("0", 3), ("5", 2), ("4", 1)), 0),
        ColumnProfile("Note", ("a", "b", "", "a", "a"), (("a", 4), ("", 1), ("b", 1)), 0),
    )
    assert (profile.rows, profile.is_whole, profile.delimiter) == (7, True, ",")


def test_only_the_most_frequent_values_are_listed(look):
    column = look("Id\n" + "".join(f"{number}\n" for number in range(MOST_COUNTED + 9))).columns[0]

    assert (len(column.values), column.others) == (SHOWN, MOST_COUNTED - SHOWN)


def test_only_the_beginning_of_a_long_file_is_looked_at(look, monkeypatch):
    monkeypatch.setattr(profiles, "ROWS", 2)

    profile = look("Speed\n5\n5\n0\n")

    assert (profile.rows, profile.is_whole, profile.columns[0].values) == (2, False, (("5", 2),))


def test_column_finds_by_header(look):
    profile = look("Speed,Note\n5,a\n")

    assert (profile.column("Note"), profile.column("Tempo")) == (profile.columns[1], None)
    assert profile.headers == ["Speed", "Note"]
