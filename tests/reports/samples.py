"""A report made by hand, with something of everything, for what only draws or writes one."""

from dataclasses import replace
from datetime import UTC, date, datetime

from metrics.comparison import UNKNOWN, Change, Verdict
from metrics.dimensions import DimensionSums, response_score
from metrics.intervals import Interval
from metrics.ratings import Distribution
from reports.enums import ResultState, TrendStep
from reports.exports.scope import Scope
from reports.filters import Filters
from reports.periods import Period
from reports.results import (
    BucketResult,
    ChangeMark,
    DimensionResult,
    Empty,
    LocationResult,
    ModeMark,
    NotAsked,
    QuestionResult,
    Report,
    VersionLine,
    VersionMark,
    VersionResult,
    Withheld,
)
from reports.scores import scored

FILTERS = Filters(
    survey="service", period=Period(date(2026, 3, 2), date(2026, 3, 29)), asked_by=TrendStep.WEEK
)
LOWER = Change(-0.5, Interval(-0.7, -0.3), 0.001, Verdict.LOWER)
HIGHER = Change(0.5, Interval(0.3, 0.7), 0.001, Verdict.HIGHER)


def score(*ratings):
    sums = DimensionSums.of(response_score([rating], [1]) for rating in ratings)
    return scored({"it": sums}, set(), 1)["it"]


def rated(*counts):
    return scored({"it": Distribution(*counts)}, set(), 1)["it"]


def trend():
    weeks = list(FILTERS.period.buckets(TrendStep.WEEK, FILTERS.period.start, FILTERS.period.end))
    scores = [score(5, 4, 4, 3, 3, 2), Withheld(5), score(5, 5, 4, 4, 4), score(5, 5, 5, 5, 4)]
    return tuple(
        BucketResult(week, one, (2,) if number == 2 else ())
        for number, ((_start, week), one) in enumerate(zip(weeks, scores, strict=True))
    )


def locations(names=("Harbour", "Station & <b>Sons</b>", "$x^2$ _{Mill}_")):
    verdicts = [HIGHER, UNKNOWN, LOWER]
    places = [
        LocationResult(f"place-{number}", name, "Coast", score(5, 4, 4, 3, 3), verdicts[number % 3])
        for number, name in enumerate(names)
    ]
    return (
        *places,
        LocationResult("few", "Few", "", Withheld(5)),
        LocationResult("none", "None", "", Empty()),
    )


def question(wording="How long did you wait?"):
    lines = (VersionLine(2, wording, rated(0, 1, 2, 3, 4)), VersionLine(1, "How was the queue?", Withheld(5)))
    return QuestionResult("wait", "speed", wording, rated(1, 2, 3, 4, 5), 2, 1, (), (2,), lines)


def full_report(**changes):
    speed = DimensionResult(
        "speed",
        score(5, 4, 4, 3, 3, 2, 1),
        score(5, 5, 5, 4, 4),
        LOWER,
        Distribution(1, 2, 3, 4, 5),
        trend(),
        locations(),
        (question(),),
    )
    quality = replace(speed, dimension="quality", previous=Withheld(5), change=UNKNOWN, questions=())
    dimensions = (
        quality,
        speed,
        DimensionResult("knowledge", Withheld(5), Empty(), UNKNOWN, Withheld(5)),
        DimensionResult("overall", NotAsked(), Empty(), UNKNOWN),
    )
    report = Report(
        state=ResultState.COMPUTED,
        filters=FILTERS,
        survey_name="Service",
        minimum=5,
        data_version=7,
        counted_at=datetime(2026, 3, 29, 12, 0, tzinfo=UTC),
        responses=40,
        dimensions=dimensions,
        versions=(VersionResult(1, None), VersionResult(2, 33)),
        marks=(
            ChangeMark(date(2026, 3, 13), "Two more <tills>", ("North",), begins_phase=True, number=1),
            VersionMark(date(2026, 3, 16), 2, ("How long did you wait?",), number=2),
            ModeMark(date(2026, 3, 23), "kiosk", is_higher=True, before=0.12, now=0.45, number=3),
        ),
    )
    return replace(report, **changes)


def empty_report():
    return full_report(
        state=ResultState.TOO_FEW, dimensions=(DimensionResult("speed", Withheld(5), Empty(), UNKNOWN),)
    )


def scope(report=None, **changes):
    """As a file of this report says what it is about."""
    told = {
        "survey": "Service",
        "days": "2 to 29 Mar 2026",
        "compared_days": "2 Feb to 1 Mar 2026",
        "chosen": (("Region", ("North", "=South")),),
        "counted_at": "29 Mar 2026, 13:00 (Europe/Prague)",
        "report": report or full_report(),
    }
    return Scope(**{**told, **changes})
