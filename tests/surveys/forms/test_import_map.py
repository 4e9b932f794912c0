import pytest

from surveys.answering.published import published
from surveys.forms.import_map import MapForm
from surveys.importing.mapping import FileMap, ImportMap, read_map
from surveys.importing.places import known_locations, known_touchpoints
from surveys.importing.profiles import profile_file
from tests.factories import make_location
from tests.surveys.importing.files import make_mixed_survey

pytestmark = pytest.mark.django_db
FILE = (
    "Speed,Tidy,Where,Class,Day\n5,0,shop,Eco,31.1.2026\n0,4,In the shop,Main,31.1.2026\n9,0,,Eco,1.2.2026\n"
)
HEADERS = FILE.splitlines()[0].split(",")


@pytest.fixture
def make_form(tmp_path):
    (tmp_path / "a").write_text(FILE)
    survey = make_mixed_survey()

    def make_form(said=None, data=None):
        return MapForm(
            data,
            profile=profile_file(tmp_path / "a", FileMap()),
            version=published(survey.live_version_id, "en"),
            said=said or ImportMap(),
            locations=known_locations(),
            touchpoints=known_touchpoints(),
        )

    return make_form


def sent(**held):
    """What a browser sends when these columns are said to hold something."""
    columns = {f"column_{at}": held.get(header, "") for at, header in enumerate(HEADERS)}
    return {"mode": "import", **columns, **{key: value for key, value in held.items() if key not in HEADERS}}


def meanings(form):
    return {(row.group, row.text): row.name for row in form.value_rows}


SAID = read_map(
    {
        "questions": {"speed": "Speed", "tidy": "Tidy", "where": "Where"},
        "location": {"column": "Class"},
    }
)


def test_columns_show_what_the_map_says(make_form):
    form = make_form(SAID)

    assert [row.field.value() for row in form.column_rows] == [
        *("question:speed", "question:tidy", "question:where", "*location", ""),
    ]


def test_values_that_would_be_reported_are_unread(make_form):
    row = make_form(SAID).column_rows[0]

    assert row.values == [("0", 1, True), ("5", 1, False), ("9", 1, True)]
    assert row.has_unread


def test_values_that_need_a_word_are_asked_for(make_form):
    rows = make_form(SAID).value_rows

    assert [(row.group, row.text, row.count, row.is_unread) for row in rows] == [
        ("*ratings", "0", 3, True),
        ("*ratings", "9", 1, True),
        ("where", "shop", 1, True),
        ("*location", "Eco", 2, True),
    ]


def test_locations_that_will_be_created_need_no_word(make_form):
    said = read_map({"questions": {"speed": "Speed"}, "location": {"column": "Class", "create": True}})

    rows = [row for row in make_form(said).value_rows if row.group == "*location"]

    assert [(row.text, row.is_unread) for row in rows] == [("Eco", False)]


def test_result_is_the_map_that_was_sent(make_form):
    names = meanings(make_form(SAID))
    data = sent(
        Speed="question:speed",
        Tidy="question:tidy",
        Where="question:where",
        Class="*location",
        Day="*date",
        date_format="%d.%m.%Y",
        location_create="on",
        skip_bad_rows="on",
        **{names["*ratings", "0"]: "x", names["where", "shop"]: "a", names["*location", "Eco"]: "main"},
    )

    form = make_form(SAID, data)

    assert form.is_valid(), form.errors
    assert form.result.as_data() == {
        "mode": "import",
        "skip_bad_rows": True,
        "file": {"choices_separator": ";"},
        "questions": {"speed": "Speed", "tidy": "Tidy", "where": "Where"},
        "values": {"0": "x"},
        "question_values": {"where": {"shop": "a"}},
        "date": {"column": "Day", "format": "%d.%m.%Y"},
        "location": {"column": "Class", "values": {"Eco": "main"}, "create": True},
    }


def test_what_goes_for_the_whole_file_is_taken_where_no_column_says_it(make_form):
    make_location(code="north")
    data = sent(
        Speed="question:speed", date_on="2026-01-31", location_code="north", touchpoint_code="service"
    )

    form = make_form(None, data)

    assert form.is_valid(), form.errors
    said = form.result
    assert (said.date.on.isoformat(), said.location.code, said.touchpoint.code) == (
        *("2026-01-31", "north", "service"),
    )


def test_what_the_page_does_not_show_is_kept(make_form):
    said = read_map(
        {
            "questions": {"speed": "Speed"},
            "values": {"never seen": "-"},
            "question_values": {"speed": {"9": "-"}},
            "file": {"delimiter": ",", "choices_separator": "/"},
        }
    )

    form = make_form(said, sent(Speed="question:speed", delimiter=","))

    assert form.is_valid(), form.errors
    assert (form.result.values, form.result.question_values, form.result.file) == (
        said.values,
        said.question_values,
        said.file,
    )


def test_a_value_may_be_taken_back(make_form):
    said = read_map({"questions": {"speed": "Speed"}, "values": {"0": "x"}})

    form = make_form(said, sent(Speed="question:speed"))

    assert (form.is_valid(), form.result.values) == (True, {})


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({}, "[questions] names no column."),
        (
            {"Speed": "question:speed", "Tidy": "question:speed"},
            "“Speed” and “Tidy” are said to hold the same.",
        ),
        (
            {"Speed": "question:speed", "Day": "*date", "date_format": "%d"},
            "[date] format says where year, month and day stand, such as %Y-%m-%d or %d.%m.%Y.",
        ),
    ],
)
def test_a_map_that_cannot_be_is_refused(make_form, held, reason):
    form = make_form(None, sent(**held))

    assert (form.is_valid(), form.non_field_errors()) == (False, [reason])


def test_a_forged_choice_is_refused(make_form):
    assert list(make_form(None, sent(Speed="question:nothing")).errors) == ["column_0"]
