from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.pieces import BlockRow, Blocks, Pieces, Stretch
from scoring.blocks import days_of

FIRST = date(2025, 11, 3)
offsets = st.integers(0, 150)


def blocks(made_spans, unmade_days=()):
    """Every block of half a year; days that are not made are not in a made block either."""
    days = [FIRST + timedelta(days=number) for number in range(200)]
    rows = {
        (span, days_of(span, day).first): span in made_spans
        and not any(days_of(span, one) == days_of(span, day) for one in unmade_days)
        for day in days
        for span in ("day", "week", "month")
    }
    return [
        BlockRow(key, span, day, is_made) for key, ((span, day), is_made) in enumerate(rows.items(), start=1)
    ]


def days_in(pieces, rows):
    spans = {row.id: row.span for row in rows}
    for key, first in pieces.first_days.items():
        last = days_of(spans[key], first).last
        yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def test_a_period_is_months_then_weeks_then_days():
    rows = blocks({"day", "week", "month"})

    pieces = Blocks(rows).pieces([Stretch(date(2025, 11, 9), date(2026, 1, 31))])

    november = [date(2025, 11, day) for day in (10, 17, 24)]
    assert sorted(pieces.longer.values()) == [*november, date(2025, 12, 1), date(2026, 1, 1)]
    assert list(pieces.days.values()) == [date(2025, 11, 9)]
    assert pieces.unmade_days == {}


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    start=offsets,
    length=offsets,
    spans=st.sets(st.sampled_from(["day", "week", "month"])),
    unmade=st.sets(offsets, max_size=3),
)
def test_each_day_of_a_period_is_in_one_piece(start, length, spans, unmade):
    rows = blocks(spans, [FIRST + timedelta(days=number) for number in unmade])
    first = FIRST + timedelta(days=start)
    last = min(first + timedelta(days=length), FIRST + timedelta(days=199))

    pieces = Blocks(rows).pieces([Stretch(first, last)])

    wanted = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert sorted(days_in(pieces, rows)) == wanted


def test_the_ends_are_those_of_the_cells():
    rows = blocks({"day"})

    assert Blocks(rows).ends(Stretch(date(1970, 1, 1), date(2199, 12, 31))) == (
        FIRST,
        FIRST + timedelta(days=199),
    )
    assert Blocks([]).ends(Stretch(FIRST, FIRST)) == (FIRST, FIRST)


@given(st.integers(0, 60), st.integers(0, 70))
def test_some_pieces_are_from_all_of_the_time(there, most):
    days = {key: FIRST + timedelta(days=key) for key in range(there)}
    pieces = Pieces(
        days={key: day for key, day in days.items() if key % 2},
        unmade_days={key: day for key, day in days.items() if not key % 2},
    )

    found = sorted(pieces.spread(most).first_days)

    assert len(found) == min(there, max(most, 1))
    apart = [late - early for early, late in pairwise([-1, *found, there])]
    assert max(apart) <= there / max(most, 1) + 1
