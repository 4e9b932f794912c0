"""Where responses came by other modes than before, as far as that may be told."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.mix import shifts
from reports.periods import bucket_start
from reports.results import ModeMark
from reports.suppression import Counts, hidden_blocks, hidden_buckets

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import date

    from metrics.mix import Shift
    from reports.choice import Facet
    from reports.filters import Filters
    from reports.queries import ModeRow, PieceRow


@dataclass(frozen=True, slots=True)
class MixTally:
    """Responses by bucket and mode, as the filters let them through, and by bucket whatever the filters."""

    by_bucket: Mapping[date, Counter[str]]
    everything: Mapping[date, int]


def tally_modes(modes: Iterable[ModeRow], pieces: Sequence[PieceRow], filters: Filters) -> MixTally:
    by_bucket: dict[date, Counter[str]] = defaultdict(Counter)
    for row in modes:
        by_bucket[bucket_start(filters.by, row.day)][row.mode] += row.responses
    # Without filters, what they let through is all there is.
    is_filtered = any(not row.is_chosen for row in pieces)
    everything: Counter[date] = Counter()
    for piece in pieces:
        if piece.is_chosen != is_filtered:
            everything[bucket_start(filters.by, piece.day)] += piece.responses
    return MixTally(dict(sorted(by_bucket.items())), everything)


def mode_marks(
    tally: MixTally,
    start: date,
    facet: Facet,
    nestings: Sequence[Sequence[Callable[[date], date]]],
    minimum: int,
) -> list[ModeMark]:
    """One for each shift of the mix among the points that may be shown; `start` is that of the period.

    A share tells how many came by a mode: it is told where a report of that mode alone would tell the point, and where
    neither that mode nor the others together are too few, then and before.
    """

    def hidden(inside: Mapping[date, int]) -> set[date]:
        outside = {day: n - inside.get(day, 0) for day, n in tally.everything.items()}
        return hidden_buckets(Counts(inside, outside), nestings, minimum)

    days = list(tally.by_bucket)
    unseen = hidden({day: counts.total() for day, counts in tally.by_bucket.items()})
    seen = [None if day in unseen else tally.by_bucket[day] for day in days]
    blocked = _blocked(tally, facet, minimum)
    marks = []
    for shift in shifts(seen):
        mode, day = shift.category, days[shift.at]
        unseen_of_mode = hidden({one: counts[mode] for one, counts in tally.by_bucket.items()})
        sides = ([seen[shift.at]], seen[shift.since : shift.at])
        is_told = mode not in blocked and day not in unseen_of_mode
        is_told = is_told and all(_are_enough(side, mode, minimum) for side in sides)
        marks.append(_mark(shift, max(day, start), is_told=is_told))
    return marks


def _mark(shift: Shift, day: date, *, is_told: bool) -> ModeMark:
    shares = (shift.before, shift.now) if is_told else (None, None)
    return ModeMark(day, shift.category, shift.now > shift.before, *shares)


def _are_enough(buckets: Iterable[Counter[str] | None], mode: str, minimum: int) -> bool:
    """Whether a share of the mode in these buckets tells of no group that is too small, on either side."""
    total = sum((one for one in buckets if one), Counter[str]())
    sizes = total[mode], total.total() - total[mode]
    return all(n == 0 or n >= minimum for n in sizes)


def _blocked(tally: MixTally, facet: Facet, minimum: int) -> frozenset[Hashable]:
    """The modes that may not be told by themselves over all of the period."""
    total: Counter[Hashable] = Counter()
    for mix in tally.by_bucket.values():
        total.update(mix)
    return frozenset().union(*hidden_blocks(total, facet, minimum))
