import struct
import zipfile
from datetime import date, datetime, time

import pytest

from surveys.importing.mapping import FileMap
from surveys.importing.tables import UnreadableFileError, open_table
from tests.surveys.importing.workbooks import replace_part, write_far_cell, write_workbook

PLAIN = FileMap()
DAMAGED = "This workbook cannot be opened: it is damaged, protected or too large. Save the sheet as CSV."


def read(path, file=PLAIN):
    with open_table(path, file) as table:
        return table, list(table.rows)


def refusal_of(path, file=PLAIN):
    with pytest.raises(UnreadableFileError) as refusal:
        read(path, file)
    return str(refusal.value)


def test_cells_are_read_as_the_text_that_they_mean(tmp_path):
    cells = [
        4,
        4.0,
        4.5,
        "4",
        True,
        date(2026, 1, 31),
        datetime(2026, 1, 31, 9, 30),
        time(9, 30),
        None,
        1e300,
    ]
    headers = [f"h{number}" for number in range(len(cells))]

    table, rows = read(write_workbook(tmp_path / "a", [headers, cells]))

    assert table.headers == headers
    assert rows[0].cells == [
        *("4", "4", "4.5", "4", "TRUE", "2026-01-31", "2026-01-31 09:30:00", "09:30:00", "", "1e+300"),
    ]


def test_rows_keep_their_numbers_wherever_the_table_begins(tmp_path):
    path = write_workbook(tmp_path / "a", [["Speed", " Note "], [5, "ok"], [None, " "], [4, "x"]], at=(2, 3))

    table, rows = read(path)

    assert table.headers == ["Speed", "Note"]
    assert [(row.number, row.cells) for row in rows] == [(4, ["5", "ok"]), (6, ["4", "x"])]


def test_the_first_sheet_is_read_unless_the_map_names_another(tmp_path):
    path = write_workbook(tmp_path / "a", [["Speed"], [5]], sheet="One", also=["Two"])

    table, _rows = read(path)

    assert (table.sheet, table.sheets) == ("One", ("One", "Two"))
    assert refusal_of(path, FileMap(sheet="Two")) == "The sheet is empty."
    assert refusal_of(path, FileMap(sheet="Three")) == "The workbook has no sheet of that name."


def test_a_cell_with_an_error_is_not_an_empty_one(tmp_path):
    path = write_workbook(tmp_path / "a", [["Speed", "Note"], [5, "=NA()"], ["=1/0", "ok"]])

    def with_errors(xml):
        return xml.replace(
            b'<c r="B2"><f>NA()</f><v>0</v>', b'<c r="B2" t="e"><f>NA()</f><v>#N/A</v>'
        ).replace(b'<c r="A3"><f>1/0</f><v>0</v>', b'<c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v>')

    _table, rows = read(replace_part(path, "xl/worksheets/sheet1.xml", with_errors))

    assert [row.cells for row in rows] == [["5", "#N/A"], ["#DIV/0!", "ok"]]


def test_a_cell_far_out_does_not_take_the_process_with_it(tmp_path):
    assert refusal_of(write_far_cell(tmp_path / "a")) == DAMAGED


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    path = write_workbook(tmp_path / "a", [["Speed"], [5]])
    content = bytearray(path.read_bytes())
    unpacked_size = content.rfind(b"PK\x01\x02") + 24  # of the last part, in the archive's list of parts
    content[unpacked_size : unpacked_size + 4] = struct.pack("<I", (1 << 30) + 1)
    path.write_bytes(content)

    assert refusal_of(path) == "This workbook is too large when it is unpacked. Save the sheet as CSV."


def test_another_packed_file_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        archive.writestr("readme.txt", "Speed\n5\n")

    assert refusal_of(tmp_path / "a") == "This is a packed file, but no XLSX workbook."


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_damaged_workbook_is_refused(tmp_path, part):
    path = replace_part(
        write_workbook(tmp_path / "a", [["Speed"], [5]]), part, lambda xml: xml[: len(xml) // 2]
    )

    assert refusal_of(path) == DAMAGED


def test_a_workbook_whose_name_is_a_path_of_its_own_is_read(tmp_path):
    path = write_workbook(tmp_path / "--help; rm 'x'", [["Speed"], [5]])

    assert read(path)[0].headers == ["Speed"]
