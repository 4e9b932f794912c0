"""What one report tells beside its scores leaves no small group to be worked out."""

import random
from datetime import date, timedelta

import pytest

from reports.results import Computed
from surveys.enums import Dimension
from tests.factories import make_location, make_published, make_survey
from tests.reports.answers import answer, count, of, report

pytestmark = pytest.mark.django_db


def test_responses_are_not_told_where_the_rest_would_be_a_small_group():
    version = make_published()
    for code, number in (("big", 20), ("middle", 8), ("small", 3)):
        answer(version, *["55555"] * number, location=make_location(code=code))
    count()

    told = {
        query: (found.responses, [one.responses for one in found.versions])
        for query in ("", "location=big", "location=big&location=middle", "location=middle", "location=small")
        for found in [report(query)]
    }

    assert told == {
        "": (31, [31]),
        "location=big": (20, [20]),
        "location=big&location=middle": (None, [None]),
        "location=middle": (None, [None]),
        "location=small": (None, [None]),
    }


def test_versions_are_not_told_where_one_of_them_leaves_a_small_group():
    survey = make_survey()
    here, there = make_location(code="here"), make_location(code="there")
    for number in (3, 9):
        version = make_published(survey)
        answer(version, *["55555"] * 9, location=here)
        answer(version, *["55555"] * number, location=there)
    count()

    told = [
        (found.responses, [one.responses for one in found.versions])
        for found in (report(), report("location=here"))
    ]

    assert told == [(30, [12, 18]), (18, [None, None])]


@pytest.mark.parametrize("by", ["week", "month"])
@pytest.mark.parametrize("seed", range(4))
def test_days_taken_from_a_shown_week_or_month_leave_no_small_group(seed, by):
    chance = random.Random(seed)
    version = make_published(questions=(("whole", Dimension.OVERALL),))
    for day in range(56):
        number = chance.choice([0, 2, 3, 6, 9, 12])
        answer(version, *["4"] * number, on=date(2026, 2, 2) + timedelta(days=day))
    count()

    fine, coarse = (of(report(f"from=2026-02-02&to=2026-03-29&by={step}"), "overall") for step in ("day", by))

    days = {day.period.start: day.score.n for day in fine.trend if isinstance(day.score, Computed)}
    shown = [one for one in coarse.trend if isinstance(one.score, Computed)]
    rest = [
        one.score.n - sum(n for day, n in days.items() if one.period.start <= day <= one.period.end)
        for one in shown
    ]
    assert days
    assert shown
    assert [n for n in rest if 0 < n < 5] == []
