import csv

import pytest

from surveys.importing.mapping import FileMap
from surveys.importing.tables import Flaw, UnreadableFileError, open_table
from surveys.importing.texts import PIECE, is_plainly_utf8

PLAIN = FileMap()


def read(path, content, file=PLAIN):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with open_table(path, file) as table:
        return table, list(table.rows)


def flaws_of(path, content, file=PLAIN):
    _table, rows = read(path, content, file)
    return [row.flaw for row in rows if row.flaw]


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path):
    table, rows = read(tmp_path / "a", "\nSpeed, Note \n5,good\n\n,\n4,\n")

    assert table.headers == ["Speed", "Note"]
    assert [(row.number, row.cells) for row in rows] == [(3, ["5", "good"]), (6, ["4", ""])]


def test_a_cell_of_several_lines_is_one_row(tmp_path):
    _table, rows = read(tmp_path / "a", 'Speed,Note\r\n5,"one\r\ntwo"\r\n4,x\r\n')

    assert [(row.number, row.cells) for row in rows] == [(2, ["5", "one\r\ntwo"]), (3, ["4", "x"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_the_one_that_parts_the_header(tmp_path, delimiter):
    table, rows = read(
        tmp_path / "a", f'Speed{delimiter}"a;b,c|d"{delimiter}Note\n5{delimiter}1{delimiter}ok\n'
    )

    assert (table.delimiter, table.headers) == (delimiter, ["Speed", "a;b,c|d", "Note"])
    assert rows[0].cells == ["5", "1", "ok"]


def test_delimiter_of_the_map_comes_first(tmp_path):
    table, rows = read(tmp_path / "a", "Speed;Note:x\n5;4:y\n", FileMap(delimiter=":"))

    assert (table.headers, rows[0].cells) == (["Speed;Note", "x"], ["5;4", "y"])


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", "cp1252"), ("cp1250", "cp1250")],
)
def test_encoding_is_told_by_the_bytes_or_the_map(tmp_path, encoding, said):
    content = "Qualité,Übung\n5,Žluťoučký\n" if encoding != "cp1252" else "Qualité,Übung\n5,naïve\n"
    content = content.replace("Qualité", "Qual") if encoding == "cp1250" else content

    table, rows = read(tmp_path / "a", content.encode(encoding), FileMap(encoding=said))

    assert [table.headers, rows[0].cells] == list(csv.reader(content.splitlines()))


def test_a_byte_of_another_encoding_is_told_with_its_row(tmp_path):
    flaws = flaws_of(tmp_path / "a", b"Speed,Note\n5,ok\n5," + "naïve".encode("cp1252") + b"\n4,fine\n")

    reason = "A byte here is not UTF-8. Say in which encoding the file is written."
    assert flaws == [Flaw(3, "", "na\N{REPLACEMENT CHARACTER}ve", reason)]


def test_half_a_file_in_utf_16_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="not written in the encoding"):
        read(tmp_path / "a", "Speed\n5\n".encode("utf-16")[:-1])


def test_ragged_rows_are_told(tmp_path):
    flaws = flaws_of(tmp_path / "a", "Speed,Note\n5\n5,a,b\n5,a,\n")

    assert flaws == [
        Flaw(2, "", "", "The row has 1 cells, the header has 2."),
        Flaw(3, "", "", "The row has 3 cells, the header has 2."),
    ]


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path):
    flaws = flaws_of(tmp_path / "a", 'Speed,Note\n5,ok\n5,"never\n4,x\n')

    reason = "A quotation mark is opened in this row or below and never closed."
    assert flaws == [Flaw(3, "", "", reason)]


def test_a_quoted_cell_that_goes_on_is_told(tmp_path):
    flaws = flaws_of(tmp_path / "a", 'Speed,Note\n5,"Joe" said\n4,x\n')

    reason = "The quotation marks of this row do not fit: a quoted cell ends before its delimiter."
    assert flaws == [Flaw(2, "", "", reason)]


def test_a_huge_cell_is_told(tmp_path):
    flaws = flaws_of(tmp_path / "a", f"Speed,Note\n5,{'x' * 200_000}\n4,ok\n")

    assert flaws == [Flaw(2, "", "", "A cell is longer than 131072 characters.")]


def test_a_huge_line_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="Line 2 is longer than 1000000 characters"):
        read(tmp_path / "a", f"Speed,Note\n5,{'x' * 1_000_000}\n")


def test_headers_that_cannot_be_read_refuse_the_file(tmp_path):
    with pytest.raises(UnreadableFileError, match="The headers cannot be read: A quotation mark"):
        read(tmp_path / "a", 'Speed,"Note\n5,4\n')


def test_nul_stays_in_its_cell(tmp_path):
    _table, rows = read(tmp_path / "a", b"Speed,Note\n" + b"5,ok\n" * 20_000 + b"4,a\0b\n")

    assert rows[-1].cells == ["4", "a\0b"]


@pytest.mark.parametrize(
    ("content", "is_plain"),
    [
        ("Café\n5\n".encode(), True),
        ("Note\n5\n".encode("utf-8-sig"), True),
        (b"a" * (PIECE - 1) + "é\n".encode(), True),
        (b"Note\n5\n", False),
        ("Café\n5\n".encode("cp1252"), False),
        ("Café\n5\n".encode("utf-16"), False),
        ("Café\n".encode() + b"\xc3", False),
    ],
    ids=["UTF-8", "with its mark", "a sign across two pieces", "ASCII", "cp1252", "UTF-16", "cut short"],
)
def test_plainly_utf8_is_what_is_utf8_throughout_and_more_than_ascii(tmp_path, content, is_plain):
    (tmp_path / "a").write_bytes(content)

    assert is_plainly_utf8(tmp_path / "a") == is_plain
