from dataclasses import replace
from datetime import date

import pytest

from metrics.comparison import UNKNOWN, Change, Verdict
from metrics.control import Controlled, Signal
from metrics.dimensions import DimensionSums
from metrics.intervals import Interval
from metrics.ratings import Distribution
from reports import findings
from reports.enums import Comparison, ResultState, TrendStep
from reports.filters import Filters
from reports.periods import Period
from reports.results import (
    BucketResult,
    Computed,
    DimensionResult,
    Empty,
    LocationResult,
    ModeMark,
    QuestionResult,
    Report,
    Withheld,
)

FILTERS = Filters(survey="service", period=Period(date(2026, 3, 1), date(2026, 3, 31)))
LOWER, HIGHER = Change(-0.5, None, 0.01, Verdict.LOWER), Change(0.5, None, 0.01, Verdict.HIGHER)
SAME = Change(0.0, None, 0.9, Verdict.NO_EVIDENCE)


def score(mean):
    return Computed(DimensionSums(6, 6_000_000, 0, 0, 0), mean, None, 0.5, None, 6.0)


def dimension(name, mean, before=None, change=SAME, places=(), **fields):
    return DimensionResult(
        name,
        score(mean),
        Empty() if before is None else score(before),
        change,
        locations=tuple(LocationResult(place, place, "", score(3.0), against) for place, against in places),
        **fields,
    )


def report(*dimensions):
    return Report(
        state=ResultState.COMPUTED, filters=FILTERS, survey_name="Service", minimum=5, dimensions=dimensions
    )


def test_what_changed_is_said_first():
    found = findings.main_findings(
        report(
            dimension("quality", 4.5, 4.1, HIGHER),
            dimension("speed", 3.41, 3.87, LOWER, places=[("Harbour", LOWER), ("Station", HIGHER)]),
            dimension("overall", 4.0, 4.0),
        )
    )

    assert found == [
        "Quality rose from 4.10 to 4.50.",
        "Speed fell from 3.87 to 3.41.",
        "Below the other locations: Harbour (Speed).",
        "Above the other locations: Station (Speed).",
    ]


def test_locations_that_stand_out_most_are_named_and_the_rest_counted():
    places = [(name, LOWER) for name in ("Pier", "Airport", "Mill", "Dock")]
    both = dimension("quality", 4.0, places=[("Mill", LOWER)]), dimension("speed", 3.0, places=places)

    found = findings.main_findings(report(*both))

    assert found[-1] == "Below the other locations: Mill, Airport (Speed), Dock (Speed) and 1 more."


def test_no_change_is_said_too():
    assert findings.main_findings(report(dimension("speed", 3.0, 3.0))) == [
        "No score has clearly changed since the days before."
    ]
    assert findings.main_findings(report(dimension("speed", 3.0, change=UNKNOWN))) == [
        "There are too few earlier answers to compare with."
    ]
    assert findings.main_findings(report()) == []


CHOSEN = Period(date(2025, 5, 1), date(2025, 5, 31))


@pytest.mark.parametrize(
    ("compare", "chosen_days", "rose", "same", "few"),
    [
        (
            Comparison.YEAR,
            None,
            "Speed rose from 3.00 a year before to 4.00.",
            "No score clearly differs from that in 1 Mar to 31 Mar 2025.",
            "There are too few answers in 1 Mar to 31 Mar 2025 to compare with.",
        ),
        (
            Comparison.CHOSEN,
            CHOSEN,
            "Speed is higher than in 1 May to 31 May 2025: 4.00 against 3.00.",
            "No score clearly differs from that in 1 May to 31 May 2025.",
            "There are too few answers in 1 May to 31 May 2025 to compare with.",
        ),
    ],
)
def test_sentences_say_what_was_compared_with(compare, chosen_days, rose, same, few):
    filters = replace(FILTERS, compare=compare, chosen_days=chosen_days)
    told = [
        findings.main_findings(replace(report(one), filters=filters))
        for one in (
            dimension("speed", 4.0, 3.0, HIGHER),
            dimension("speed", 4.0, 3.9),
            dimension("speed", 4.0, change=UNKNOWN),
        )
    ]

    assert told == [[rose], [same], [few]]


def test_where_nothing_is_compared_no_change_is_told():
    alone = replace(
        report(dimension("speed", 4.0, change=UNKNOWN)), filters=replace(FILTERS, compare=Comparison.NONE)
    )

    assert findings.main_findings(alone) == ["Nothing stands out."]
    assert findings.trend_finding(alone) == "Nothing stands out in the trend"


def test_the_means_name_highest_and_lowest():
    one, other = dimension("quality", 4.51), dimension("speed", 3.41)

    assert findings.means_finding(report(one, other)) == "Quality (4.51) scores highest, Speed (3.41) lowest"
    assert findings.means_finding(report(one)) == "Quality scores 4.51 of 5"


def test_the_distribution_names_where_most_ratings_are_low():
    one = dimension("quality", 4.5, ratings=Distribution(1, 0, 0, 0, 9))
    other = dimension("speed", 3.4, ratings=Distribution(2, 1, 0, 0, 7))
    hidden = dimension("overall", 1.0, ratings=Withheld(5))

    assert (
        findings.distribution_finding(report(one, other, hidden)) == "Speed: 30 % of the ratings are 1 or 2"
    )


def test_the_trend_says_what_changed():
    changed = dimension("speed", 3.41, 3.87, LOWER)

    assert (
        findings.trend_finding(report(changed, dimension("quality", 4.0, 4.0)))
        == "Speed fell from 3.87 to 3.41"
    )
    assert findings.trend_finding(report(dimension("quality", 4.0, 4.0))) == (
        "No score has clearly changed since the days before"
    )


@pytest.mark.parametrize(
    ("places", "finding"),
    [
        ([("A", HIGHER), ("B", SAME), ("C", LOWER), ("D", LOWER)], "Overall: D and C below the others"),
        ([("A", HIGHER), ("B", SAME)], "Overall: A above the others"),
        ([("A", SAME), ("B", SAME)], "Overall: no location clearly differs from the others"),
    ],
)
def test_the_ranking_names_who_stands_out(places, finding):
    assert findings.locations_finding(report(dimension("overall", 4.0, places=places))) == finding


def test_the_questions_name_the_lowest():
    question = QuestionResult("wait", "speed", "How long?", score(3.2), 0, 0, (), (), ())
    better = replace(question, key="care", wording="How kind?", score=score(4.0))

    found = findings.questions_finding(report(dimension("speed", 3.4, questions=(better, question))))

    assert found == "Lowest with 3.20: “How long?”"


def test_without_a_score_every_title_says_so():
    empty = report(DimensionResult("speed", Withheld(5), Empty(), UNKNOWN))
    titles = [
        findings.means_finding,
        findings.distribution_finding,
        findings.trend_finding,
        findings.locations_finding,
        findings.questions_finding,
    ]

    assert [title(empty) for title in titles] == [
        "There is no score to show",
        "There are no ratings to show",
        "There is no trend to show",
        "There are no locations to compare",
        "There is no question to show",
    ]


def controlled(*signals):
    weeks = FILTERS.period.buckets(TrendStep.WEEK, FILTERS.period.start, FILTERS.period.end)
    return tuple(
        BucketResult(week, score(4.0), control=Controlled(4.0, Interval(3.5, 4.5), signal))
        for (_start, week), signal in zip(weeks, signals, strict=False)
    )


def test_the_latest_signal_of_each_dimension_is_said():
    trend = controlled(Signal.ABOVE, None, Signal.BELOW, None)

    found = findings.main_findings(report(dimension("speed", 4.0, trend=trend)))

    assert found[1] == "Speed, 9 Mar to 15 Mar 2026: below the limits."


def test_the_latest_shift_of_the_modes_is_a_warning():
    shift = ModeMark(date(2026, 3, 9), "kiosk", is_higher=True, before=0.12, now=0.45)
    earlier = replace(shift, day=date(2026, 3, 2), mode="link")

    found = findings.main_findings(replace(report(dimension("speed", 4.0, 4.0)), marks=(earlier, shift)))

    assert found[1] == (
        "9 Mar 2026: more answers by kiosk: 12 % before, 45 % now. Scores of different modes do not compare."
    )


def test_a_run_is_one_signal():
    trend = controlled(Signal.RUN_BELOW, Signal.RUN_BELOW, Signal.RUN_BELOW, Signal.ABOVE, Signal.ABOVE)

    found = findings.signals(dimension("speed", 4.0, trend=trend))

    assert [one.control.signal for one in found] == [Signal.RUN_BELOW, Signal.ABOVE, Signal.ABOVE]
