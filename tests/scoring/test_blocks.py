from datetime import date

import pytest

from scoring.blocks import days_of, mark_moved
from scoring.enums import Span
from scoring.models import Block
from tests.factories import make_published
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.DAY, date(2024, 2, 29), date(2024, 2, 29)),
        (Span.WEEK, date(2024, 2, 26), date(2024, 3, 3)),
        (Span.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_days_of_a_block(span, first, last):
    assert days_of(span, date(2024, 2, 29)) == (first, last)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_at_the_ends_of_time_have_blocks(day):
    assert all(first <= day <= last for first, last in (days_of(span, day) for span in Span))


def test_mark_moved_moves_each_block_once_in_a_call():
    survey = make_published().survey_id
    days = [(survey, date(2026, 3, 2)), (survey, date(2026, 3, 3)), (survey, date(2026, 3, 2))]

    mark_moved(days=days, now=NOW)
    mark_moved(days=days[:1], now=NOW)

    assert set(Block.objects.values_list("span", "day", "moved", "made")) == {
        ("day", date(2026, 3, 2), 2, 0),
        ("day", date(2026, 3, 3), 1, 0),
        ("week", date(2026, 3, 2), 2, 0),
        ("month", date(2026, 3, 1), 2, 0),
    }
