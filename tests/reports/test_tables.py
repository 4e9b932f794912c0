from metrics.intervals import Interval
from reports.enums import ResultState
from reports.tables import Audience, Column, Content, Row, Rows, Table, shown_rows


def test_a_reader_sees_rounded_numbers_and_the_reason_where_there_are_none():
    table = Table(
        "Scores",
        (
            Column("name", "Name"),
            Column("n", "Responses", Content.COUNT),
            Column("mean_interval", "Interval", Content.SPAN),
            Column("verdict", "Verdict", Content.VERDICT),
            Column("code", "Code", only=Audience.FILE),
        ),
        (
            Row(
                ResultState.COMPUTED,
                {"name": "Speed", "n": 1234, "mean_interval": Interval(3.1, 4.2), "verdict": "lower"},
            ),
            Row(ResultState.TOO_FEW, {"name": "Quality"}),
        ),
    )

    assert shown_rows(table, 9) == [
        ["Speed", "1,234", "3.10 to 4.20", "Lower"],
        ["Quality", "Too few answers", "–", "–"],
    ]
    assert shown_rows(table, 1) == [["Speed", "1,234", "3.10 to 4.20", "Lower"]]


def test_rows_are_made_only_when_they_are_shown():
    made = []

    def row_of(line):
        made.append(line)
        return Row(ResultState.COMPUTED, {"n": line})

    rows = Rows([1, 2, 3], row_of)
    table = Table("Numbers", (Column("n", "Responses", Content.COUNT),), rows)

    assert (shown_rows(table, 2), len(rows), made) == ([["1"], ["2"]], 3, [1, 2])
    assert (rows[2].cells, [row.cells["n"] for row in rows]) == ({"n": 3}, [1, 2, 3])
