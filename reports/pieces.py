"""Which blocks and which single days together are a period: as few as there are, and each day once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from scoring.blocks import days_of
from scoring.enums import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

ONE_DAY = timedelta(days=1)
LARGEST_FIRST = (Span.MONTH, Span.WEEK)


class BlockRow(NamedTuple):
    """A block of the survey; not `is_made` where its cells have moved since they were added up."""

    id: int
    span: str
    day: date
    is_made: bool


class Stretch(NamedTuple):
    """Days in a row, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Pieces:
    """Keys of blocks with their first days: those whose sums are read, and single days whose cells are."""

    longer: Mapping[int, date] = field(default_factory=dict)  # weeks and months
    days: Mapping[int, date] = field(default_factory=dict)
    unmade_days: Mapping[int, date] = field(default_factory=dict)

    @property
    def first_days(self) -> dict[int, date]:
        return {**self.longer, **self.days, **self.unmade_days}

    def where(self, test: Callable[[date], bool]) -> Pieces:
        """Those whose first day passes."""
        kinds = (self.longer, self.days, self.unmade_days)
        return Pieces(*({key: day for key, day in kind.items() if test(day)} for kind in kinds))

    def spread(self, most: int) -> Pieces:
        """So many of them, from all of the time; one at least, and no more than there are."""
        days, most = sorted(self.first_days.values()), max(most, 1)
        if len(days) <= most:
            return self
        some = {days[(2 * at + 1) * len(days) // (2 * most)] for at in range(most)}
        return self.where(some.__contains__)


class Blocks:
    """The blocks of one survey, to be put together to periods."""

    def __init__(self, rows: Iterable[BlockRow]) -> None:
        self._made: dict[str, list[tuple[date, int]]] = defaultdict(list)
        self._unmade_days: list[tuple[date, int]] = []
        for row in sorted(rows, key=lambda row: row.day):
            if row.is_made:
                self._made[row.span].append((row.day, row.id))
            elif row.span == Span.DAY:
                self._unmade_days.append((row.day, row.id))

    def pieces(self, stretches: Sequence[Stretch]) -> Pieces:
        """What the stretches consist of. No block reaches beyond the stretch that it is a piece of.

        A day without a block of its own has no cells.
        """
        longer: dict[int, date] = {}
        gaps = list(stretches)
        for span in LARGEST_FIRST:
            gaps = [gap for stretch in gaps for gap in self._take(span, stretch, longer)]
        days = {key: day for gap in gaps for day, key in _within(self._made[Span.DAY], gap)}
        unmade = {key: day for gap in gaps for day, key in _within(self._unmade_days, gap)}
        return Pieces(longer, days, unmade)

    def ends(self, stretch: Stretch) -> Stretch:
        """The stretch from its first day with a cell to the last; any one day of it where there is none."""
        first = [
            days[0][0]
            for blocks in (self._made[Span.DAY], self._unmade_days)
            if (days := _within(blocks, stretch))
        ]
        last = [
            days[-1][0]
            for blocks in (self._made[Span.DAY], self._unmade_days)
            if (days := _within(blocks, stretch))
        ]
        return Stretch(min(first, default=stretch.first), max(last, default=stretch.first))

    def _take(self, span: str, stretch: Stretch, taken: dict[int, date]) -> Iterator[Stretch]:
        """Note the made blocks that lie in the stretch, and leave what is between them."""
        start = stretch.first
        for day, key in _within(self._made[span], stretch):
            last = days_of(span, day).last
            if last <= stretch.last:
                taken[key] = day
                if start < day:
                    yield Stretch(start, day - ONE_DAY)
                start = last + ONE_DAY
        if start <= stretch.last:
            yield Stretch(start, stretch.last)


def _within(blocks: Sequence[tuple[date, int]], stretch: Stretch) -> Sequence[tuple[date, int]]:
    start = bisect_left(blocks, stretch.first, key=lambda block: block[0])
    end = bisect_left(blocks, stretch.last + ONE_DAY, key=lambda block: block[0])
    return blocks[start:end]
