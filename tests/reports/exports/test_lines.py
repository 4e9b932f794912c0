import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Location, Touchpoint
from reports.exports.columns import ABOUT, columns_of
from reports.exports.lines import Lines, dashed, flags_told, guarded, quoted
from surveys.enums import Kind
from tests.factories import make_draft, make_location, make_published, make_question, make_region
from tests.factories.surveys import NOW

KEY = "00000000-0000-4000-8000-000000000001"
OPTIONS = [{"key": "shop", "label": "In the shop, inside"}, {"key": "web", "label": "On the web"}]


def make_versions():
    """Two of one survey: the second asks another question first, and drops one."""
    first = make_published(questions=(("quality", "quality"), ("old", "speed")))
    draft = make_draft(first.survey, questions=())
    make_question(draft, 1, key="fresh", dimension="knowledge")
    make_question(draft, 2, key="quality", dimension="quality", text="How good was it?")
    make_question(draft, 3, key="place", kind=Kind.SINGLE_CHOICE, options=OPTIONS)
    make_question(draft, 4, key="means", kind=Kind.SEVERAL_CHOICES, options=OPTIONS)
    make_question(draft, 5, key="comment", kind=Kind.TEXT)
    return first, make_published(draft=draft)


def stored(ratings, answers=None, flags=0, **fields):
    row = {
        "day": date(2026, 3, 2),
        "at": None,
        "location": Location.objects.get(is_default=True).pk,
        "touchpoint": Touchpoint.objects.get(is_default=True).pk,
        **fields,
    }
    told = json.dumps(answers or {})
    return (KEY, row["day"], row["at"], row["location"], row["touchpoint"], "link", ratings, flags, told)


def written(version, *rows, is_guarded=True, has_labels=True):
    columns = columns_of(version.survey_id, "en", at=NOW)
    lines = Lines(columns, version.survey.slug, is_guarded=is_guarded, has_labels=has_labels)
    plain = next(one for one in columns.versions if one.version_id == version.pk)
    return list(csv.DictReader(io.StringIO(lines.head() + lines.of(plain, rows), newline="")))


def answers_of(row):
    return {name: value for name, value in row.items() if name not in ABOUT}


def test_an_answer_stands_under_its_measure_whatever_its_position(db):
    first, second = make_versions()

    (before,), (after,) = written(first, stored("52")), written(second, stored("35..."))

    assert [before["q_quality"], before["q_old"], before["q_fresh"]] == ["5", "2", ""]
    assert [after["q_quality"], after["q_old"], after["q_fresh"]] == ["5", "", "3"]
    assert [before["version"], after["version"]] == ["1", "2"]


def test_what_is_no_rating_is_said_in_words(db):
    first, _second = make_versions()

    rows = written(first, stored("x-"), stored("?4"))

    assert [(row["q_quality"], row["q_old"]) for row in rows] == [
        ("does_not_apply", "blank"),
        ("unreadable", "4"),
    ]


def test_choices_have_their_labels_and_several_have_a_column_each(db):
    _first, second = make_versions()
    answers = {"place": "shop", "means": ["web"], "comment": 'Nice, "very"\nnice'}

    (row,) = written(second, stored("35...", answers))

    assert answers_of(row) == {
        "q_quality": "5",
        "q_old": "",
        "q_fresh": "3",
        "q_place": "In the shop, inside",
        "q_means__shop": "0",
        "q_means__web": "1",
        "q_comment": 'Nice, "very"\nnice',
    }
    assert written(second, stored("35...", answers), has_labels=False)[0]["q_place"] == "shop"


def test_a_choice_that_could_not_be_read_says_so(db):
    _first, second = make_versions()
    answers = {"place": "?", "means": ["?"], "comment": "Why?"}

    (row,) = written(second, stored("35...", answers))

    assert [row["q_place"], row["q_means__shop"], row["q_means__web"]] == ["unreadable"] * 3
    assert row["q_comment"] == "Why?"


def test_the_response_is_told_with_its_place_and_moment(db):
    first, _second = make_versions()
    place = make_location(code="harbour", name="=Harbour, North", region=make_region(name="Coast"))
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    (row,) = written(first, stored("55", flags=3, location=place.pk, at=at))

    assert [row["response"], row["day"], row["received_at"]] == [
        KEY,
        "2026-03-02",
        "2026-03-02T09:30:00+00:00",
    ]
    assert [row["location"], row["location_name"], row["region"]] == ["harbour", "'=Harbour, North", "Coast"]
    assert [row["mode"], row["flags"]] == ["link", "straight_line too_fast"]


def test_a_survey_without_ratings_has_none(db):
    draft = make_draft(questions=())
    make_question(draft, 1, key="comment", kind=Kind.TEXT)

    (row,) = written(make_published(draft=draft), stored(".", {"comment": "Fine"}))

    assert answers_of(row) == {"q_comment": "Fine"}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_any_text_comes_back_as_it_was(text):
    assert next(csv.reader(io.StringIO(f"{quoted(text)},end", newline="")))[0] == text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na"])
def test_no_text_is_a_formula(text):
    assert next(csv.reader(io.StringIO(guarded(text), newline="")))[0] == f"'{text}"


def test_keys_are_written_as_they_usually_are():
    assert dashed(KEY.replace("-", "")) == KEY
    assert flags_told(0) == ""
