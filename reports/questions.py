"""The questions of each dimension: score, distribution, and what each version of the survey adds to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from metrics.disclosure import is_too_small
from reports.results import Computed, QuestionResult, VersionLine, Withheld
from reports.scores import scored
from reports.suppression import NONE_NEAR, Counts, QuestionCount, hidden_groups, hidden_questions
from reports.tallies import UNRATED, MeasureTally
from surveys.enums import Continuity

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from reports.crossings import Line
    from reports.dimensions import Setting
    from reports.results import DimensionResult, Shown
    from reports.tallies import DimensionTally
    from reports.wordings import Wording


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its wordings by version, the latest first, and the answers each version got."""

    wordings: Mapping[int, Wording]
    tallies: Mapping[int, MeasureTally]

    @property
    def total(self) -> MeasureTally:
        """What the filters leave out also of versions of which they let nothing through."""
        parts = [self.tallies[version] for version in self.wordings if version in self.tallies]
        besides: Counter[Hashable] = Counter()
        for tally in self.tallies.values():
            besides.update(tally.besides)
        return MeasureTally(
            reduce(add, (part.ratings for part in parts), UNRATED),
            not_applicable=sum(part.not_applicable for part in parts),
            blank=sum(part.blank for part in parts),
            responses=sum(part.responses for part in parts),
            outside=sum(tally.outside for tally in self.tallies.values()),
            besides=besides,
        )


def questions_by_dimension(
    wordings: Sequence[Wording], tallies: Mapping[int, Mapping[int, MeasureTally]]
) -> dict[str, dict[int, Asked]]:
    """Dimension, then measure, in the order of the latest version that asks it."""
    by_version: dict[int, dict[int, Wording]] = defaultdict(dict)
    for wording in wordings:
        by_version[wording.measure][wording.version] = wording
    questions: dict[str, dict[int, Asked]] = defaultdict(dict)
    for measure, versions in by_version.items():
        dimension = next(iter(versions.values())).dimension
        questions[dimension][measure] = Asked(versions, tallies.get(measure, {}))
    return dict(questions)


def with_questions(
    result: DimensionResult, questions: Mapping[int, Asked], tally: DimensionTally | None, setting: Setting
) -> DimensionResult:
    """The dimension with its questions; where its own score may not be shown, none of theirs is."""
    answered, minimum = tally.by_version if tally else {}, setting.minimum
    totals = {measure: asked.total for measure, asked in questions.items()}
    near = setting.near.get(result.dimension, NONE_NEAR).questions
    alone = {line.measure for line in near if line.version is None}
    hidden = hidden_questions(counts_of(questions, answered), minimum, alone)
    if not isinstance(result.score, Computed):
        hidden = set(questions)
    scores = scored({measure: total.ratings for measure, total in totals.items()}, hidden, minimum)
    everything = reduce(add, (total.ratings for total in totals.values()), UNRATED)
    together = Withheld(minimum) if hidden else everything
    return replace(
        result,
        ratings=together if everything.n else None,
        questions=tuple(
            _question(asked, totals[measure], scores[measure], setting, near)
            for measure, asked in questions.items()
        ),
    )


def counts_of[Key: Hashable](
    questions: Mapping[Key, Asked], answered: Mapping[int, int]
) -> dict[Key, QuestionCount]:
    """How many rated each; `answered`: how many rated the dimension in each version."""
    totals = {key: asked.total for key, asked in questions.items()}
    return {
        key: QuestionCount(
            total.ratings.n, total.outside, _not_asked(questions[key], answered), total.besides.values()
        )
        for key, total in totals.items()
    }


def _not_asked(asked: Asked, answered: Mapping[int, int]) -> int:
    """Responses that rated the dimension in versions without this question."""
    return sum(n for version, n in answered.items() if version not in asked.wordings)


def _question(
    asked: Asked, total: MeasureTally, score: Shown, setting: Setting, near: Iterable[Line]
) -> QuestionResult:
    wordings = list(asked.wordings.values())
    latest = wordings[0]
    shown = isinstance(score, Computed)
    # With those who rated it, these are all responses of the versions that ask it.
    beside = shown and setting.tells_responses(asked.wordings.keys())
    return QuestionResult(
        key=latest.key,
        dimension=latest.dimension,
        wording=latest.text,
        score=score,
        not_applicable=total.not_applicable if beside else None,
        blank=total.blank if beside else None,
        not_asked_in=tuple(
            sorted(number for version, number in setting.numbers.items() if version not in asked.wordings)
        ),
        new_wording_since=tuple(
            sorted(wording.number for wording in wordings if wording.continuity == Continuity.NEW_WORDING)
        ),
        lines=_lines(asked, setting.minimum, near) if shown else (),
    )


def _lines(asked: Asked, minimum: int, near: Iterable[Line]) -> tuple[VersionLine, ...]:
    """Each version's part, where several were answered."""
    answered = [version for version in asked.wordings if version in asked.tallies]
    if len(answered) < 2:  # noqa: PLR2004 - several
        return ()
    tallies = {version: asked.tallies[version] for version in answered}
    ratings = {version: tally.ratings for version, tally in tallies.items()}
    counts = Counts(
        {version: one.n for version, one in ratings.items()},
        {version: tally.outside for version, tally in tallies.items()},
    )
    measure = next(iter(asked.wordings.values())).measure
    unsafe = {line.version for line in near if line.version and line.measure == measure} | {
        version
        for version, one in tallies.items()
        if any(is_too_small(n, minimum) for n in one.besides.values())
    }
    hidden = hidden_groups(counts, minimum, unsafe)
    scores = scored(ratings, hidden, minimum)
    return tuple(
        VersionLine(asked.wordings[version].number, asked.wordings[version].text, scores[version])
        for version in answered
    )
