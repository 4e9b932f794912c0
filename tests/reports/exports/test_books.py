from dataclasses import replace
from datetime import date

import pytest

from reports.charts import CHARTS
from reports.enums import ResultState
from reports.exports.books import LONGEST_TEXT, book_of
from reports.frames import csv_of
from reports.tables import Column, Content, Row, Table
from tests.reports.exports.sheets import sheets_of
from tests.reports.samples import full_report, scope


def written(*tables):
    return sheets_of(book_of(tables, scope()))


def text_table(*texts, caption="Places"):
    rows = tuple(Row(ResultState.COMPUTED, {"location": text}) for text in texts)
    return Table(caption, (Column("location", "Location"),), rows)


def test_numbers_are_numbers_and_a_row_without_any_says_why():
    rows = written(CHARTS["means"].table(full_report()))["Scores by dimension"]

    head, _quality, speed, knowledge, overall = rows
    assert head[:5] == ["Dimension", "Responses", "Mean", "95 % interval, from", "95 % interval, to"]
    assert speed[:3] == ["Speed", 7.0, 3.142857]
    assert speed[-4:] == [-0.7, -0.3, "Lower", ""]
    assert [row[-1] for row in (knowledge, overall)] == ["Too few answers", "Not asked"]
    assert {value for row in (knowledge, overall) for value in row[1:-2]} == {""}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@sum", "\t=1", "{=1}", "https://example.org", "'", "0012"]
)
def test_text_stays_the_text_it_was(text):
    content = book_of([text_table(text)], scope())

    assert sheets_of(content)["Places"][1][0] == text
    assert b"<f>" not in content


def test_what_no_sheet_can_hold_is_made_to_fit():
    long = text_table("x" * 40_000, "a\x00b", caption="[a]:b*c?d/e\\f" + "g" * 40)
    twin = replace(long, rows=())

    sheets = sheets_of(book_of([long, twin], scope()))

    first, second, method = sheets
    assert [len(first) <= 31, len(second) <= 31, method] == [True, True, "Method"]
    assert [len(sheets[first][1][0]), sheets[first][2][0]] == [LONGEST_TEXT, "a\ufffdb"]


def test_the_method_says_scope_moment_and_formulas():
    method = dict(row[:2] for row in written(CHARTS["means"].table(full_report()))["Method"])

    assert method["Region"] == "North, =South"
    assert method["Last counted"] == "29 Mar 2026, 13:00 (Europe/Prague)"
    assert method["Gave 4 or 5"].endswith("(DimensionSums.share_satisfied)")


def test_the_same_report_is_the_same_file():
    tables = [chart.table(full_report()) for chart in CHARTS.values()]

    assert book_of(tables, scope()) == book_of(tables, scope())


def test_every_number_of_a_table_is_in_its_sheet():
    report = full_report()
    for chart in CHARTS.values():
        table = chart.table(report)
        (sheet, *_method) = written(table).values()
        values = {value for row in sheet for value in row}
        counts = {
            row.cells[column.key]
            for row in table.rows
            for column in table.columns
            if column.content is Content.COUNT and column.key in row.cells
        }
        assert {float(count) for count in counts} - values == set()


def test_a_day_is_a_day():
    table = CHARTS["trend"].table(full_report())

    rows = sheets_of(book_of([table], scope()))["Trend"]

    assert [rows[0].index(name) for name in ("From", "To")] == [1, 2]
    assert rows[1][1:3] == [date(2026, 3, 2), date(2026, 3, 8)]
    assert ",2026-03-02,2026-03-08," in csv_of(table)
