import pytest

from surveys.answering.published import published
from surveys.importing.mapping import FileMap, read_map
from surveys.importing.profiles import profile_file
from surveys.importing.suggestions import suggest
from tests.factories import make_draft, make_published, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(tmp_path):
    def suggested(headers, earlier=None, *, cell="5", encoding="utf-8"):
        draft = make_draft(questions=[])
        make_question(draft, 1, key="wifi", dimension="quality", text="How good was the Wi-Fi on board?")
        make_question(draft, 2, key="staff", dimension="knowledge", text="How friendly was our staff?")
        version = make_published(draft=draft)
        (tmp_path / "a").write_text(
            f"{','.join(headers)}\n{','.join(cell for _ in headers)}\n", encoding=encoding
        )
        profile = profile_file(tmp_path / "a", FileMap())
        return suggest(published(version.pk, "en"), profile, earlier)

    return suggested


@pytest.mark.parametrize(
    ("headers", "questions"),
    [
        (["wifi", "staff"], {"wifi": "wifi", "staff": "staff"}),
        (["Staff", "WiFi", "wifi"], {"staff": "Staff", "wifi": "wifi"}),
        (["How friendly was our staff?", "Q1"], {"staff": "How friendly was our staff?"}),
        (["staff_service", "Age"], {"staff": "staff_service"}),
        (["Age", "Ticket number"], {}),
        (["staff", "staff"], {}),
    ],
)
def test_suggest_pairs_headers_with_questions(suggested, headers, questions):
    assert suggested(headers).questions == questions


def test_suggest_knows_the_usual_names_of_the_rest(suggested):
    said = suggested(["wifi", "Date", "Store", "Touchpoint", "Ticket"])

    assert (said.date.column, said.location.column, said.touchpoint.column, said.id_column) == (
        *("Date", "Store", "Touchpoint", "Ticket"),
    )


def test_suggest_takes_the_map_of_an_earlier_import_that_fits(suggested):
    earlier = read_map(
        {
            "file": {"sheet": "January", "delimiter": ";", "choices_separator": "/"},
            "questions": {"wifi": "Q1"},
            "values": {"0": "x"},
            "date": {"on": "2025-01-31"},
            "skip_bad_rows": True,
            "ignored": ["Q2"],
        }
    )

    said = suggested(["Q1", "staff"], earlier)

    assert (said.questions, said.values) == ({"wifi": "Q1"}, {"0": "x"})
    assert (said.date.on, said.skip_bad_rows, said.ignored) == (None, False, ())
    assert (said.file.sheet, said.file.delimiter, said.file.choices_separator) == ("", ",", "/")


@pytest.mark.parametrize("questions", [{"wifi": "Q9"}, {"gone": "Q1"}])
def test_suggest_leaves_an_earlier_map_that_does_not_fit(suggested, questions):
    assert suggested(["Q1", "staff"], read_map({"questions": questions})).questions == {"staff": "staff"}


@pytest.mark.parametrize(
    ("cell", "encoding", "kept"),
    [("Příliš žluťoučký", "utf-8", ""), ("Café", "cp1252", "cp1252"), ("5", "utf-8", "cp1252")],
    ids=["plainly UTF-8", "not UTF-8", "ASCII: either reads it alike"],
)
def test_suggest_decides_on_the_encoding_by_the_file_that_is_there(suggested, cell, encoding, kept):
    earlier = read_map({"file": {"encoding": "cp1252"}, "questions": {"wifi": "Q1"}})

    assert suggested(["Q1"], earlier, cell=cell, encoding=encoding).file.encoding == kept
