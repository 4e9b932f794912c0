"""Questions with and without flagged answers, through the page's own result."""

import random
from statistics import mean

import pytest

from reports.flagged.result import flagged_result
from reports.results import Computed, Withheld
from surveys.enums import Dimension, Flag, Mode
from surveys.models import Response
from tests.factories import make_location, make_published
from tests.reports.answers import answer, asked, count

pytestmark = pytest.mark.django_db


def questions(query="period=all"):
    return {one.key: one for one in flagged_result(asked(query)).questions}


def told(one):
    return one.flagged is not None and isinstance(one.without, Computed)


def test_with_and_without_equal_a_plain_computation():
    chance, version = random.Random(4), make_published()
    for flags, n in ((0, 40), (Flag.TOO_FAST, 15)):
        answer(
            version, *["".join(chance.choice("12345") for _at in range(5)) for _time in range(n)], flags=flags
        )
    count()
    rated = list(Response.objects.values_list("ratings", "flags"))

    found = questions()

    for question in version.questions.select_related("measure").exclude(measure__dimension=""):
        at, one = question.position - 1, found[question.measure.key]
        flagged = [int(ratings[at]) for ratings, flags in rated if flags]
        rest = [int(ratings[at]) for ratings, flags in rated if not flags]
        assert (one.everything.n, one.without.n, one.flagged) == (55, 40, 15)
        assert one.without.mean == pytest.approx(mean(rest))
        assert one.change.difference == pytest.approx(mean(flagged + rest) - mean(rest))
        assert one.change.interval.low < one.change.difference < one.change.interval.high


@pytest.mark.parametrize(("plain", "flagged"), [(40, 4), (4, 40)])
def test_neither_a_few_flagged_nor_a_few_others_are_told(plain, flagged):
    version = make_published()
    answer(version, *["54321"] * plain)
    answer(version, *["11111"] * flagged, flags=Flag.TOO_FAST)
    count()

    assert {one.without for one in questions().values()} == {Withheld(5)}
    assert {one.flagged for one in questions().values()} == {None}


def test_a_question_that_a_few_of_the_flagged_rated_is_not_told_alone():
    """Of two questions of one dimension one alone could be worked out from the other."""
    version = make_published(questions=(("wait", Dimension.SPEED), ("served", Dimension.SPEED)))
    answer(version, *["55"] * 20)
    answer(version, *["11"] * 3, *["-1"] * 9, flags=Flag.TOO_FAST)
    count()

    found = questions()

    assert (told(found["wait"]), told(found["served"])) == (False, False)
    assert (found["wait"].everything.n, found["served"].everything.n) == (23, 32)
    assert flagged_result(asked("period=all")).dimensions[0].flagged == 12


def test_no_flagged_or_other_group_of_a_question_is_small_inside_or_outside_a_filter():
    chance, version = random.Random(7), make_published()
    places = [make_location(code=f"place-{at}") for at in range(4)]
    for _time in range(120):
        ratings = "".join(chance.choice("12345--") for _at in range(5))
        flags = Flag.TOO_FAST if chance.random() < 0.3 else 0
        mode = chance.choice([Mode.LINK, Mode.KIOSK])
        answer(version, ratings, location=chance.choice(places), mode=mode, flags=flags)
    count()
    everywhere = questions()
    shown = 0

    for query in [f"location={one.code}" for one in places] + ["mode=kiosk"]:
        for key, one in questions(f"period=all&{query}").items():
            if told(one) and told(everywhere[key]):
                shown += 1
                groups = (one.flagged, one.without.n)
                others = everywhere[key].flagged - one.flagged, everywhere[key].without.n - one.without.n
                assert not any(0 < n < 5 for n in (*groups, *others))
    assert shown > 5
