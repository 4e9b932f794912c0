from datetime import date

import pytest

from scoring.enums import Span
from scoring.rows import row_of
from scoring.sums import kept, rated_counts, sum_rows
from tests.factories import make_published, make_response

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_sum_rows_add_up_over_places_and_keep_each_measure():
    version = make_published()
    rows = [row_of(make_response(version, ratings)) for ratings in ("54321", "5xxxx")]

    everything = next(row for row in sum_rows(rows, DAY, Span.MONTH) if row.key == (0, "", 0, version.pk))

    counts = rated_counts([everything.ratings])
    assert everything.sums[0] == 2
    assert len(everything.sums) == 26
    assert counts[:, 1:].sum(axis=1).tolist() == [2] * 5
    assert sorted(counts[:, 6].tolist()) == [0, 1, 1, 1, 1]


def test_a_day_keeps_no_rows_that_are_its_cells_once_more():
    rows = [row_of(make_response(make_published()))]

    assert [len(sum_rows(rows, DAY, span)) for span in (Span.DAY, Span.WEEK, Span.MONTH)] == [7, 8, 8]
    assert [len(kept(span)) for span in Span] == [7, 8, 8]


def test_no_responses_make_no_rows():
    assert sum_rows([], DAY, Span.DAY) == []
