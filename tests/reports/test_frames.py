import csv
import io

import pytest

from metrics.intervals import Interval
from reports.enums import ResultState
from reports.frames import csv_of, frame_of
from reports.tables import Audience, Column, Content, Row, Table

TABLE = Table(
    "Locations",
    (
        Column("location", "Location"),
        Column("days", "Days", only=Audience.PAGE),
        Column("n", "Responses", Content.COUNT),
        Column("mean", "Mean", Content.MEAN),
        Column("mean_interval", "95 % interval", Content.SPAN),
    ),
    (
        Row(
            ResultState.COMPUTED,
            {"location": "Harbour", "n": 6, "mean": 3.3333333333, "mean_interval": Interval(2.1, 4.5)},
        ),
        Row(ResultState.TOO_FEW, {"location": "Station, North"}),
    ),
)


def test_a_file_has_flat_columns_with_stable_names():
    rows = list(csv.reader(io.StringIO(csv_of(TABLE), newline="")))

    assert rows == [
        ["state", "location", "n", "mean", "mean_interval_low", "mean_interval_high"],
        ["computed", "Harbour", "6", "3.333333", "2.1", "4.5"],
        ["too_few", "Station, North", "", "", "", ""],
    ]


def test_whole_numbers_stay_whole_beside_missing_ones():
    assert frame_of(TABLE)["n"].tolist() == [6, None]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula(name):
    table = Table("T", (Column("location", "Location"),), (Row(ResultState.COMPUTED, {"location": name}),))

    assert frame_of(table)["location"].tolist() == [f"'{name}"]
