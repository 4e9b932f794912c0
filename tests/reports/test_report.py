"""The whole way: responses are stored, counted and read; the numbers are compared with a plain computation."""

import random
from collections import defaultdict
from datetime import date, timedelta
from statistics import mean

import pytest

from metrics.comparison import Verdict
from organisation.models import Organisation
from reports.enums import ResultState
from reports.results import Computed, Empty, NotAsked, Withheld
from surveys.enums import Continuity, Dimension, Mode
from tests.factories import (
    make_draft,
    make_location,
    make_member,
    make_published,
    make_question,
    make_region,
    make_survey,
    make_touchpoint,
)
from tests.reports.answers import EVERY_DAY, administrator, answer, answer_all, count, counted, of, report

pytestmark = pytest.mark.django_db


def weighted_survey():
    """Two questions of quality, the second of double weight; one of speed that says something bad."""
    draft = make_draft(questions=())
    make_question(draft, 1, key="care", dimension=Dimension.QUALITY)
    make_question(draft, 2, key="result", dimension=Dimension.QUALITY, weight=2)
    make_question(draft, 3, key="waiting", dimension=Dimension.SPEED, is_reversed=True)
    return make_published(draft=draft)


def plain_scores(ratings):
    """Each response's (mean, share of 4s and 5s) of quality and of speed, worked out by hand."""
    scores = defaultdict(list)
    for care, result, waiting in ratings:
        given = [(int(sign), weight) for sign, weight in ((care, 1), (result, 2)) if sign.isdigit()]
        if given:
            whole = sum(weight for _rating, weight in given)
            scores["quality"].append(
                (
                    sum(rating * weight for rating, weight in given) / whole,
                    sum(weight for rating, weight in given if rating >= 4) / whole,
                )
            )
        if waiting.isdigit():
            turned = 6 - int(waiting)
            scores["speed"].append((turned, float(turned >= 4)))
    return scores


def random_answers(seed, places, days=60):
    chance = random.Random(seed)
    for _number in range(chance.randint(120, 200)):
        yield {
            "ratings": "".join(chance.choice("12345555x-") for _question in range(3)),
            "location": chance.choice(places["location"]),
            "touchpoint": chance.choice(places["touchpoint"]),
            "mode": chance.choice([Mode.LINK, Mode.KIOSK]),
            "on": date(2026, 3, 31) - timedelta(days=chance.randrange(days)),
        }


def make_places():
    return {
        "location": [make_location(code=code) for code in ("harbour", "station")],
        "touchpoint": [make_touchpoint(code=code) for code in ("till", "desk")],
    }


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("", lambda _answer: True),
        ("location=harbour", lambda answer: answer["location"].code == "harbour"),
        ("touchpoint=till&mode=kiosk", lambda a: (a["touchpoint"].code, a["mode"]) == ("till", "kiosk")),
        (
            "from=2026-03-08&to=2026-03-20",
            lambda answer: date(2026, 3, 8) <= answer["on"] <= date(2026, 3, 20),
        ),
    ],
)
def test_scores_equal_a_plain_computation(query, passes):
    version = weighted_survey()
    answers = list(random_answers(7, make_places()))
    for one in answers:
        answer(version, one["ratings"], **{key: one[key] for key in ("location", "touchpoint", "mode", "on")})
    count()

    found = report(query)

    expected = plain_scores(one["ratings"] for one in answers if passes(one))
    for dimension, scores in expected.items():
        score = of(found, dimension).score
        assert score.n == len(scores)
        assert score.mean == pytest.approx(mean(one for one, _share in scores), abs=1e-6)
        assert score.share == pytest.approx(mean(share for _mean, share in scores), abs=1e-6)


def test_weeks_and_locations_add_up_to_the_total():
    version = weighted_survey()
    places = make_places()
    answer_all(version, random_answers(3, places, days=20))
    count()

    quality = of(report("period=30&by=week"), "quality")

    assert (
        sum(bucket.score.n for bucket in quality.trend if isinstance(bucket.score, Computed))
        == quality.score.n
    )
    assert (
        sum(place.score.n for place in quality.locations if isinstance(place.score, Computed))
        == quality.score.n
    )
    assert [place.code for place in quality.locations if isinstance(place.score, Empty)] == ["main"]


def test_change_is_against_as_many_days_before():
    version = make_published()
    answer(version, *["2" * 5, "3" * 5] * 10, on=date(2026, 2, 20))
    answer(version, *["4" * 5, "5" * 5] * 10, on=date(2026, 3, 20))
    count()

    speed = of(report("from=2026-03-01&to=2026-03-31"), "speed")

    assert (speed.previous.mean, speed.score.mean) == (2.5, 4.5)
    assert speed.change.difference == pytest.approx(2.0)
    assert speed.change.verdict is Verdict.HIGHER


def test_a_location_is_compared_with_the_others_together():
    version = make_published()
    good, bad = make_location(name="Good"), make_location(name="Bad")
    answer(version, *["55555", "44444"] * 10, location=good)
    answer(version, *["11111", "22222"] * 10, location=bad)
    count()

    found = [(place.name, place.against.verdict) for place in of(report(), "overall").locations]

    assert found == [("Good", Verdict.HIGHER), ("Bad", Verdict.LOWER), ("Main", Verdict.TOO_FEW)]


def test_what_is_not_enough_is_withheld_everywhere():
    version = make_published()
    counted(version, *["54321"] * 4)

    found = report()

    assert found.state is ResultState.TOO_FEW
    assert found.responses is None
    assert {type(result.score) for result in found.dimensions} == {Withheld}
    assert [result.trend for result in found.dimensions] == [()] * 5
    assert [result.locations for result in found.dimensions] == [()] * 5
    assert {type(question.score) for result in found.dimensions for question in result.questions} == {
        Withheld
    }
    assert {type(result.ratings) for result in found.dimensions} == {Withheld}


def test_the_organisation_sets_the_minimum():
    version = make_published()
    counted(version, *["54321"] * 4)
    Organisation.objects.update(minimum_group=4)

    assert report().state is ResultState.COMPUTED


def test_the_location_beside_a_small_one_is_withheld_on_every_report():
    version = make_published()
    big, middle, small = (make_location(code=code) for code in ("big", "middle", "small"))
    answer(version, *["55555"] * 20, location=big)
    answer(version, *["44444"] * 8, location=middle)
    answer(version, *["11111"] * 2, location=small)
    count()

    ranked = {place.code: type(place.score) for place in of(report(), "speed").locations}

    assert ranked == {"big": Computed, "middle": Withheld, "small": Withheld, "main": Empty}
    assert report("location=big").state is ResultState.COMPUTED
    assert report("location=middle").state is ResultState.TOO_FEW
    assert report("location=big&location=middle").state is ResultState.TOO_FEW
    assert report("location=small&location=middle").state is ResultState.COMPUTED


def test_a_week_beside_a_small_one_is_withheld():
    version = make_published()
    for number, day in ((9, 3), (6, 10), (2, 17)):
        answer(version, *["33333"] * number, on=date(2026, 3, day))
    count()

    trend = of(report("from=2026-03-02&to=2026-03-22&by=week"), "overall").trend

    assert [type(bucket.score) for bucket in trend] == [Computed, Withheld, Withheld]


def test_a_version_with_too_few_answers_hides_the_question_it_dropped():
    survey = make_survey()
    both = (("wait", Dimension.SPEED), ("queue", Dimension.SPEED))
    counted(make_published(survey, both), *["52"] * 20)
    counted(make_published(survey, both[:1]), *["1"] * 2)

    speed = of(report(), "speed")

    assert speed.score.n == 22
    assert {question.key: type(question.score) for question in speed.questions} == {
        "wait": Withheld,
        "queue": Withheld,
    }
    assert isinstance(speed.ratings, Withheld)


def random_rows(chance, questions, places):
    for place in places:
        for _response in range(chance.choice([0, 1, 3, 5, 8])):
            yield {
                "ratings": "".join(chance.choice("135x") for _question in range(questions)),
                "location": place,
                "on": date(2026, 3, 1) + timedelta(days=chance.randrange(28)),
            }


@pytest.mark.parametrize("seed", range(8))
def test_no_numbers_of_one_report_give_a_small_group_by_subtraction(seed):
    chance = random.Random(seed)
    survey = make_survey()
    questions = (("wait", Dimension.SPEED), ("queue", Dimension.SPEED), ("whole", Dimension.OVERALL))
    versions = [make_published(survey, questions), make_published(survey, questions[chance.randrange(2) :])]
    region = make_region()
    places = [make_location(region=chance.choice([region, None])) for _place in range(5)]
    for version in versions:
        answer_all(version, random_rows(chance, version.questions.count(), places))
    count()

    found = report("from=2026-03-01&to=2026-03-31&by=week")

    for result in found.computed:
        for parts in (result.trend, result.locations):
            shown = [part.score.n for part in parts if isinstance(part.score, Computed)]
            assert min(shown, default=5) >= 5
            assert result.score.n - sum(shown) not in range(1, 5)
        for question in result.questions:
            if isinstance(question.score, Computed):
                lines = [line.score.n for line in question.lines if isinstance(line.score, Computed)]
                assert question.score.n >= 5
                assert not lines or question.score.n - sum(lines) not in range(1, 5)


def test_what_the_survey_does_not_ask_is_not_asked():
    counted(make_published(questions=(("wait", Dimension.SPEED),)), *["5"] * 5)

    states = {result.dimension: type(result.score) for result in report().dimensions}

    assert states == {
        "quality": NotAsked,
        "speed": Computed,
        "convenience": NotAsked,
        "knowledge": NotAsked,
        "overall": NotAsked,
    }


def test_nothing_counted_is_empty_and_then_computing():
    version = make_published()
    assert report(EVERY_DAY).state is ResultState.EMPTY

    answer(version, "55555")

    found = report(EVERY_DAY)
    assert (found.state, found.waiting) == (ResultState.COMPUTING, 1)


def test_late_answers_wait_beside_the_scores():
    version = make_published()
    counted(version, *["55555"] * 5)
    answer(version, "11111")

    found = report()

    assert (found.state, found.waiting, found.responses) == (ResultState.COMPUTED, 1, 5)


def test_a_new_wording_goes_on_and_a_new_question_begins():
    survey = make_survey()
    counted(make_published(survey, (("wait", Dimension.SPEED),)), *["4"] * 6, on=date(2026, 3, 2))
    draft = make_draft(survey, questions=())
    text, changed = "How long did you wait?", Continuity.NEW_WORDING
    make_question(draft, 1, key="wait", dimension=Dimension.SPEED, text=text, continuity=changed)
    make_question(draft, 2, key="queue", dimension=Dimension.SPEED)
    counted(make_published(draft=draft), *["25"] * 6, on=date(2026, 3, 16))

    found = report("from=2026-03-01&to=2026-03-31&by=week")

    wait, queue = of(found, "speed").questions
    assert (wait.wording, wait.new_wording_since, wait.not_asked_in) == (text, (2,), ())
    assert [(line.number, line.wording, line.score.mean) for line in wait.lines] == [
        (2, text, 2.0),
        (1, "How was the wait?", 4.0),
    ]
    assert (wait.score.n, wait.score.mean) == (12, 3.0)
    assert (queue.new_wording_since, queue.not_asked_in, queue.lines) == ((), (1,), ())
    assert [(version.number, version.responses) for version in found.versions] == [(1, 6), (2, 6)]
    assert [bucket.begins for bucket in of(found, "speed").trend] == [(), (), (), (2,), (), ()]


def test_does_not_apply_and_blank_are_counted_beside_the_ratings():
    counted(make_published(questions=(("wait", Dimension.SPEED),)), *["5"] * 6, "x", "x", "-")

    (wait,) = of(report(), "speed").questions

    assert (wait.score.n, wait.not_applicable, wait.blank) == (6, 2, 1)
    assert report().responses == 9


def test_a_manager_reads_own_locations_only():
    version = make_published()
    mine, other = make_location(code="mine"), make_location(code="other")
    answer(version, *["55555"] * 6, location=mine)
    answer(version, *["11111"] * 6, location=other)
    count()

    found = report("", make_member(locations=[mine]))

    assert of(found, "overall").score.mean == 5.0
    assert [place.code for place in of(found, "overall").locations] == ["mine"]
    assert found.responses == 6
    assert report("", administrator()).responses == 12


def test_a_manager_of_nowhere_reads_nothing():
    counted(make_published(), *["55555"] * 6)

    assert report("", make_member()).state is ResultState.EMPTY


@pytest.mark.parametrize("places", [1, 3])
def test_reading_takes_the_same_queries_however_many_places(places, django_assert_num_queries):
    version = make_published()
    for _place in range(places):
        answer(version, *["54321"] * 6, location=make_location())
    count()
    member = administrator()

    with django_assert_num_queries(9):
        report("mode=link&stage=after_purchase", member)
