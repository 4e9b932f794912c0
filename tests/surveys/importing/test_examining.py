from datetime import date

import pytest

from surveys.importing.entries import BadMapError
from surveys.importing.examining import Source, examine, hash_file, with_bad_rows_skipped
from surveys.importing.mapping import read_map
from tests.factories import make_location, make_survey
from tests.surveys.importing.files import NOW, make_mixed_survey

pytestmark = pytest.mark.django_db


def look(path, content, survey=None, **said):
    path.write_text(content)
    said = read_map({"questions": {"speed": "Speed"}, **said})
    source = Source(path, hash_file(path), survey or make_mixed_survey(), said)
    return examine(source, now=NOW, take=lambda rows, _tally, _reader: len(rows), tell=lambda _tally: None)


def test_everything_that_the_map_left_open_is_settled(tmp_path):
    said = look(tmp_path / "a", "Speed;Age\n5;40\n").said

    assert (said.file.delimiter, said.file.encoding, said.date.on) == (";", "utf-8", date(2026, 3, 2))
    assert (said.location.code, said.touchpoint.code, said.ignored) == ("main", "service", ("Age",))


def test_what_the_map_said_stays(tmp_path):
    make_location(code="north")

    said = look(
        tmp_path / "a",
        "Speed,Day\n5,2026-01-31\n",
        date={"column": "Day"},
        location={"code": "north"},
        ignored=["Age"],
    ).said

    assert (said.date.column, said.date.on, said.location.code, said.ignored) == ("Day", None, "north", ())


def test_new_locations_are_settled_by_their_texts(tmp_path):
    examined = look(
        tmp_path / "a", "Speed,Class\n5,Eco\n4,Main\n", location={"column": "Class", "create": True}
    )

    assert examined.new_locations == {"eco": "Eco"}
    assert examined.said.location.values == {"Eco": "eco"}


@pytest.mark.parametrize(
    ("content", "skips", "passes"),
    [("5\n4\n", False, True), ("5\n0\n", False, False), ("5\n0\n", True, True), ("0\n0\n", True, False)],
)
def test_passes_when_an_import_may_follow(tmp_path, content, skips, passes):
    assert look(tmp_path / "a", f"Speed\n{content}", skip_bad_rows=skips).passes == passes


def test_a_survey_that_is_not_published_is_refused(tmp_path):
    with pytest.raises(BadMapError, match="not published"):
        look(tmp_path / "a", "Speed\n5\n", survey=make_survey())


def test_the_hash_is_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"Speed\n5\n")

    assert hash_file(tmp_path / "a") == "d075805db493fba18d34e590e1f7e7e3acb93fe925889622766c2294797e6ca8"


def test_with_bad_rows_skipped_changes_nothing_else():
    said = read_map({"questions": {"speed": "Speed"}, "mode": "paper"})

    assert with_bad_rows_skipped(said).as_data() == {**said.as_data(), "skip_bad_rows": True}
