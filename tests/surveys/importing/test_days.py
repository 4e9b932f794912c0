from datetime import date

import pytest

from surveys.importing.days import EARLIEST, parse_day, wrong_day

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "wanted", "day"),
    [
        ("31.01.2026", "%d.%m.%Y", date(2026, 1, 31)),
        ("2026-01-31", "%d.%m.%Y", date(2026, 1, 31)),
        ("2026-01-31 10:00:00", "%d.%m.%Y", date(2026, 1, 31)),
        ("31.02.2026", "%d.%m.%Y", None),
        ("2026-01-31x", "%d.%m.%Y", None),
        ("", "%Y-%m-%d", None),
    ],
)
def test_a_day_is_read_as_it_is_written(text, wanted, day):
    assert parse_day(text, wanted) == day


def test_a_day_that_cannot_be_is_told():
    days = [TODAY, EARLIEST, None, date(2026, 3, 3), date(1989, 12, 31)]

    assert [bool(wrong_day(day, TODAY, "%Y")) for day in days] == [False, False, True, True, True]
