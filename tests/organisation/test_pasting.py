import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Region
from organisation.pasting import read_locations

COAST = Region(pk=1, code="coast", name="Coast")


def read(text):
    return read_locations(
        text, regions={"coast": COAST}, taken=frozenset({"main"}), time_zone="Europe/Prague"
    )


def rows(text):
    return [(row.code, row.name, row.region, row.time_zone) for row in read(text).locations]


@pytest.mark.parametrize(
    "line",
    [
        "north, North, coast, UTC",
        "north;North;coast;UTC",
        "north\tNorth\tcoast\tUTC",
        ' north ,"North",coast,UTC',
    ],
)
def test_line_is_cut_at_commas_semicolons_or_tabs(line):
    assert rows(line) == [("north", "North", COAST, "UTC")]


def test_region_and_time_zone_may_be_left_out():
    assert rows("north, North\nsouth, South, coast") == [
        ("north", "North", None, "Europe/Prague"),
        ("south", "South", COAST, "Europe/Prague"),
    ]


def test_name_may_hold_what_cuts_other_lines():
    assert rows('a, "Brno, centre; old"\nb\tPlzeň, west; new') == [
        ("a", "Brno, centre; old", None, "Europe/Prague"),
        ("b", "Plzeň, west; new", None, "Europe/Prague"),
    ]


def test_blank_lines_are_counted_but_not_read():
    assert read("\n\n  \nNORTH, North\n").errors == [
        (4, "Use small letters, digits, hyphens and underscores.")
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("main, Main", "There is a location with the code “main” already."),
        ("north, North, hills", "There is no region with the code “hills”."),
        ("north, North, coast, Mars/Olympus", "There is no time zone named “Mars/Olympus”."),
        ("north", "This field cannot be blank."),
        (", North", "This field cannot be blank."),
        ("a, b, coast, UTC, more", "This line has more than code, name, region and time zone."),
        ("n, " + "N" * 1000, "This line is too long."),
        (f"{'n' * 51}, North", "Ensure this value has at most 50 characters (it has 51)."),
    ],
)
def test_mistake_is_told_with_its_line(line, reason):
    assert read(f"good, Good\n{line}").errors == [(2, reason)]


def test_code_twice_is_a_mistake():
    assert read("a, A\nb, B\na, Another").errors == [(3, "Line 1 has this code too.")]


def test_every_mistake_is_told_at_once():
    assert [line for line, _reason in read("A, A\nok, Fine\n, B\nc, C, hills").errors] == [1, 3, 4]


def test_every_mistake_of_a_line_is_told():
    assert read("main, , hills, Mars").errors == [
        (1, "There is a location with the code “main” already."),
        (1, "There is no region with the code “hills”."),
        (1, "This field cannot be blank."),
        (1, "There is no time zone named “Mars”."),
    ]


@given(st.text(max_size=200))
def test_any_text_is_read_or_told_what_is_wrong_with_it(text):
    pasted = read(text)

    lines = sum(1 for line in text.replace("\r", "\n").split("\n") if line.strip())
    assert len(pasted.locations) + len({line for line, _reason in pasted.errors}) >= lines


@pytest.mark.parametrize("sign", ["\x0b", "\x1b", "\x1c", "\x7f", "\ufffe"])
def test_control_characters_are_refused_at_their_line(sign):
    reason = "This text holds a control character, which cannot be stored. Type it again."

    assert read(f"a, A\r\nb, Fair{sign}view\rc, C").errors == [(2, reason)]


def test_a_pasted_name_stands_on_one_line():
    assert read('a,"Old\ttown"').locations[0].name == "Old town"
