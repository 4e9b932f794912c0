"""Beside tests/reports/test_report.py, which reads whole reports."""

import pytest

from metrics.ratings import Distribution
from reports.results import Computed, Withheld
from surveys.enums import Dimension
from tests.factories import make_location, make_published, make_survey
from tests.reports.answers import answer, count, counted, of, report

pytestmark = pytest.mark.django_db


def test_a_dimensions_ratings_are_those_of_all_its_questions():
    version = make_published(questions=(("wait", Dimension.SPEED), ("queue", Dimension.SPEED)))
    counted(version, *["51"] * 6)

    speed = of(report(), "speed")

    assert speed.ratings == Distribution(n1=6, n5=6)
    assert [question.score.ratings for question in speed.questions] == [
        Distribution(n5=6),
        Distribution(n1=6),
    ]


def test_without_ratings_a_dimension_has_no_distribution():
    counted(make_published(questions=(("wait", Dimension.SPEED),)), *["x"] * 6)

    assert of(report(), "speed").ratings is None


def test_questions_keep_the_latest_order_and_dropped_ones_come_last():
    survey = make_survey()
    old = (("a", Dimension.SPEED), ("b", Dimension.SPEED), ("c", Dimension.SPEED))
    counted(make_published(survey, old), *["555"] * 6)
    counted(make_published(survey, (old[2], old[0])), *["55"] * 6)

    assert [question.key for question in of(report(), "speed").questions] == ["c", "a", "b"]


def test_a_versions_part_is_withheld_when_it_is_small_and_the_other_with_it():
    survey = make_survey()
    question = (("wait", Dimension.SPEED),)
    counted(make_published(survey, question), *"5555555")
    counted(make_published(survey, question), *"11")

    (wait,) = of(report(), "speed").questions

    assert isinstance(wait.score, Computed)
    assert [(line.number, type(line.score)) for line in wait.lines] == [(2, Withheld), (1, Withheld)]


def test_a_question_is_withheld_where_the_filters_leave_out_too_few_of_it():
    version = make_published(questions=(("wait", Dimension.SPEED), ("queue", Dimension.SPEED)))
    mine, other = make_location(code="mine"), make_location()
    answer(version, *["55"] * 9, location=mine)
    answer(version, *["11"] * 2, *["x1"] * 7, location=other)
    count()

    assert {type(question.score) for question in of(report(), "speed").questions} == {Computed}
    assert {type(question.score) for question in of(report("location=mine"), "speed").questions} == {Withheld}
