import random
from datetime import date
from statistics import mean

import pytest
from scipy import stats

from metrics.comparison import Verdict
from reports.flagged import counted
from reports.flagged.result import flagged_result
from reports.results import Computed, Empty, Withheld
from surveys.enums import Flag, Mode
from surveys.models import Response
from tests.factories import make_location, make_member, make_published
from tests.reports.answers import IN_MARCH, answer, asked, count

pytestmark = pytest.mark.django_db


def result(query="", member=None):
    return flagged_result(asked(query, member))


def overall(query="", member=None):
    return next(one for one in result(query, member).dimensions if one.dimension == "overall")


@pytest.fixture
def version():
    """At one place 30 plain answers and 12 straight lines of 5s; at another 20 and none."""
    chance, version = random.Random(8), make_published()
    here, there = make_location(code="here"), make_location(code="there")
    plain = ["".join(chance.choice("1234") for _question in range(5)) for _response in range(30)]
    answer(version, *plain, location=here)
    answer(version, *["55555"] * 12, location=here, flags=Flag.STRAIGHT_LINE)
    answer(version, *["23432"] * 20, location=there, mode=Mode.KIOSK)
    count()
    return version


def test_with_and_without_equal_a_plain_computation(version):
    rated = list(Response.objects.values_list("ratings", "flags"))
    flagged = [int(ratings[4]) for ratings, flags in rated if flags]
    rest = [int(ratings[4]) for ratings, flags in rated if not flags]

    one = overall()

    assert (one.everything.n, one.without.n, one.flagged) == (62, 50, 12)
    assert one.everything.mean == pytest.approx(mean(flagged + rest))
    assert one.without.mean == pytest.approx(mean(rest))
    assert one.change.difference == pytest.approx(mean(flagged + rest) - mean(rest))
    assert one.change.verdict is Verdict.HIGHER


def test_the_interval_is_welchs_times_the_share():
    version, chance = make_published(), random.Random(3)
    sides = {flags: [chance.choice("12345") * 5 for _response in range(n)] for flags, n in ((0, 40), (2, 15))}
    for flags, ratings in sides.items():
        answer(version, *ratings, flags=flags)
    count()

    one = overall()

    welch = stats.ttest_ind(*([int(signs[0]) for signs in sides[flags]] for flags in (2, 0)), equal_var=False)
    low, high = (15 / 55 * end for end in welch.confidence_interval())
    assert (one.change.interval.low, one.change.interval.high) == pytest.approx((low, high))
    assert one.change.p_value == pytest.approx(welch.pvalue)


def test_where_none_is_flagged_nothing_differs(version):
    one = overall("location=there")

    assert (one.flagged, one.without, one.change.difference) == (0, one.everything, None)


def test_reasons_are_counted_once_for_each_flag(version):
    answer(
        version,
        *["11111"] * 6,
        location=Response.objects.first().location,
        flags=Flag.STRAIGHT_LINE | Flag.TOO_FAST,
    )
    count()

    told = result()

    assert (told.responses, told.reasons) == (18, ((Flag.STRAIGHT_LINE, 18), (Flag.TOO_FAST, 6)))


def test_a_reason_of_a_few_is_not_counted_out(version):
    answer(version, "11111", "22222", location=Response.objects.first().location, flags=Flag.TOO_FAST)
    count()

    told = result()

    # 12 of 14 would say that 2 have the other.
    assert told.responses == 14
    assert dict(told.reasons) == {Flag.STRAIGHT_LINE: None, Flag.TOO_FAST: None}


def test_a_reason_that_all_have_tells_of_nobody_else(version):
    answer(
        version,
        *["11111"] * 2,
        location=Response.objects.first().location,
        flags=Flag.STRAIGHT_LINE | Flag.TOO_FAST,
    )
    answer(version, *["22222"] * 9, location=Response.objects.first().location, flags=Flag.REPEATED)
    count()

    told = result()

    # The 2 are hidden with those of another reason, which alone tell of no few.
    assert told.responses == 23
    assert dict(told.reasons) == {Flag.STRAIGHT_LINE: 14, Flag.TOO_FAST: None, Flag.REPEATED: None}


def test_a_reason_that_all_but_a_few_have_is_not_counted_out(version):
    place = Response.objects.first().location
    answer(version, *["11111"] * 5, location=place, flags=Flag.STRAIGHT_LINE | Flag.TOO_FAST)
    answer(version, *["22222"] * 2, location=place, flags=Flag.TOO_FAST)
    count()

    told = result()

    # 17 of 19 have the one: 2 would be known to have nothing but the other.
    assert (told.responses, told.reasons) == (19, ((Flag.STRAIGHT_LINE, None), (Flag.TOO_FAST, None)))


@pytest.mark.parametrize(("plain", "flagged"), [(40, 4), (4, 40), (3, 3)])
def test_neither_a_few_flagged_nor_a_few_others_are_told(plain, flagged):
    version = make_published()
    answer(version, *["54321"] * plain)
    answer(version, *["11111"] * flagged, flags=Flag.TOO_FAST)
    count()

    one = overall()

    assert (one.without, one.flagged, one.change.difference) == (Withheld(5), None, None)
    assert [n for _flag, n in result().reasons] == [None]


def test_what_two_reports_would_give_away_is_withheld():
    """12 flagged in all, 9 of them here: the difference would be the 3 elsewhere."""
    version = make_published()
    for code, flagged in (("here", 9), ("elsewhere", 3)):
        place = make_location(code=code)
        answer(version, *["54321"] * 20, location=place)
        answer(version, *["11111"] * flagged, location=place, flags=Flag.TOO_FAST)
    count()

    assert overall().flagged == 12
    assert [overall(f"location={code}").flagged for code in ("here", "elsewhere")] == [None, None]
    assert isinstance(overall("location=here").everything, Computed)


def test_all_flagged_leave_nothing():
    answer(make_published(), *["55555"] * 9, flags=Flag.STRAIGHT_LINE)
    count()

    assert (overall().without, overall().flagged) == (Empty(), 9)


def test_held_and_uncounted_answers_are_no_part(version):
    place = Response.objects.first().location
    answer(version, *["11111"] * 9, location=place, flags=Flag.ROBOT, is_held=True)
    count()
    answer(version, *["11111"] * 9, location=place, flags=Flag.TOO_FAST)

    assert overall().flagged == 12


@pytest.mark.parametrize(("query", "flagged"), [("mode=kiosk", 0), ("from=2026-01-01&to=2026-01-31", 0)])
def test_filters_choose(version, query, flagged):
    answer(version, *["55555"] * 7, location=Response.objects.first().location, on=date(2026, 1, 5))
    count()

    assert overall(query).flagged == flagged


def test_a_manager_is_told_of_their_own_places(version):
    mine = make_location(code="mine")
    answer(version, *["54321"] * 6, location=mine)
    answer(version, *["55555"] * 6, location=mine, flags=Flag.TOO_FAST)
    count()

    one = overall("", make_member(locations=[mine]))

    assert (one.everything.n, one.flagged) == (12, 6)


def test_too_many_are_not_counted(version, monkeypatch):
    monkeypatch.setattr(counted, "MOST_FLAGGED", 11)

    assert result() is None


def test_it_is_kept_until_a_cell_moves(version, django_assert_num_queries):
    one = asked()
    first = flagged_result(one)
    with django_assert_num_queries(0):
        assert flagged_result(one) == first
    answer(version, "55555", location=Response.objects.first().location, flags=Flag.TOO_FAST, on=IN_MARCH)
    count()

    assert overall().flagged == 13
