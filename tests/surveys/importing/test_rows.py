from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.enums import Dimension, Flag, Kind
from surveys.importing.rows import GoodRow
from surveys.importing.tables import Flaw, Row
from tests.factories import (
    make_draft,
    make_location,
    make_published,
    make_question,
    make_survey,
    make_touchpoint,
)
from tests.surveys.importing.files import HEADERS, NOW, cells, make_mixed_survey, make_reader

pytestmark = pytest.mark.django_db
UNMAPPED = "This is no rating from 1 to 5, and the map does not say what it stands for."
NO_ANSWER = "This is none of the question’s answers, and the map does not say what it stands for."


def read(reader, number=2, **given):
    return reader.read(Row(number, cells(**given)))


def test_a_row_becomes_what_a_customer_would_have_sent():
    reader = make_reader(make_mixed_survey())

    row = read(reader, speed=4, tidy=" 2 ", where="In the shop", ways="b; In the shop", note=" fine\r\n ")

    assert (row.answers.ratings, row.answers.answers) == (
        "42...",
        {"where": "a", "ways": ["a", "b"], "note": "fine"},
    )
    assert (row.location, row.touchpoint, row.received_on, row.flags) == (
        "main",
        "service",
        date(2026, 3, 2),
        0,
    )


def test_an_empty_cell_is_left_blank():
    assert read(make_reader(make_mixed_survey())).answers.ratings == "5-..."


def test_a_row_that_was_not_read_keeps_its_flaw():
    flaw = Flaw(7, "", "", "The row has 1 cells, the header has 2.")

    assert make_reader(make_mixed_survey()).read(Row(7, [], flaw)) == [flaw]


def survey_with_crossed_options():
    """The label of each option is the other's key."""
    draft = make_draft(make_survey(), questions=[])
    crossed = [{"key": "a", "label": "b"}, {"key": "b", "label": "a"}, {"key": "c", "label": "c"}]
    make_question(draft, 1, key="where", kind=Kind.SINGLE_CHOICE, options=crossed)
    return make_published(draft=draft).survey


def test_label_that_is_another_options_key_is_never_guessed():
    reader = make_reader(survey_with_crossed_options(), questions={"where": "Where"})

    assert read(reader, where="a") == [Flaw(2, "Where", "a", NO_ANSWER)]
    assert read(reader, where="c").answers.answers == {"where": "c"}


def test_label_that_is_another_options_key_means_what_the_map_says():
    said = {"questions": {"where": "Where"}, "question_values": {"where": {"a": "b"}}}

    assert read(make_reader(survey_with_crossed_options(), **said), where="a").answers.answers == {
        "where": "b"
    }


@pytest.mark.parametrize("value", ["0", "6", "4.0", "4.5", "five", "x", "-", "05", "٤", "-1", "1e0"])
def test_what_nobody_mapped_is_never_guessed(value):
    assert read(make_reader(make_mixed_survey()), speed=value) == [Flaw(2, "Speed", value, UNMAPPED)]


@pytest.mark.parametrize(("sign", "rating"), [("x", "x"), ("-", "-"), ("3", "3")])
def test_a_mapped_value_is_what_the_map_says(sign, rating):
    reader = make_reader(make_mixed_survey(), values={"0": sign})

    assert read(reader, speed=0, tidy=5).answers.ratings == f"{rating}5..."


def test_a_map_may_turn_a_scale():
    reader = make_reader(make_mixed_survey(), values={"1": "5", "5": "1"})

    assert read(reader, speed=1, tidy=3).answers.ratings == "53..."


def test_a_questions_own_values_come_first():
    reader = make_reader(make_mixed_survey(), values={"9": "x"}, question_values={"tidy": {"9": "-"}})

    assert read(reader, speed=9, tidy=9, note="so").answers.ratings == "x-..."


def test_does_not_apply_where_it_is_not_offered_is_told():
    reader = make_reader(make_mixed_survey(), values={"0": "x"})

    reason = "The map says “does not apply”, which this question does not offer."
    assert read(reader, tidy=0) == [Flaw(2, "Tidy", "x", reason)]


def test_choices_are_matched_by_label_or_key_exactly():
    reader = make_reader(make_mixed_survey())

    assert read(reader, where="a").answers.answers == {"where": "a"}
    assert read(reader, where="in the shop") == [Flaw(2, "Where", "in the shop", NO_ANSWER)]
    assert read(reader, ways="a; by post") == [Flaw(2, "Ways", "a; by post", NO_ANSWER)]


def test_a_choice_may_be_mapped():
    reader = make_reader(make_mixed_survey(), question_values={"where": {"shop": "a", "?": "-"}})

    assert [read(reader, where=value).answers.answers for value in ("shop", "?")] == [{"where": "a"}, {}]


def test_a_text_that_is_too_long_is_told_in_the_words_of_the_form():
    flaw = read(make_reader(make_mixed_survey()), note="y" * 10_001)[0]

    assert (flaw.column, flaw.reason) == (
        "Note",
        "Please use at most 10000 characters; this text has 10001.",
    )
    assert len(flaw.value) == 100


def test_an_empty_response_is_told():
    assert read(make_reader(make_mixed_survey()), speed="") == [
        Flaw(2, "", "", "Please answer at least one question.")
    ]


def test_a_required_question_must_be_answered():
    draft = make_draft(questions=[("speed", Dimension.SPEED)])
    make_question(draft, 2, key="tidy", dimension=Dimension.QUALITY, is_required=True)
    reader = make_reader(make_published(draft=draft).survey, questions={"speed": "Speed", "tidy": "Tidy"})

    assert read(reader) == [Flaw(2, "Tidy", "", "Please answer this question.")]


def test_everything_that_is_wrong_with_a_row_is_told():
    reader = make_reader(
        make_mixed_survey(), location={"column": "Shop"}, date={"column": "Day"}, id={"column": "Ticket"}
    )

    flaws = read(reader, speed=0, tidy=7, shop="Atlantis", day="31.1.2026")

    assert [(flaw.column, flaw.value) for flaw in flaws] == [
        ("Shop", "Atlantis"),
        ("Day", "31.1.2026"),
        ("Ticket", ""),
        ("Speed", "0"),
        ("Tidy", "7"),
    ]


def test_a_straight_line_is_flagged_as_in_answering():
    questions = [(f"q{number}", "quality") for number in range(5)]
    survey = make_published(questions=questions).survey
    headers = [key for key, _dimension in questions]
    reader = make_reader(survey, headers=headers, questions={key: key for key in headers})

    flags = [reader.read(Row(2, list(ratings))).flags for ratings in ("44444", "44445")]

    assert flags == [Flag.STRAIGHT_LINE, 0]


@pytest.mark.parametrize(
    ("text", "wanted", "day"),
    [
        ("2026-01-31", "%Y-%m-%d", date(2026, 1, 31)),
        ("31.1.2026", "%d.%m.%Y", date(2026, 1, 31)),
        ("2026-01-31", "%d.%m.%Y", date(2026, 1, 31)),
        ("2026-01-31 09:30:00", "%d.%m.%Y", date(2026, 1, 31)),
        ("Jan 31 2026 9:30", "%b %d %Y %H:%M", date(2026, 1, 31)),
    ],
)
def test_days_are_read_by_the_format_or_as_a_date_cell(text, wanted, day):
    reader = make_reader(make_mixed_survey(), date={"column": "Day", "format": wanted})

    assert read(reader, day=text).received_on == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "This is no day written as %Y-%m-%d."),
        ("2026-02-30", "This is no day written as %Y-%m-%d."),
        ("2026-01-31x", "This is no day written as %Y-%m-%d."),
        ("1/2/2026", "This is no day written as %Y-%m-%d."),
        ("2026-03-03", "This day is yet to come."),
        ("1989-12-31", "This day is before 1990."),
    ],
)
def test_bad_days_are_told(text, reason):
    reader = make_reader(make_mixed_survey(), date={"column": "Day"})

    assert read(reader, day=text) == [Flaw(2, "Day", text, reason)]


def test_today_is_the_day_at_the_location():
    make_location(code="auckland", time_zone="Pacific/Auckland")
    late = NOW.replace(hour=23)

    reader = make_reader(make_mixed_survey(), location={"column": "Shop"}, date={"column": "Day"}, now=late)

    assert isinstance(read(reader, shop="auckland", day="2026-03-03"), GoodRow)
    assert isinstance(read(reader, shop="main", day="2026-03-03"), list)


def test_without_a_date_every_row_gets_todays_or_the_maps():
    make_location(code="auckland", time_zone="Pacific/Auckland")
    late, survey = NOW.replace(hour=23), make_mixed_survey()

    days = [
        read(make_reader(survey, now=late)).received_on,
        read(make_reader(survey, now=late, location={"code": "auckland"})).received_on,
        read(make_reader(survey, now=late, date={"on": "2025-12-31"})).received_on,
    ]

    assert days == [date(2026, 3, 2), date(2026, 3, 3), date(2025, 12, 31)]


def test_places_come_from_columns_or_codes():
    make_location(code="north")
    make_touchpoint(code="till", name="The till")
    reader = make_reader(
        make_mixed_survey(),
        location={"code": "north"},
        touchpoint={"column": "Touch", "values": {"T": "till"}},
    )

    places = [
        (row.location, row.touchpoint) for row in (read(reader, touch=text) for text in ("T", "The till"))
    ]

    assert places == [("north", "till"), ("north", "till")]


def test_the_same_row_of_the_same_file_is_the_same_response():
    survey, other = make_mixed_survey(), make_mixed_survey()

    ids = [
        read(make_reader(survey)).id,
        read(make_reader(survey)).id,
        read(make_reader(survey), number=3).id,
        read(make_reader(survey, origin="1" * 64)).id,
        read(make_reader(other)).id,
    ]

    assert (ids[0] == ids[1], len(set(ids))) == (True, 4)


def test_a_row_with_an_id_is_known_by_it_in_any_file():
    survey, said = make_mixed_survey(), {"id": {"column": "Ticket"}}

    ids = {
        read(make_reader(survey, **said), ticket="T1").id,
        read(make_reader(survey, origin="1" * 64, **said), number=9, ticket=" T1 ").id,
        read(make_reader(survey, **said), ticket="T2").id,
    }

    assert len(ids) == 2


def test_ids_are_there_and_not_endless():
    reader = make_reader(make_mixed_survey(), id={"column": "Ticket"})

    assert [read(reader, ticket=text)[0].reason for text in ("", "T" * 201)] == [
        "The id is missing.",
        "The id is too long.",
    ]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=30), min_size=len(HEADERS), max_size=len(HEADERS)))
def test_any_texts_are_read_or_told(db, texts):
    survey = make_mixed_survey()
    reader = make_reader(
        survey,
        date={"column": "Day", "format": "%d %b %Y"},
        location={"column": "Shop", "create": True},
        touchpoint={"column": "Touch"},
        id={"column": "Ticket"},
    )

    read_row = reader.read(Row(2, texts))

    assert isinstance(read_row, GoodRow) or all(flaw.reason for flaw in read_row)
