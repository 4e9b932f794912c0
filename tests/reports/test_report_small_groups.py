"""What one report tells beside its scores leaves no small group to be worked out."""

import random
from datetime import date, timedelta

import pytest

from reports.results import Computed, Withheld
from surveys.enums import Dimension, Mode
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


def test_responses_are_not_told_where_the_rest_answered_another_version():
    survey = make_survey()
    here, there = make_location(code="here"), make_location(code="there")
    answer(make_published(survey), *["55555"] * 20, location=here)
    answer(make_published(survey), *["55555"] * 3, location=there)
    count()

    assert [report(query).responses for query in ("", "location=here")] == [23, None]


def test_responses_are_not_told_where_a_choice_by_another_facet_has_a_few_of_another_version_more():
    survey = make_survey()
    here, there = make_location(code="here"), make_location(code="there")
    first, second = make_published(survey), make_published(survey)
    answer(first, *["55555"] * 20, location=here, mode=Mode.LINK)
    answer(second, *["55555"] * 3, location=here, mode=Mode.KIOSK)
    answer(first, *["55555"] * 20, location=there, mode=Mode.KIOSK)
    count()

    assert [report(query).responses for query in ("location=here", "mode=link")] == [23, None]


def test_a_question_is_withheld_where_those_left_out_answered_another_version():
    survey, questions = make_survey(), (("wait", Dimension.SPEED), ("pace", Dimension.SPEED))
    here, there = make_location(code="here"), make_location(code="there")
    first, second, _latest = (make_published(survey, questions) for _version in range(3))
    answer(first, *["44"] * 20, location=here)
    answer(second, *["44"] * 3, *["4-"] * 17, location=there)
    count()

    pace = [
        next(one for one in of(report(query), "speed").questions if one.key == "pace").score
        for query in ("", "location=here")
    ]
    assert pace[0].n == 23
    assert isinstance(pace[1], Withheld)


@pytest.fixture
def kiosk_with_the_second_version():
    """All by the kiosk answered the second version, and a few by the link."""
    survey, questions = make_survey(), (("whole", Dimension.OVERALL),)
    first, second = (make_published(survey, questions) for _version in range(2))
    answer(first, *["4"] * 20, mode=Mode.LINK)
    answer(second, *["4"] * 3, mode=Mode.LINK)
    answer(second, *["4"] * 20, mode=Mode.KIOSK)
    return first


def versions_told(found):
    """Responses of each version, and of its part of the question."""
    [question] = of(found, "overall").questions
    lines = {line.number: line.score for line in question.lines}
    parts = [getattr(score, "n", None) for _number, score in sorted(lines.items())]
    return [one.responses for one in found.versions], parts


def test_versions_are_not_told_where_a_mode_has_nearly_all_of_one_and_nothing_of_the_others(
    kiosk_with_the_second_version,
):
    count()

    assert versions_told(report()) == ([None, None], [None, None])
    assert report("mode=kiosk").responses == 20


def test_versions_are_told_where_the_mode_that_has_nearly_all_of_one_has_enough_of_the_others(
    kiosk_with_the_second_version,
):
    answer(kiosk_with_the_second_version, *["4"] * 20, mode=Mode.KIOSK)
    count()

    assert versions_told(report()) == ([40, 23], [40, 23])


def test_responses_of_a_dimension_are_not_told_where_a_version_does_not_ask_about_it():
    survey = make_survey()
    first = make_published(survey, questions=(("whole", Dimension.OVERALL),))
    second = make_published(survey, questions=(("whole", Dimension.OVERALL), ("wait", Dimension.SPEED)))
    answer(first, *["4"] * 3)
    answer(second, *["44"] * 20)
    count()

    assert [report(query).responses for query in ("", "dimension=speed", "dimension=overall")] == [
        23,
        None,
        23,
    ]


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


@pytest.fixture
def blank_elsewhere():
    """All rated overall in one place; in another a few left it blank, so that there its score tells nothing of them."""
    version = make_published()
    answer(version, *["55554"] * 18, *["5555-"] * 6, location=make_location(code="big"))
    answer(version, *["5555-"] * 3, location=make_location(code="small"))
    count()
    return version


def test_blank_answers_are_not_counted_where_they_would_tell_how_many_responses_there_are(blank_elsewhere):
    everywhere, big = (report(query) for query in ("", "location=big"))

    [all_of_it], [there] = (of(one, "overall").questions for one in (everywhere, big))
    assert (everywhere.responses, all_of_it.score.n, all_of_it.blank, all_of_it.not_applicable) == (
        27,
        18,
        9,
        0,
    )
    assert (big.responses, there.score.n, there.blank, there.not_applicable) == (None, 18, None, None)


def test_blank_answers_are_not_counted_where_they_would_tell_how_many_answered_a_version():
    survey = make_survey()
    first = make_published(survey, questions=(("whole", Dimension.OVERALL),))
    second = make_published(survey, questions=(("whole", Dimension.OVERALL), ("wait", Dimension.SPEED)))
    answer(first, *["4"] * 3)
    answer(second, *["44"] * 20, *["4-"] * 6)
    count()

    found = report()

    blank = {question.key: question.blank for one in found.dimensions for question in one.questions}
    assert [one.responses for one in found.versions] == [None, None]
    assert blank == {"whole": 0, "wait": None}


def test_in_a_choice_of_several_locations_a_question_needs_enough_in_each_of_them():
    """Less the report of the one, it would be that of the other."""
    version = make_published(
        questions=(("whole", Dimension.OVERALL), ("wait", Dimension.SPEED), ("pace", Dimension.SPEED))
    )
    for code, rated, blank in (("a", 20, 0), ("b", 40, 0), ("c", 3, 17), ("d", 30, 0)):
        answer(version, *["444"] * rated, *["44-"] * blank, location=make_location(code=code))
    count()

    pace = {
        query: next(one for one in of(report(query), "speed").questions if one.key == "pace").score
        for query in ("location=a", "location=a&location=b", "location=a&location=c")
    }

    assert [score.n for score in pace.values() if isinstance(score, Computed)] == [20, 60]
    assert isinstance(pace["location=a&location=c"], Withheld)


def test_a_choice_of_several_locations_gives_way_to_a_mode():
    version = make_published(questions=(("whole", Dimension.OVERALL),))
    for code, kiosk, link in (("a", 20, 0), ("b", 3, 40), ("c", 20, 0)):
        place = make_location(code=code)
        answer(version, *["4"] * kiosk, location=place, mode=Mode.KIOSK)
        answer(version, *["4"] * link, location=place, mode=Mode.LINK)
    count()

    assert report("mode=kiosk").responses == 43
    assert report("location=a&location=c").responses is None
    assert isinstance(of(report("location=a&location=c"), "overall").score, Withheld)
