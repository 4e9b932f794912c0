"""The questions of a report on both sides: of the flagged responses and of the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from metrics.ratings import Distribution
from reports.questions import Asked, counts_of, questions_by_dimension
from reports.results import Computed
from reports.suppression import hidden_questions
from reports.tallies import MeasureTally, tally_measures
from reports.wordings import wordings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.flagged.counted import Flagged
    from reports.queries import PlaceRow, Reader
    from reports.results import DimensionResult

    type Questions = Mapping[str, Mapping[str, Asked]]
    type Answered = Mapping[str, Counter[int]]

NOBODY = MeasureTally()


@dataclass(frozen=True, slots=True)
class Sides:
    """By dimension, then by the question's key; and how many rated each dimension in each version."""

    whole: Questions
    flagged: Questions
    answered: Answered
    answered_flagged: Answered

    @classmethod
    def of(cls, reader: Reader, places: Iterable[PlaceRow], found: Flagged) -> Self:
        answered = _answered(places, reader)
        versions = {version for counts in answered.values() for version in counts}
        wordings = wordings_of(versions)
        whole, flagged = (
            {
                dimension: {next(iter(one.wordings.values())).key: one for one in questions.values()}
                for dimension, questions in questions_by_dimension(wordings, tally_measures(rows)).items()
            }
            for rows in (reader.measure_rows(), found.measures)
        )
        return cls(whole, flagged, answered, _answered(found.places, reader))

    def ratings(self, dimension: str, key: str) -> tuple[Distribution, Distribution]:
        """Of all, and of the flagged."""
        sides = (side.get(dimension, {}).get(key) for side in (self.whole, self.flagged))
        whole, flagged = (one.total.ratings if one else Distribution() for one in sides)
        return whole, flagged

    def hidden(self, result: DimensionResult, minimum: int) -> set[str]:
        """The questions of which neither side may be told. Raises ValueError where what is flagged is no part of all."""
        dimension = result.dimension
        whole, flagged = self.whole.get(dimension, {}), self.flagged.get(dimension, {})
        answered = self.answered.get(dimension, Counter())
        of_flagged = self.answered_flagged.get(dimension, Counter())
        rest = {key: _less(one, flagged[key]) for key, one in whole.items()}
        left = {version: n - of_flagged[version] for version, n in answered.items()}
        hidden = {one.key for one in result.questions if not isinstance(one.score, Computed)}
        hidden = hidden_questions(counts_of(flagged, of_flagged), minimum, hidden)
        hidden = hidden_questions(counts_of(rest, left), minimum, hidden)
        # What the other side hides is hidden on both, with another where one alone could be worked out.
        return hidden_questions(counts_of(flagged, of_flagged), minimum, hidden)


def _answered(places: Iterable[PlaceRow], reader: Reader) -> dict[str, Counter[int]]:
    """How many of those let through rated each dimension, by version."""
    counts: dict[str, Counter[int]] = {}
    lets = reader.choice.locations.lets
    for row in places:
        if row.is_current and row.facet == 0 and lets(row.part):
            for dimension, sums in row.sums.items():
                counts.setdefault(dimension, Counter())[row.version] += sums[0]
    return counts


def _less(whole: Asked, part: Asked) -> Asked:
    return replace(
        whole,
        tallies={
            version: _left(tally, part.tallies.get(version, NOBODY))
            for version, tally in whole.tallies.items()
        },
    )


def _left(whole: MeasureTally, part: MeasureTally) -> MeasureTally:
    return MeasureTally(
        whole.ratings - part.ratings,
        outside=whole.outside - part.outside,
        besides={choice: n - part.besides.get(choice, 0) for choice, n in whole.besides.items()},
    )
