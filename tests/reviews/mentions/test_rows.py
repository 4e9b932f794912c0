from datetime import UTC, date, datetime

import pytest

from organisation.models import Location
from reviews.mentions.mapping import COLUMNS as COLUMN_NAMES
from reviews.mentions.mapping import MentionMap
from reviews.mentions.rows import MentionReader
from surveys.importing.entries import BadMapError
from surveys.importing.places import Places, known_locations, known_touchpoints
from surveys.importing.tables import Row

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
COLUMNS = ["text", "author", "date", "score", "link", "source", "answered", "location", "touchpoint"]
GIVEN = {"text": "Good bread", "date": "2026-03-01"}


def reader(columns=("text", "author", "date", "score", "link", "source", "answered"), **said):
    said = MentionMap(columns={name: name for name in columns}, **said)
    return MentionReader(
        said=said,
        headers=COLUMNS,
        locations=Places(known_locations(), said.location),
        touchpoints=Places(known_touchpoints(), said.touchpoint),
        own=set(Location.objects.values_list("pk", flat=True)),
        now=NOW,
    )


def read(**given):
    said = {**GIVEN, **given}
    return reader().read(Row(2, [said.get(name, "") for name in COLUMNS]))


def test_a_row_becomes_a_mention():
    mention = read(author=" Ana\n B ", source="Google", answered="2026-03-02", score="8/10")

    assert (mention.text, mention.author, mention.source_name, str(mention.score)) == (
        *("Good bread", "Ana B", "Google", "8/10"),
    )
    assert (mention.said_on, mention.answered_on) == (date(2026, 3, 1), date(2026, 3, 2))


@pytest.mark.parametrize(("source", "kind"), [("letter", "letter"), ("E-MAIL", "email"), ("Phone", "phone")])
def test_a_source_that_is_a_kind_is_taken_for_it(source, kind):
    mention = read(source=source)

    assert (mention.source, mention.source_name) == (kind, "")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "x" * 10_001),
        ("text", "half \ud800"),
        ("text", "nul \0"),
        ("author", "x" * 101),
        ("source", "x" * 61),
        ("date", "yesterday"),
        ("date", "2026-03-03"),
        ("date", ""),
        ("score", "great"),
        ("score", "8"),
        ("link", "javascript:alert(1)"),
        ("link", "ftp://example.org"),
        ("link", "example.org"),
        ("link", "https://exa mple.org"),
        ("answered", "2026-02-28"),
        ("answered", "2026-03-03"),
    ],
)
def test_a_cell_that_cannot_be_kept_is_listed(column, value):
    [flaw] = read(**{column: value})

    assert (flaw.row, flaw.column) == (2, column)
    assert flaw.reason


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "<script>alert(1)</script>", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "a\N{ZERO WIDTH SPACE}b"],
)
def test_odd_text_comes_through_as_it_is(text):
    assert read(text=text).text == text


def test_a_row_with_neither_words_nor_a_score_is_listed():
    assert [flaw.column for flaw in read(text="")] == ["text"]
    assert read(text="", score="8/10").text == ""


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["author"], {}),
        (["text"], {"location_code": "nowhere"}),
        (["text"], {"touchpoint_code": "nowhere"}),
        (["text"], {"on": date(2030, 1, 1)}),
        (["text", "gone"], {}),
    ],
)
def test_a_map_that_does_not_fit_is_refused_before_any_row(columns, said, monkeypatch):
    monkeypatch.setitem(COLUMN_NAMES, "gone", "Gone")

    with pytest.raises(BadMapError):
        reader(columns, **said)
