"""The cells of a breakdown as arrays: there are thousands of them, and a page shows of each its mean, its n and whether
it stands out. Whatever else a file or a program is told of a cell is worked out when it is asked for.

Made with numpy, which is not loaded here: an array brings it along.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from metrics.comparison import Verdict, changes_in_mean
from metrics.packing import packed
from metrics.ratings import Distribution
from reports.breakdown.results import Brief, CellResult
from reports.enums import ResultState
from reports.results import Empty, Withheld
from reports.scores import scored

if TYPE_CHECKING:
    from metrics.dimensions import DimensionSums
    from reports.breakdown.cubes import Array
    from reports.results import Shown

    type Sums = DimensionSums | Distribution

# What the numbers in the arrays stand for.
STATES = (ResultState.EMPTY, ResultState.TOO_FEW, ResultState.COMPUTED)
EMPTY, TOO_FEW, COMPUTED = range(3)
VERDICTS: tuple[Verdict | None, ...] = (None, *Verdict)
AT_ONCE = 128  # cells that are made together: one library call is as quick as many


@packed
@dataclass(frozen=True, eq=False)
class Sheet:
    """By row and column. Where nothing may be shown there is nothing: its sums are 0.

    `sums` and `wholes`, with what each cell is compared, have the fields of their `kind` along the first axis.
    `verdicts` hold for all cells at once.
    """

    kind: type[Sums]
    minimum: int
    sums: Array
    wholes: Array
    states: Array
    verdicts: Array
    means: Array

    @cached_property
    def briefs(self) -> list[list[Brief]]:
        n = self.sums.sum(axis=0) if self.kind is Distribution else self.sums[0]
        columns = (self.states, self.means, n, self.verdicts)
        return [
            [
                Brief(STATES[state], mean, one, VERDICTS[verdict])
                for state, mean, one, verdict in zip(*row, strict=True)
            ]
            for row in zip(*(column.tolist() for column in columns), strict=True)
        ]

    def row(self, number: int) -> tuple[CellResult, ...]:
        many = max(AT_ONCE // max(self.states.shape[1], 1), 1)
        block, at = divmod(number, many)
        if block not in self._made:
            self._made[block] = self._rows(slice(block * many, (block + 1) * many))
        row: tuple[CellResult, ...] = self._made[block][at]
        return row

    @cached_property
    def _made(self) -> dict[int, list[tuple[CellResult, ...]]]:
        return {}

    def _rows(self, rows: slice) -> list[tuple[CellResult, ...]]:
        states, verdicts = self.states[rows].tolist(), self.verdicts[rows].tolist()
        sums, wholes = _listed(self.sums[:, rows]), _listed(self._wholes[:, rows])
        places = [(row, column) for row, line in enumerate(states) for column, _state in enumerate(line)]
        computed = {
            (row, column): self.kind(*sums[row][column])
            for row, column in places
            if states[row][column] == COMPUTED
        }
        scores: dict[Any, Shown] = scored(computed, set(), self.minimum)
        compared = [(row, column) for row, column in places if verdicts[row][column]]
        pairs = [
            (computed[row, column], self.kind(*wholes[row][column]) - computed[row, column])  # type: ignore[operator]
            for row, column in compared
        ]
        changes = dict(zip(compared, changes_in_mean(pairs, minimum=self.minimum), strict=True))
        for (row, column), change in changes.items():
            verdict = VERDICTS[verdicts[row][column]]
            if verdict and verdict is not change.verdict:
                changes[row, column] = replace(change, verdict=verdict)
        absent: tuple[Shown, ...] = (Empty(), Withheld(self.minimum))
        return [
            tuple(
                CellResult(
                    scores[row, column] if state == COMPUTED else absent[state], changes.get((row, column))
                )
                for column, state in enumerate(line)
            )
            for row, line in enumerate(states)
        ]

    @cached_property
    def _wholes(self) -> Array:
        import numpy as np  # noqa: PLC0415 - only where arrays are used

        return np.broadcast_to(self.wholes, self.sums.shape)


def _listed(sums: Array) -> list[list[list[int]]]:
    listed: list[list[list[int]]] = sums.transpose(1, 2, 0).tolist()
    return listed
