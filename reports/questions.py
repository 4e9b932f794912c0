"""The questions of each dimension: score, distribution, and what each version of the survey adds to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import add
from typing import TYPE_CHECKING

from metrics.disclosure import is_too_small
from reports.crossings import Line
from reports.results import Computed, QuestionResult, VersionLine, Withheld
from reports.scores import Judged, scored, scored_each
from reports.suppression import (
    NONE_NEAR,
    Counts,
    QuestionCount,
    hidden_groups,
    hidden_questions,
    let_through,
    not_apart,
)
from reports.tallies import UNRATED, MeasureTally
from surveys.enums import Continuity

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from metrics.ratings import Distribution
    from reports.choice import Margins
    from reports.dimensions import Setting
    from reports.results import DimensionResult, Shown
    from reports.suppression import Near
    from reports.tallies import DimensionTally
    from reports.wordings import Wording


@dataclass(frozen=True)
class Asked:
    """One question: its wordings by version, the latest first, and the answers each version got."""

    wordings: Mapping[int, Wording]
    tallies: Mapping[int, MeasureTally]

    @cached_property
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
    results: Sequence[DimensionResult],
    questions: Mapping[str, Mapping[int, Asked]],
    tallies: Mapping[str, DimensionTally],
    setting: Setting,
) -> list[DimensionResult]:
    """The dimensions with their questions, which are all scored at once."""
    asked = {one.dimension: questions.get(one.dimension, {}) for one in results}
    near = {name: _with_versions(name, some, tallies.get(name), setting) for name, some in asked.items()}
    setting = replace(setting, near=near)
    judged = {
        one.dimension: _judged(one, asked[one.dimension], tallies.get(one.dimension), setting)
        for one in results
    }
    scores = scored_each(judged, setting.minimum)
    return [
        _with_its_own(one, asked[one.dimension], judged[one.dimension], scores[one.dimension], setting)
        for one in results
    ]


def _with_versions(
    name: str, questions: Mapping[int, Asked], tally: DimensionTally | None, setting: Setting
) -> Near:
    """What may not be shown as reports are near; and the lines of versions that do not stand apart."""
    near = setting.near.get(name, NONE_NEAR)
    if tally is None or not tally.version_places:
        return near
    lines = {
        Line(name, measure, version)
        for measure, asked in questions.items()
        for version in _not_apart(asked, tally.version_places, setting)
    }
    return replace(near, questions=near.questions | lines)


def _not_apart(asked: Asked, places: Mapping[int, Margins], setting: Setting) -> set[int]:
    """`places`: who rated the dimension in each version."""
    facets = setting.choice.facets
    answered = asked.wordings.keys() & asked.tallies.keys() & places.keys()
    asking = {version: places[version] for version in answered}
    unrated = {
        version: let_through(margins, facets) - asked.tallies[version].ratings.n
        for version, margins in asking.items()
    }
    return not_apart(asking, facets, setting.minimum, unrated)


def _judged(
    result: DimensionResult, questions: Mapping[int, Asked], tally: DimensionTally | None, setting: Setting
) -> Judged[int, Distribution]:
    """Where the dimension's own score may not be shown, none of its questions' is."""
    ratings = {measure: asked.total.ratings for measure, asked in questions.items()}
    if not isinstance(result.score, Computed):
        return Judged(ratings, questions.keys())
    near = setting.near.get(result.dimension, NONE_NEAR).questions
    alone = {line.measure for line in near if line.version is None}
    counts = counts_of(questions, tally.by_version if tally else {})
    hidden = hidden_questions(counts, setting.minimum, alone)
    return Judged(ratings, hidden)


def _with_its_own(
    result: DimensionResult,
    questions: Mapping[int, Asked],
    judged: Judged[int, Distribution],
    scores: Mapping[int, Shown],
    setting: Setting,
) -> DimensionResult:
    near = setting.near.get(result.dimension, NONE_NEAR).questions
    everything = reduce(add, judged.sums.values(), UNRATED)
    together = Withheld(setting.minimum) if judged.hidden else everything
    return replace(
        result,
        ratings=together if everything.n else None,
        questions=tuple(
            _question(asked, scores[measure], setting, near) for measure, asked in questions.items()
        ),
    )


def counts_of[Key: Hashable](
    questions: Mapping[Key, Asked], answered: Mapping[int, int]
) -> dict[Key, QuestionCount]:
    """How many rated each; `answered`: how many rated the dimension in each version."""
    return {
        key: QuestionCount(
            asked.total.ratings.n,
            asked.total.outside,
            _not_asked(asked, answered),
            asked.total.besides.values(),
        )
        for key, asked in questions.items()
    }


def _not_asked(asked: Asked, answered: Mapping[int, int]) -> int:
    """Responses that rated the dimension in versions without this question."""
    return sum(n for version, n in answered.items() if version not in asked.wordings)


def _question(asked: Asked, score: Shown, setting: Setting, near: Iterable[Line]) -> QuestionResult:
    wordings, total = list(asked.wordings.values()), asked.total
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
