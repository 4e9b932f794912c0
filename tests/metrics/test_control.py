import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.control import LEAST_POINTS, RUN, Signal, control, false_alarm, false_alarm_of
from metrics.dimensions import DimensionSums, response_score


@dataclass
class Point:
    n: int
    mean: float | None
    sd: float | None = 1.0


def simulated(seed, points, n, shares=(0.05, 0.10, 0.20, 0.35, 0.30)):
    """Points of stable service: every rating drawn alike."""
    rng = np.random.default_rng(seed)
    drawn = rng.choice([1, 2, 3, 4, 5], p=shares, size=(points, n))
    return [Point(n, float(row.mean()), float(row.std(ddof=1))) for row in drawn]


def signals(points, **given):
    return [one.signal if one else None for one in control(points, **given)]


def test_limits_are_those_of_a_worked_example():
    """Centre 4, pooled sd 1, 500 responses: 4 +- 3 sqrt(1 / n - 1 / 500), narrower for more responses."""
    points = [Point(n, 4.0) for n in (100, 25, 100, 25, 100, 25, 100, 25)]

    found = control(points)

    assert [one.centre for one in found] == [4.0] * 8
    assert (found[0].limits.low, found[0].limits.high) == pytest.approx(
        (4 - 3 * 0.008**0.5, 4 + 3 * 0.008**0.5)
    )
    assert (found[1].limits.low, found[1].limits.high) == pytest.approx(
        (4 - 3 * 0.038**0.5, 4 + 3 * 0.038**0.5)
    )


def test_limits_stay_on_the_scale():
    found = control([Point(2, 4.9), *[Point(2, 4.9, 0.5)] * 8])

    assert all(one.limits.high == 5.0 for one in found)


def test_centre_weighs_every_response_alike():
    found = control([Point(900, 4.0), *[Point(10, 3.0)] * 10])

    assert found[0].centre == pytest.approx(3.9)


def test_points_that_vary_more_than_their_responses_explain_have_wider_limits():
    """Laney's factor: at n = 10,000 a hundredth of a point would be a signal each week."""
    swinging = [Point(10_000, 4.0 + 0.1 * (-1) ** at) for at in range(20)]

    assert not any(signals(swinging))
    assert control(swinging)[0].limits.high > 4.3


@pytest.mark.parametrize(("mean", "signal"), [(4.5, Signal.ABOVE), (3.5, Signal.BELOW)])
def test_a_point_beyond_its_limits_is_a_signal(mean, signal):
    points = [Point(100, 4.0 + 0.02 * (-1) ** at) for at in range(12)]
    points[6] = Point(100, mean)

    found = signals(points)

    assert found[6] is signal
    assert sum(one is not None for one in found) == 1


@pytest.mark.parametrize(("length", "is_signal"), [(RUN - 1, False), (RUN, True)])
def test_a_run_on_one_side_is_a_signal_from_its_eighth_point(length, is_signal):
    centre_far = [Point(100, 3.8 if at % 2 else 4.1) for at in range(8)]
    run = [Point(100, 4.06)] * length

    found = signals([*centre_far, Point(100, 3.8), *run, Point(100, 3.8)])[9 : 9 + length]

    assert all(one is Signal.RUN_ABOVE for one in found) is is_signal


def test_a_known_change_begins_limits_of_its_own():
    points = [
        *simulated(4, 12, 60),
        *[Point(60, point.mean - 0.8, point.sd) for point in simulated(5, 12, 60)],
    ]

    whole, split = signals(points), signals(points, starts=[12])
    found = control(points, starts=[12])

    assert any(whole)
    assert not any(split)
    assert found[0].centre - found[12].centre > 0.5


@pytest.mark.parametrize("starts", [[], [0], [-3, 99], [24]])
def test_a_change_outside_the_points_splits_nothing(starts):
    points = simulated(1, 24, 60)

    assert control(points, starts=starts) == control(points)


def test_too_few_points_say_nothing():
    assert control([Point(50, 4.0)] * (LEAST_POINTS - 1)) == [None] * (LEAST_POINTS - 1)
    assert control([]) == []


def test_points_without_a_mean_are_passed_over():
    points = simulated(3, 20, 40)
    gapped = [*points[:10], None, Point(0, None, None), *points[10:]]

    found = control(gapped)

    assert (found[10], found[11]) == (None, None)
    assert [*found[:10], *found[12:]] == control(points)


def test_ratings_that_are_all_the_same_have_no_limits():
    assert control([Point(20, 5.0, 0.0)] * 12) == [None] * 12


def test_points_of_one_response_each_have_no_spread_to_go_by():
    assert control([Point(1, 4.0, None)] * 12) == [None] * 12


def test_sums_of_a_dimension_are_points():
    sums = [DimensionSums.of([response_score([r], [1]) for r in (3, 4, 5)]) for _ in range(8)]

    assert control(sums)[0].centre == pytest.approx(4.0)


def test_false_alarm_grows_with_the_points():
    chances = [false_alarm(points) for points in (7, 8, 12, 26, 52, 104)]

    assert chances[0] == 0
    assert chances == sorted(chances)
    assert false_alarm(26) == false_alarm(26), "the same chance whenever it is said"


def test_false_alarm_is_below_what_a_known_centre_would_give():
    """Each of 26 points beyond 3 standard errors, and runs of eight: 14 % with a known centre, by a chain of runs."""
    inside = 1 - 0.0026998
    quiet = [inside, *[0.0] * (RUN - 2)]
    for _point in range(25):
        quiet = [sum(quiet) * inside / 2, *(one * inside / 2 for one in quiet[:-1])]

    assert 0.5 * (1 - sum(quiet)) < false_alarm(26) < 1 - sum(quiet)


@pytest.mark.parametrize(("points", "n"), [(12, 30), (26, 40), (52, 100)])
def test_a_thousand_stable_series_give_false_signals_near_the_set_rate(points, n):
    alarms = sum(any(signals(simulated((points, seed), points, n))) for seed in range(1_000))

    set_rate = false_alarm(points)
    noise = 3 * math.sqrt(set_rate * (1 - set_rate) / 1_000)
    assert abs(alarms / 1_000 - set_rate) <= noise + 0.01


def test_a_planted_shift_is_found():
    """Two thirds of a point lower from the middle on, at n = 50 a week: found in 97 of 100 series or more."""
    found = 0
    for seed in range(100):
        lower = simulated((2, seed), 20, 50, (0.14, 0.21, 0.25, 0.24, 0.16))
        points = [*simulated((1, seed), 20, 50), *lower]
        found += any(one in {Signal.BELOW, Signal.RUN_BELOW} for one in signals(points)[20:])

    assert found >= 97


@given(
    st.lists(
        st.none() | st.builds(Point, st.integers(1, 500), st.floats(1, 5), st.floats(0, 2)), max_size=40
    ),
    st.lists(st.integers(-2, 45), max_size=4),
)
def test_every_point_lies_on_the_side_that_its_signal_says(points, starts):
    found = control(points, starts=starts)

    assert len(found) == len(points)
    for point, one in zip(points, found, strict=True):
        if one is None or one.signal is None:
            continue
        assert (point.mean > one.centre) is one.signal.is_high
        if not one.signal.is_run:
            assert point.mean not in one.limits


def test_the_chance_of_a_false_alarm_is_that_of_all_phases():
    points = [Point(100, 4.0 + 0.02 * (-1) ** at) for at in range(24)]
    found = control(points, starts=[8, 20])

    assert false_alarm_of(found, starts=[8, 20]) == pytest.approx(
        1 - (1 - false_alarm(8)) * (1 - false_alarm(12))
    )
    assert false_alarm_of(found) == pytest.approx(false_alarm(20))
    assert false_alarm_of([None] * 9) == 0.0
