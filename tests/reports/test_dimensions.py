"""Beside tests/reports/test_report.py, which reads whole reports: the order of things, and what bounds them."""

from datetime import date

import pytest

from metrics.comparison import Verdict
from reports.results import Computed, Empty, Withheld
from tests.factories import make_location, make_published, make_survey
from tests.reports.answers import EVERY_DAY, answer, count, counted, of, report

pytestmark = pytest.mark.django_db


def test_locations_come_best_first_and_those_without_answers_last():
    version = make_published()
    for name, rating in (("Low", "2"), ("High", "5"), ("Middle", "3")):
        answer(version, *[rating * 5] * 6, location=make_location(name=name))
    answer(version, *["1" * 5] * 2, location=make_location(name="Few"))
    count()

    ranked = [(place.name, type(place.score)) for place in of(report(), "overall").locations]

    assert ranked == [
        ("High", Computed),
        ("Middle", Computed),
        ("Few", Withheld),
        ("Low", Withheld),
        ("Main", Empty),
    ]


def test_a_trend_shows_the_weeks_without_answers_too():
    counted(make_published(), *["55555"] * 5, on=date(2026, 3, 11))

    trend = of(report("from=2026-03-02&to=2026-03-22&by=week"), "speed").trend

    assert [(bucket.period.start.day, type(bucket.score)) for bucket in trend] == [
        (2, Empty),
        (9, Computed),
        (16, Empty),
    ]


def test_a_trend_of_all_days_begins_and_ends_with_its_answers():
    version = make_published()
    answer(version, *["55555"] * 5, on=date(2025, 11, 5))
    answer(version, *["55555"] * 5, on=date(2026, 1, 5))
    count()

    trend = of(report(EVERY_DAY), "speed").trend

    assert [bucket.period.start for bucket in trend] == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]


def test_only_later_versions_are_marked_as_beginning():
    survey = make_survey()
    counted(make_published(survey), *["55555"] * 5, on=date(2026, 3, 3))
    counted(make_published(survey), *["55555"] * 5, on=date(2026, 3, 17))

    trend = of(report("from=2026-03-02&to=2026-03-22&by=week"), "speed").trend

    assert [bucket.begins for bucket in trend] == [(), (), (2,)]


def test_many_comparisons_raise_fewer_alarms_than_each_alone():
    version = make_published()
    for number in range(12):
        low = 15 if number == 0 else 10  # of twenty: alone it would be below the others
        ratings = ["2" * 5] * low + ["4" * 5] * (20 - low)
        answer(version, *ratings, location=make_location(name=f"Place {number}"))
    count()

    places = {place.name: place.against for place in of(report(), "overall").locations}

    assert 0.001 < places["Place 0"].p_value < 0.05
    assert places["Place 0"].verdict is Verdict.NO_EVIDENCE
