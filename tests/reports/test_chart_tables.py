from datetime import date

import pytest

from reports import chart_tables as tables
from surveys.enums import Dimension
from tests.factories import make_location, make_published
from tests.reports.answers import answer, count, counted, report


@pytest.fixture
def march(db):
    version = make_published(questions=(("wait", Dimension.SPEED),))
    answer(version, *"55544", location=make_location(code="harbour", name="Harbour"), on=date(2026, 3, 3))
    answer(version, *"11122", location=make_location(code="station", name="Station"), on=date(2026, 3, 12))
    count()
    return report("from=2026-03-02&to=2026-03-15&by=week&dimension=speed")


def cells(table, *keys):
    return [tuple(row.cells.get(key) for key in keys) for row in table.rows]


def test_means_table_has_score_and_change(march):
    table = tables.means_table(march)

    assert cells(table, "dimension", "n", "mean", "verdict") == [("Speed", 10, 3.0, "too_few")]


def test_distribution_table_counts_ratings(march):
    assert cells(tables.distribution_table(march), "dimension", "ratings", "n1", "n2", "n3", "n4", "n5") == [
        ("Speed", 10, 3, 2, 0, 2, 3)
    ]


def test_trend_table_has_a_row_for_each_week(march):
    assert cells(tables.trend_table(march), "from", "to", "days", "n", "mean") == [
        (date(2026, 3, 2), date(2026, 3, 8), "2 Mar to 8 Mar 2026", 5, 4.6),
        (date(2026, 3, 9), date(2026, 3, 15), "9 Mar to 15 Mar 2026", 5, 1.4),
    ]


def test_locations_table_compares_each_with_the_others(march):
    assert cells(tables.locations_table(march), "code", "location", "n", "verdict") == [
        ("harbour", "Harbour", 5, "higher"),
        ("station", "Station", 5, "lower"),
        ("main", "Main", None, "too_few"),
    ]


def test_questions_table_has_the_versions_below_each_question(db):
    version = make_published(questions=(("wait", Dimension.SPEED),))
    counted(version, *"55555")
    counted(make_published(version.survey, (("wait", Dimension.SPEED),)), *"11111")

    table = tables.questions_table(report("dimension=speed"))

    assert cells(table, "measure", "version", "n", "n1", "n5") == [
        ("wait", "", 10, 5, 5),
        ("wait", "2", 5, 5, 0),
        ("wait", "1", 5, 0, 5),
    ]
