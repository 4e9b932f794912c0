from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring import statements
from scoring.cells import move_cells
from scoring.models import DimensionCell, MeasureCell
from scoring.rows import row_of
from scoring.statements import DIMENSIONS_OF_RESPONSES, MEASURES
from surveys.enums import Mode
from tests.factories import make_location, make_published, make_response
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right

pytestmark = pytest.mark.django_db


def test_execute_works_in_chunks(monkeypatch):
    monkeypatch.setattr(statements, "CHUNK", 3)
    version = make_published()
    responses = [make_response(version, "54321", is_scored=True, location=make_location()) for _ in range(3)]

    move_cells(added=map(row_of, responses), now=NOW)
    move_cells(removed=map(row_of, responses[:2]), now=NOW)

    for response in responses[:2]:
        response.delete()
    assert_cells_are_right()


@pytest.mark.parametrize("kind", [MEASURES, DIMENSIONS_OF_RESPONSES], ids=lambda kind: kind.table)
def test_kind_names_every_column_of_its_table(kind):
    """A key in the order of its unique index, and every counter."""
    columns = [field.column for field in kind.model._meta.concrete_fields if not field.primary_key]
    (unique,) = [rule for rule in kind.model._meta.constraints if hasattr(rule, "nulls_distinct")]

    assert sorted(kind.columns) == sorted(columns)
    assert list(kind.key) == [kind.model._meta.get_field(name).column for name in unique.fields]


@pytest.mark.parametrize("mode", Mode.values)
def test_numbers_become_names_and_days_again(mode):
    version = make_published()
    for day in (date(1970, 1, 1), date(2000, 2, 29), date(2199, 12, 31)):
        make_response(version, "12345", mode=mode, received_on=day, is_scored=True)

    move_cells(added=map(row_of, version.responses.all()), now=NOW)

    assert_cells_are_right()
    assert set(MeasureCell.objects.values_list("mode", flat=True)) == {mode}
    assert set(DimensionCell.objects.values_list("dimension", flat=True)) == {
        "quality",
        "speed",
        "convenience",
        "knowledge",
        "overall",
    }


def test_execute_asks_one_query_for_each_kind_and_chunk():
    version = make_published()
    rows = [row_of(make_response(version, location=make_location())) for _ in range(12)]

    with CaptureQueriesContext(connection) as queries:
        move_cells(added=rows, now=NOW)

    moved = [query["sql"] for query in queries if "INTO scoring_measurecell" in query["sql"]]
    assert len(moved) == 1
