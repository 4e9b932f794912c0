import random
from collections import Counter
from math import log, sqrt
from statistics import NormalDist

import pytest

from metrics.contrast import WordContrast, contrasts, telling


def test_a_worked_example():
    """`queue` is 30 of 300 words here and 10 of 700 there: the prior has 4 of its 100 words."""
    first = {"queue": 30, "other": 270}
    second = {"queue": 10, "other": 690}

    found = {one.word: one for one in contrasts(first, second)}["queue"]

    log_odds = log(34 / (400 - 34)) - log(14 / (800 - 14))
    assert found.log_odds == pytest.approx(log_odds)
    assert found.z == pytest.approx(log_odds / sqrt(1 / 34 + 1 / 14))
    assert (found.first, found.second) == (30, 10)
    assert found.p_value == pytest.approx(2 * NormalDist().cdf(-found.z))


def test_the_same_use_is_no_contrast():
    found = contrasts({"the": 100, "queue": 10}, {"the": 200, "queue": 20})

    assert [one.z for one in found] == pytest.approx([0, 0])


def test_both_ways_are_the_same_but_for_the_sign():
    first, second = {"a": 9, "b": 30}, {"a": 40, "b": 8, "c": 3}

    there = {one.word: one.z for one in contrasts(first, second)}
    back = {one.word: one.z for one in contrasts(second, first)}

    assert there == pytest.approx({word: -z for word, z in back.items()})


@pytest.mark.parametrize(("first", "second"), [({}, {}), ({"a": 3}, {}), ({}, {"a": 3})])
def test_nothing_is_set_apart_from_nothing(first, second):
    assert contrasts(first, second) == []


def test_what_is_telling_comes_clearest_first():
    found = [
        WordContrast(word, 9, 9, z, z, p) for word, z, p in (("a", 3.5, 1e-4), ("b", -5, 1e-7), ("c", 1, 0.3))
    ]

    assert [one.word for one in telling(found)] == ["b", "a"]


def test_chance_alone_sets_few_words_apart():
    """Comments of the same customers, cut in two at random: in 100 cuts hardly one has a telling word."""
    chance = random.Random(20261126)
    words = [f"word{number}" for number in range(200)]
    weights = [1 / (number + 1) for number in range(200)]

    def lot(comments):
        return Counter(
            word for _comment in range(comments) for word in set(chance.choices(words, weights, k=15))
        )

    alarms = sum(bool(telling(contrasts(lot(150), lot(400)))) for _cut in range(100))

    assert alarms <= 5
