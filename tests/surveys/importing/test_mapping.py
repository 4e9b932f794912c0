import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.importing.entries import BadMapError
from surveys.importing.mapping import DateMap, PlaceMap, is_date_format, read_map, read_toml

WHOLE = """
mode = "paper"
skip_bad_rows = true
ignored = ["Age"]

[file]
delimiter = ";"
encoding = "cp1252"
sheet = "Answers"
choices_separator = "|"

[questions]
wifi = "Wi-Fi"

[values]
"0" = "x"
"9" = 5

[question_values.wifi]
"N/A" = "-"

[date]
column = "Day"
format = "%d.%m.%Y"

[location]
column = "Class"
create = true
values = {"Eco Plus" = "eco-plus"}

[touchpoint]
code = "till"

[id]
column = "Ticket"
"""


def reasons_of(text):
    with pytest.raises(BadMapError) as refusal:
        read_toml(text)
    return refusal.value.reasons


def test_read_toml_understands_every_part():
    said = read_toml(WHOLE)

    assert (said.mode, said.skip_bad_rows, said.ignored) == ("paper", True, ("Age",))
    assert (said.file.delimiter, said.file.encoding, said.file.sheet) == (";", "cp1252", "Answers")
    assert said.file.choices_separator == "|"
    assert (said.questions, said.values) == ({"wifi": "Wi-Fi"}, {"0": "x", "9": "5"})
    assert said.question_values == {"wifi": {"N/A": "-"}}
    assert said.date == DateMap(column="Day", format="%d.%m.%Y")
    assert said.location == PlaceMap(column="Class", values={"Eco Plus": "eco-plus"}, create=True)
    assert (said.touchpoint, said.id_column) == (PlaceMap(code="till"), "Ticket")


def test_columns_are_all_that_the_map_speaks_of():
    assert read_toml(WHOLE).columns == {"Wi-Fi", "Day", "Class", "Ticket"}


def test_read_map_reads_back_what_as_data_gives():
    said = read_toml(WHOLE)

    assert read_map(said.as_data()) == said


@pytest.mark.parametrize("written", ["2026-01-31", '"2026-01-31"'])
def test_read_toml_takes_a_day_as_date_or_text(written):
    said = read_toml(f'[questions]\nwifi = "W"\n[date]\non = {written}')

    assert said.date.on == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[questions]\n", "[questions] names no column."),
        ("questions = 3", "[questions]: it is no table."),
        (
            '[questions]\na = "A"\nb = "A"',
            "Two questions take the column “A”.",
        ),
        (
            '[questions]\na = "A"\n[values]\n"0" = "none"',
            "[values] “0”: it stands for “none”, which is none of 1 to 5, “x” and “-”.",
        ),
        (
            '[questions]\na = "A"\n[values]\n"0" = true',
            "[values] 0: it is no text of up to 1000 characters.",
        ),
        (
            '[questions]\na = "A"\n[question_values.b]\n"0" = "x"',
            "[question_values.b] is about a question that [questions] does not name.",
        ),
        ('[questions]\na = "A"\n[question]\nb = "B"', "question: nothing of that name belongs here."),
        ('[questions]\na = "A"\n[file]\nsep = ","', "[file] sep: nothing of that name belongs here."),
        (
            '[questions]\na = "A"\n[file]\ndelimiter = ",,"',
            "[file] delimiter is one sign such as “,”, “;” or a tab.",
        ),
        (
            'mode = "fax"\n[questions]\na = "A"',
            "mode is one of link, invitation, kiosk, widget, paper, phone, import.",
        ),
        ('skip_bad_rows = 1\n[questions]\na = "A"', "skip_bad_rows: it is true or false."),
        ('ignored = "Age"\n[questions]\na = "A"', "ignored: it is a list of texts."),
        ('[questions]\na = "A"\n[date]\non = 31', "[date] on: it is a day such as 2026-01-31."),
        (
            '[questions]\na = "A"\n[date]\non = 2026-01-31T00:00:00',
            "[date] on: it is a day such as 2026-01-31.",
        ),
        (
            '[questions]\na = "A"\n[date]\ncolumn = "D"\non = "2026-01-31"',
            "[date] has a column or one day for the whole file, not both.",
        ),
        (
            '[questions]\na = "A"\n[date]\ncolumn = "D"\nformat = "%H"',
            "[date] format says where year, month and day stand, such as %Y-%m-%d or %d.%m.%Y.",
        ),
        (
            '[questions]\na = "A"\n[location]\ncolumn = "C"\ncode = "main"',
            "[location] has a column or one code, not both.",
        ),
        (
            '[questions]\na = "A"\n[location]\ncreate = true',
            "[location] says what values mean, but not in which column.",
        ),
        (
            '[questions]\na = "A"\n[location]\ncolumn = "C"\nvalues = {"Eco" = "Eco Class"}',
            "[location] “Eco Class” cannot be a code.",
        ),
        (
            '[questions]\na = "A"\n[touchpoint]\ncolumn = "C"\ncreate = true',
            "[touchpoint] create: nothing of that name belongs here.",
        ),
        ('[questions]\na = "\\u0000"', "[questions] a: it is no text of up to 1000 characters."),
        (f'x = 0x{"f" * 6000}\n[questions]\na = "A"', "x: nothing of that name belongs here."),
        ("a = " + "[" * 5000, "The map is not TOML: it cannot be read."),
        ("x" * 1_000_001, "The map is too long."),
    ],
)
def test_read_toml_refuses_with_one_reason(text, reason):
    assert reasons_of(text) == [reason]


def test_read_toml_names_the_line_that_is_not_toml():
    assert reasons_of("a = 1\nb") == [
        "The map is not TOML: Expected '=' after a key in a key/value pair (at end of document)."
    ]


def test_read_toml_says_everything_that_is_wrong():
    assert len(reasons_of('colour = 1\nsize = 2\n[questions]\na = ["A"]')) == 3


def test_encoding_is_one_that_is_known():
    assert len(reasons_of('[questions]\na = "A"\n[file]\nencoding = "rot13"')) == 1
    assert read_toml('[questions]\na = "A"\n[file]\nencoding = "UTF_8"').file.encoding == "utf-8"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("%Y-%m-%d", True),
        ("%d %b %y", True),
        ("%Y %j", True),
        ("%d.%m.%Y %H:%M", True),
        ("%d %% %m %% %Y", True),
        ("%d.%d.%m.%Y", False),
        ("%d.%m.", False),
        ("%Y-%m", False),
        ("%Y-%m-%d %Q", False),
        ("%Y-%m-%d %", False),
        ("", False),
    ],
)
def test_is_date_format_wants_a_whole_day(text, is_one):
    assert is_date_format(text) == is_one


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
NAMES = ["file", "questions", "values", "question_values", "date", "location", "touchpoint", "id", "mode"]


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(), anything) | anything)
def test_read_map_refuses_or_reads_whatever_it_is_given(data):
    try:
        said = read_map(data)
    except BadMapError as refusal:
        read_back, wanted = bool(refusal.reasons), True
    else:
        read_back, wanted = read_map(said.as_data()), said

    assert read_back == wanted


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_read_toml_refuses_or_reads_whatever_it_is_given(text):
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        assert reasons_of(text)
    else:
        assert reasons_of(text)[0]
