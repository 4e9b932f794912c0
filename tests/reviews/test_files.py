import csv
from datetime import UTC, datetime

import pytest

from organisation.models import Organisation
from reviews.files import LONGEST_CELL, file_of
from reviews.models import Review
from tests.factories import make_member, make_mention

pytestmark = pytest.mark.django_db


def test_a_file_has_a_line_for_each_comment_the_newest_first():
    make_mention("old", said_on="2026-01-01")
    make_mention("new\nline", scale_score="4.50", scale_max=5)

    text = "".join(file_of(Review.objects.all(), "csv")).removeprefix("\ufeff")
    headers, *rows = csv.reader(text.splitlines(keepends=True))

    assert [(row[0], row[5], row[6]) for row in rows] == [
        ("2026-03-02", "4.5/5", "new\nline"),
        ("2026-01-01", "", "old"),
    ]
    assert len(headers) == len(rows[0])


def test_days_are_those_of_the_organisation():
    Organisation.objects.update(time_zone="Pacific/Auckland")
    review = make_mention("old")
    Review.objects.filter(pk=review.pk).update(
        handled_at=datetime(2026, 3, 1, 22, 30, tzinfo=UTC), handled_by=make_member()
    )

    text = "".join(file_of(Review.objects.all(), "csv")).removeprefix("\ufeff")

    assert list(csv.reader(text.splitlines()))[1][-1] == "2026-03-02"


def test_a_workbook_takes_a_text_that_is_longer_than_a_cell():
    make_mention("x" * (LONGEST_CELL + 1))

    with file_of(Review.objects.all(), "xlsx") as book:
        assert book.read(2) == b"PK"
