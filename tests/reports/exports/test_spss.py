"""SPSS files, read back and held against the CSV of the same responses: value for value, label for label."""

import random
from datetime import UTC, date, datetime, timedelta
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyreadstat import read_sav

from organisation.text import CONTROL_CHARACTERS
from reports.enums import ExportKind
from reports.exports import spss
from reports.exports.columns import ABOUT
from reports.exports.spss import fitting, printable, variable_name
from reports.frames import STARTS_A_FORMULA
from surveys.enums import Continuity, Dimension, Kind, Mode
from tests.factories import make_draft, make_export, make_location, make_published, make_question, make_region
from tests.reports.answers import answer_all, count
from tests.reports.exports.making import answered, make, rows_of

pytestmark = pytest.mark.django_db

OPTIONS = [{"key": "a", "label": "In the shop, inside"}, {"key": "b", "label": "Online 🙂"}]
WORDS = {1: "Very poor", 2: "Poor", 3: "Fair", 4: "Good", 5: "Excellent"}
SIGNS = {7: "Does not apply", 8: "Unreadable", 9: "Left blank"}
IN_THE_CSV = {"Does not apply": "does_not_apply", "Unreadable": "unreadable", "Left blank": "blank"}
TEXTS = [
    "Kind 🙂 people",
    "=1+1",
    "two\nlines",
    "bell \x07 and tab\t!",
    "ä" * 3000,
    "'quoted'",
    "right to left: \u200f\u05d0",
    "x" * 256,
]


def make_versions():
    """Two of one survey: the second words a question anew, drops one, and asks of every other kind."""
    first = make_published(questions=(("wait", "speed"), ("old", "quality")))
    draft = make_draft(first.survey, questions=())
    wording = {"text": "How long was it 🙂?", "continuity": Continuity.NEW_WORDING}
    make_question(draft, 1, key="wait", dimension="speed", **wording)
    make_question(draft, 2, key="place", kind=Kind.SINGLE_CHOICE, options=OPTIONS)
    make_question(draft, 3, key="means", kind=Kind.SEVERAL_CHOICES, options=OPTIONS)
    make_question(draft, 4, key="comment", kind=Kind.TEXT)
    return first, make_published(draft=draft)


@pytest.fixture
def survey():
    """Answered in every way that there is."""
    first, second = make_versions()
    chance = random.Random(4)
    place = make_location(code="harbour", name="Härbour", region=make_region(name="Coast"))
    answer_all(first, [{"ratings": "".join(chance.choices("12345x-?", k=2))} for _response in range(40)])
    answers = [
        {},
        *({"place": key, "means": means} for key in "ab?" for means in (["a"], ["a", "b"], ["?"])),
        *({"comment": text} for text in TEXTS),
    ]
    moment = datetime(2026, 3, 1, 9, 30, 7, tzinfo=UTC)
    answer_all(
        second,
        [
            {
                "ratings": f"{chance.choice('12345x-?')}...",
                "answers": given,
                "mode": chance.choice([Mode.PAPER, Mode.LINK]),
                "flags": at % 4,
                "location": place,
                "on": date(2026, 3, 1) + timedelta(days=at),
                "received_at": moment + timedelta(days=at, hours=at) if at % 3 else None,
            }
            for at, given in enumerate(answers)
        ],
    )
    count()
    return first.survey


def made(survey, **fields):
    """The table, and what the file says of it."""
    return read_sav(make(make_export(survey, kind=ExportKind.SAV, **fields), piece=7).path, user_missing=True)


def plain(text):
    """What a CSV guards, without the apostrophe, and without what no file shows."""
    is_guarded = text.startswith("'") and text[1:].startswith(STARTS_A_FORMULA)
    return printable(text[1:] if is_guarded else text)


def as_csv(name, value, meta):
    """A value of the SPSS file as the CSV writes it: what it means, where that is said."""
    if isinstance(value, float) and isnan(value):  # nothing was asked
        return ""
    words = meta.variable_value_labels.get(name, {}).get(value, "")
    if words in IN_THE_CSV:
        return IN_THE_CSV[words]
    return WRITTEN.get(name, lambda value, _words: value)(value, words)


def moment(value, _words):
    return "" if str(value) == "NaT" else value.replace(tzinfo=UTC).isoformat()


def number(value, _words):
    return f"{value:g}"


WRITTEN = {
    **dict.fromkeys(("q_wait", "q_old", "q_means__a", "q_means__b", "version"), number),
    "q_place": lambda _value, words: words,
    "day": lambda value, _words: value.isoformat(),
    "received_at": moment,
}


def test_every_value_is_that_of_the_csv(survey):
    rows = rows_of(make(make_export(survey)))
    table, meta = made(survey)

    assert list(table.columns) == list(rows[0])
    assert len(table) == len(rows) == 58
    wrong = [
        (name, value, row[name])
        for row, told in zip(rows, table.to_dict("records"), strict=True)
        for name, value in told.items()
        if as_csv(name, value, meta) != plain(row[name])
    ]
    assert wrong == []


def test_it_says_what_values_mean_and_which_are_no_answer(survey):
    _table, meta = made(survey)
    labels, missing = meta.variable_value_labels, meta.missing_ranges

    assert labels["q_wait"] == {**WORDS, **SIGNS}
    assert labels["q_place"] == {"a": "In the shop, inside", "b": "Online 🙂", "?": "Unreadable"}
    assert labels["q_means__a"] == {0: "Not chosen", 1: "Chosen", 8: "Unreadable"}
    assert labels["mode"]["paper"] == "Paper card"
    assert labels["location"]["harbour"] == "Härbour"
    assert [one["lo"] for one in missing["q_wait"]] == [7, 8, 9]
    assert [one["lo"] for one in missing["q_place"]] == ["?"]
    assert [one["lo"] for one in missing["q_means__a"]] == [8]


def test_it_says_what_each_column_is(survey):
    table, meta = made(survey)

    labels = dict(zip(table.columns, meta.column_labels, strict=True))
    assert labels["q_wait"] == "How long was it 🙂?"
    assert labels["q_means__b"] == "How was the means? (Online 🙂)"
    assert labels["received_at"] == "The moment, where the survey is not anonymous (UTC)"
    measures = {
        name: meta.variable_measure[name] for name in ("q_wait", "version", "day", "q_place", "response")
    }
    assert measures == {
        "q_wait": "ordinal",
        "version": "ordinal",
        "day": "scale",
        "q_place": "nominal",
        "response": "nominal",
    }
    assert (meta.original_variable_types["day"], meta.original_variable_types["q_wait"]) == (
        "SDATE10",
        "F1.0",
    )
    assert "q_wait: version 1 asked “How was the wait?”" in meta.notes


def test_a_reversed_question_says_so_first():
    draft = make_draft(questions=())
    make_question(draft, 1, key="queue", dimension="speed", is_reversed=True, text="ß" * 500)
    answer_all(make_published(draft=draft), [{"ratings": "1"}] * 5)
    count()

    _table, meta = made(draft.survey)

    assert meta.column_labels[-1].startswith("(1 is the best: turned in scores) ßß")


def test_twenty_long_questions_whose_names_begin_alike():
    """Labels are cut in whole characters and stand whole in the notes; names are told apart in any case."""
    draft = make_draft(questions=())
    wordings = [f"{at:02}" + "🙂ü" * 249 for at in range(1, 21)]
    for at, wording in enumerate(wordings, start=1):
        make_question(draft, at, key=f"{'k' * 38}{at:02}", dimension=Dimension.SPEED, text=wording)
    answer_all(make_published(draft=draft), [{"ratings": "12345" * 4}] * 6)
    count()

    table, meta = made(draft.survey)

    labels = meta.column_labels[len(ABOUT) :]
    assert [label.endswith("…") and len(label.encode()) <= spss.LABEL for label in labels] == [True] * 20
    assert [wording.startswith(label[:-1]) for label, wording in zip(labels, wordings, strict=True)] == [
        True
    ] * 20
    names = list(table.columns)[len(ABOUT) :]
    assert len({name.lower() for name in names}) == 20
    assert table[names].to_numpy().tolist() == [[1.0, 2.0, 3.0, 4.0, 5.0] * 4] * 6
    told = "".join(meta.notes)
    assert [wording for wording in wordings if wording not in told] == []


def test_labels_of_choices_are_cut_and_told_in_the_notes():
    draft = make_draft(questions=())
    options = [{"key": key, "label": key + "é" * 90} for key in "ab"]
    make_question(draft, 1, key="place", kind=Kind.SINGLE_CHOICE, options=options)
    answer_all(make_published(draft=draft), [{"ratings": ".", "answers": {"place": "b"}}] * 5)
    count()

    _table, meta = made(draft.survey)

    label = meta.variable_value_labels["q_place"]["b"]
    assert label.endswith("é…")
    assert len(label.encode()) <= spss.VALUE_LABEL
    assert "q_place, b: b" + "é" * 90 in "".join(meta.notes)


@pytest.mark.parametrize(("room", "length"), [(spss.TEXT, 32_767), (300, 300)])
def test_texts_that_are_too_long_end_in_an_ellipsis_and_are_counted(monkeypatch, room, length):
    monkeypatch.setattr(spss, "TEXT", room)
    draft = make_draft(questions=())
    make_question(draft, 1, key="comment", kind=Kind.TEXT)
    texts = ["🙂" * 10_000, "ä" * 140, "short"]
    answer_all(
        make_published(draft=draft), [{"ratings": ".", "answers": {"comment": text}} for text in texts]
    )
    count()

    table, meta = made(draft.survey)

    cut = next(text for text in table["q_comment"] if text.startswith("🙂"))
    assert set(table["q_comment"]) == {"short", "ä" * 140, cut}
    assert cut.endswith("🙂…")
    assert length - 4 < len(cut.encode()) <= length
    assert "q_comment: 1 text was too long for SPSS and ends in an ellipsis; a CSV has it whole." in "".join(
        meta.notes
    )


def test_many_texts_have_less_room(monkeypatch):
    monkeypatch.setattr(spss, "MOST_OF_TEXTS", 3 * 1000)
    draft = make_draft(questions=())
    make_question(draft, 1, key="comment", kind=Kind.TEXT)
    answer_all(
        make_published(draft=draft),
        [{"ratings": ".", "answers": {"comment": "x" * 2000}} for _at in range(3)],
    )
    count()

    assert {len(text.encode()) for text in made(draft.survey)[0]["q_comment"]} == {1000}


def test_what_is_made_again_says_the_same(survey):
    first, again = made(survey), made(survey)

    assert first[0].equals(again[0])
    assert first[1].notes == again[1].notes


@pytest.mark.parametrize("bites", [1, 4])
def test_it_is_whole_wherever_a_worker_stopped(survey, bites):
    whole, _meta = made(survey)
    export = make(make_export(survey, kind=ExportKind.SAV), piece=7, bites=bites)

    with export.part_path.open("ab") as file:  # what a dying worker wrote and did not note
        file.write(b"half a li")
    table, _meta = read_sav(make(export).path, user_missing=True)

    assert table.equals(whole)


def test_where_nothing_was_answered_there_are_columns_and_no_rows(survey):
    table, meta = made(survey, filters=f"survey={survey.slug}&from=2020-01-01&to=2020-01-02")

    assert len(table) == 0
    assert "q_wait" in meta.column_names


def test_a_file_without_questions_of_choice_or_text_has_no_notes():
    _table, meta = made(answered().survey)

    assert meta.notes == []


def test_names_are_cut_alike_and_never_the_same():
    long = "q_" + "k" * 40 + "__" + "o" * 40

    assert variable_name("q_wait") == "q_wait"
    assert len(variable_name(long)) <= spss.NAME
    assert variable_name(long) == variable_name(long) != variable_name(f"{long}p")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.integers(10, 300))
def test_what_is_cut_is_whole_characters_that_fit(text, most):
    cut = fitting(text, most)

    assert len(cut.encode()) <= most
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_text_holds_a_control_character(text):
    assert not CONTROL_CHARACTERS.search(printable(text))
