"""What a report says. A number is inside `Computed` or it does not exist: no template can show a group too small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from metrics.comparison import UNKNOWN, Change
from metrics.packing import packed
from metrics.ratings import Distribution
from reports.enums import ResultState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from metrics.control import Controlled
    from metrics.dimensions import DimensionSums
    from metrics.intervals import Interval
    from reports.filters import Filters
    from reports.participation import ResponseRate
    from reports.periods import Period


@packed
@dataclass(frozen=True, slots=True)
class Withheld:
    """Fewer responses than may be shown, or enough to give away another such group."""

    minimum: int
    state: ClassVar[ResultState] = ResultState.TOO_FEW


@dataclass(frozen=True, slots=True)
class Empty:
    """Asked, and nobody answered."""

    state: ClassVar[ResultState] = ResultState.EMPTY


@dataclass(frozen=True, slots=True)
class NotAsked:
    state: ClassVar[ResultState] = ResultState.NOT_ASKED


@packed
@dataclass(frozen=True, slots=True)
class Computed:
    """A mean (1 to 5) and a share of 4s and 5s (0 to 1), each with its interval, of n responses."""

    scores: DimensionSums | Distribution
    mean: float
    interval: Interval | None
    share: float
    share_interval: Interval | None
    effective_n: float
    state: ClassVar[ResultState] = ResultState.COMPUTED

    @property
    def n(self) -> int:
        return self.scores.n

    @property
    def ratings(self) -> Distribution | None:
        """How often each rating was given; a dimension's score does not know."""
        return self.scores if isinstance(self.scores, Distribution) else None


type Shown = Computed | Withheld | Empty | NotAsked


@dataclass(frozen=True, slots=True)
class VersionMark:
    """Where a version of the survey was first answered, with the questions that it words anew."""

    day: date  # of the first such point of any dimension
    version: int
    new_wordings: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """Where a process changed, in the words of whoever noted it; `begins_phase`: limits begin anew there."""

    day: date
    words: str
    places: tuple[str, ...]  # names; none: everywhere
    begins_phase: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class ModeMark:
    """Where responses came by other modes than before: the one whose share moved most, and its share before and then
    (0 to 1), None where one of them would tell of too small a group.
    """

    day: date  # the first of the point
    mode: str
    is_higher: bool
    before: float | None
    now: float | None
    number: int = 0


type Mark = VersionMark | ChangeMark | ModeMark


@packed
@dataclass(frozen=True, slots=True)
class BucketResult:
    period: Period
    score: Shown
    begins: tuple[int, ...] = ()  # numbers of the versions whose first answers came in it
    control: Controlled | None = None  # None: nothing to show, or too few points to say what is usual


@packed
@dataclass(frozen=True, slots=True)
class LocationResult:
    """One location; `against` compares it with the other locations of the report taken together."""

    code: str
    name: str
    region: str
    score: Shown
    against: Change = UNKNOWN


@packed
@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version's part in a question's score."""

    number: int
    wording: str
    score: Shown


@packed
@dataclass(frozen=True, slots=True)
class QuestionResult:
    key: str
    dimension: str
    wording: str
    score: Shown
    not_applicable: int | None
    blank: int | None
    not_asked_in: tuple[int, ...]  # versions answered in the period
    new_wording_since: tuple[int, ...]
    lines: tuple[VersionLine, ...]  # none where only one version was answered


@packed
@dataclass(frozen=True, slots=True)
class DimensionResult:
    dimension: str
    score: Shown
    previous: Shown
    change: Change
    ratings: Distribution | Withheld | None = None  # of all its questions; None where nothing was rated
    trend: tuple[BucketResult, ...] = ()
    locations: Sequence[LocationResult] = ()
    questions: tuple[QuestionResult, ...] = ()
    false_alarm: float = 0.0  # the chance that a stable trend of as many points has a signal, 0..1


@dataclass(frozen=True, slots=True)
class VersionResult:
    number: int
    responses: int | None  # None: too few to be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a page, a chart, a file or a program is told, from one reading of the cells."""

    state: ResultState
    filters: Filters
    survey_name: str
    minimum: int
    data_version: int | None = None
    counted_at: datetime | None = None
    waiting: int = 0  # responses that are stored and not counted yet
    response_rate: ResponseRate | None = (
        None  # of invitations; None where none were sent, or they are left out
    )
    responses: int | None = None
    dimensions: tuple[DimensionResult, ...] = ()
    versions: tuple[VersionResult, ...] = ()
    marks: tuple[Mark, ...] = ()  # of the trend, numbered from 1 on

    def narrowed(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What it is narrowed to besides the facets of its filters: names, each with its values."""
        return ()

    @property
    def computed(self) -> tuple[DimensionResult, ...]:
        """The dimensions that have a score to show."""
        return tuple(one for one in self.dimensions if isinstance(one.score, Computed))

    @property
    def leading(self) -> DimensionResult | None:
        """The dimension that a single picture is about: the first chosen, else overall, else the first computed."""
        if not self.computed:
            return None
        if self.filters.dimension:
            return self.computed[0]
        return next((one for one in self.computed if one.dimension == "overall"), self.computed[0])
