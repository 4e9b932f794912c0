"""The locations of a report in their order: there are hundreds for each dimension, and a page shows of most of them a mean
and whether they stand out. Whatever else is told of one is worked out when it is asked for (docs/decisions/0054).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from metrics.comparison import UNKNOWN, verdicts_between
from metrics.dimensions import DimensionSums, spread_of_sums
from metrics.false_discovery import hold_told
from metrics.packing import packed
from metrics.ratings import Spread
from reports.breakdown.results import Brief, brief_of
from reports.breakdown.sheet import COMPUTED, EMPTY, TOO_FEW, VERDICTS, Sheet
from reports.results import LocationResult

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from collections.abc import Set as AbstractSet

    from reports.breakdown.cubes import Array
    from reports.queries import Raw

NOTHING: Raw = (0, 0, 0, 0, 0)


class Place(NamedTuple):
    """A location: its key, and what it is called."""

    key: int
    code: str
    name: str
    region: str


class Standing(NamedTuple):
    """What a page shows of one location."""

    code: str
    name: str
    region: str
    brief: Brief


class Field(NamedTuple):
    """All locations of one dimension: what they are compared with, the sums of each by its key, and whose must not be
    shown.
    """

    total: DimensionSums
    sums: Mapping[int | str, Raw]
    hidden: AbstractSet[Hashable]


@packed
@dataclass(frozen=True, eq=False)
class Ranked(Sequence[LocationResult]):
    """The locations of one dimension, the best first, made when they are asked for. `sheet` has a row for each, of one
    cell.
    """

    places: Sequence[Place]
    sheet: Sheet

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> LocationResult: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[LocationResult, ...]: ...
    def __getitem__(self, at: int | slice) -> LocationResult | tuple[LocationResult, ...]:
        numbers = range(len(self.places))[at]
        return self._made(numbers) if isinstance(numbers, int) else tuple(map(self._made, numbers))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def _made(self, number: int) -> LocationResult:
        place, (cell,) = self.places[number], self.sheet.row(number)
        return LocationResult(place.code, place.name, place.region, cell.score, cell.against or UNKNOWN)

    @cached_property
    def standings(self) -> list[Standing]:
        rows = zip(self.places, self.sheet.briefs, strict=True)
        return [Standing(place.code, place.name, place.region, brief) for place, (brief,) in rows]


def standings(places: Sequence[LocationResult]) -> list[Standing]:
    """The same locations, as far as most readers look."""
    if isinstance(places, Ranked):
        return places.standings
    return [
        Standing(one.code, one.name, one.region, brief_of(one.score, one.against.verdict)) for one in places
    ]


def ranked(fields: Sequence[Field], places: Sequence[Place], minimum: int) -> list[Ranked]:
    """Every place, those without responses at the end; each is compared with the others of its field taken together, and
    higher and lower hold for all fields at once.
    """
    import numpy as np  # noqa: PLC0415 - only where arrays are used

    if not fields:
        return []
    sums, states = _judged(fields, places, minimum)
    wholes = _columns([astuple(one.total) for one in fields])
    spread, shown = spread_of_sums(sums), states == COMPUTED
    verdicts = np.zeros(shown.shape, np.int8)
    pairs = Spread(*(column[shown] for column in spread)), spread_of_sums((wholes - sums)[:, shown])
    verdicts[shown] = [VERDICTS.index(one) for one in hold_told(verdicts_between(*pairs, minimum=minimum))]
    found = []
    for field in range(len(fields)):
        order = _order(places, states[field].tolist(), spread.mean[field].tolist())
        columns = (table[field, order, None] for table in (states, verdicts, spread.mean))
        sheet = Sheet(
            DimensionSums, minimum, sums[:, field, order, None], wholes[:, field, :, None], *columns
        )
        found.append(Ranked([places[at] for at in order], sheet))
    return found


def _judged(fields: Sequence[Field], places: Sequence[Place], minimum: int) -> tuple[Array, Array]:
    """By field and place what may be shown of their sums, and their states."""
    import numpy as np  # noqa: PLC0415 - only where arrays are used

    sums = _columns([[one.sums.get(place.key, NOTHING) for place in places] for one in fields])
    hidden = np.array([[place.key in one.hidden for place in places] for one in fields], bool)
    withheld = hidden | (sums[0] < minimum)
    states = np.where(sums[0] == 0, EMPTY, np.where(withheld, TOO_FEW, COMPUTED)).astype(np.int8)
    return sums * (states == COMPUTED), states


def _columns(sums: Sequence[Any]) -> Array:
    """The five sums along the first axis."""
    import numpy as np  # noqa: PLC0415 - only where arrays are used

    return np.moveaxis(np.array(sums, np.int64).reshape(len(sums), -1, 5), -1, 0)


def _order(places: Sequence[Place], states: Sequence[int], means: Sequence[float]) -> list[int]:
    """Numbers of the places: the best mean first, then those withheld, those without responses at the end."""
    return sorted(range(len(places)), key=lambda at: (states[at] == EMPTY, -means[at], places[at].name))
