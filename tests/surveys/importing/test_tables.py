import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.importing.mapping import FileMap
from surveys.importing.tables import MAX_COLUMNS, UnreadableFileError, clean, open_table


def refusal_of(path, content):
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refusal, open_table(path, FileMap()) as table:
        list(table.rows)
    return str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf", b"\n , \n"])
def test_open_table_refuses_an_empty_file(tmp_path, content):
    assert refusal_of(tmp_path / "a.csv", content) == "The file is empty."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is neither a CSV file nor an XLSX workbook."),
        (b"Speed\n5\0", "This is neither a CSV file nor an XLSX workbook."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "This is a workbook in the format before 2007, or an encrypted one. Save it as XLSX or CSV.",
        ),
        (
            b"PK\x03\x04" + bytes(600),
            "This workbook cannot be opened: it is damaged, protected or too large. Save the sheet as CSV.",
        ),
    ],
)
def test_open_table_judges_by_bytes(tmp_path, content, reason):
    assert refusal_of(tmp_path / "answers.csv", content) == reason


def test_open_table_refuses_too_many_columns(tmp_path):
    assert refusal_of(tmp_path / "a.csv", b"a," * MAX_COLUMNS + b"a\n") == (
        "The file has 501 columns; up to 500 are read."
    )


def test_open_table_cleans_headers_that_cannot_be_shown(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"Speed,\x07bell,na\xefve\n5,5,5\n")

    with open_table(tmp_path / "a.csv", FileMap()) as table:
        headers = table.headers

    assert headers == ["Speed", "\N{REPLACEMENT CHARACTER}bell", "na\N{REPLACEMENT CHARACTER}ve"]


def test_clean_keeps_the_beginning_and_what_can_be_shown():
    assert clean("a\0b\ud800c", 4) == "a\N{REPLACEMENT CHARACTER}b…"
    assert clean("Ořech") == "Ořech"


@settings(max_examples=150)
@given(st.binary(max_size=300) | st.text(alphabet='ab5,;\t"\n\r\ufeff', max_size=60).map(str.encode))
def test_open_table_reads_or_refuses_whatever_it_is_given(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)

    try:
        with open_table(path, FileMap()) as table:
            width = len(table.headers)
            rows = list(table.rows)
    except UnreadableFileError:
        width, rows = 0, []

    assert [row for row in rows if row.flaw is None and len(row.cells) < width] == []
