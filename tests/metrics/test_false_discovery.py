from dataclasses import replace

import numpy as np
import pytest

from metrics.comparison import Change, Verdict
from metrics.false_discovery import hold_false_discovery, hold_told, hold_verdicts
from metrics.intervals import Interval


# Benjamini and Hochberg (1995), section 4.1: fifteen tests of thrombolytic drugs, the first four survive.
def test_hold_false_discovery_keeps_the_first_four_of_the_paper():
    paper = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262]
    paper += [0.5719, 0.6528, 0.7590, 1.0000]

    assert hold_false_discovery(paper) == [True] * 4 + [False] * 11


def test_tests_that_were_not_made_pass_through_and_do_not_count():
    assert hold_false_discovery([None, 0.04, None]) == [None, True, None]
    assert hold_false_discovery([0.9, 0.04, 0.8]) == [False, False, False]
    assert hold_false_discovery([None, None]) == [None, None]
    assert hold_false_discovery([]) == []


# FIELD.md: 48 tests at 5 %: 91 % chance of at least one false alarm (1 - 0.95^48 = 0.915).
def test_48_tests_raise_a_false_alarm_in_91_of_100_pages_unless_held():
    pages = np.random.default_rng(6).uniform(size=(2000, 48))

    unheld = (pages < 0.05).any(axis=1).mean()
    held = sum(any(hold_false_discovery(page.tolist())) for page in pages) / len(pages)

    assert unheld == pytest.approx(0.91, abs=0.015)
    assert 0.035 <= held <= 0.065


def test_hold_verdicts_takes_back_what_does_not_survive_and_nothing_else():
    strong = Change(0.5, Interval(0.3, 0.7), 0.0001, Verdict.HIGHER)
    weak = Change(-0.2, Interval(-0.39, -0.01), 0.04, Verdict.LOWER)
    none = Change(0.0, Interval(-0.2, 0.2), 0.9, Verdict.NO_EVIDENCE)
    few = Change(None, None, None, Verdict.TOO_FEW)

    assert hold_verdicts([few, strong, weak, none]) == [
        few,
        strong,
        replace(weak, verdict=Verdict.NO_EVIDENCE),
        none,
    ]
    assert hold_verdicts([weak]) == [weak]


def test_hold_told_takes_back_the_same_as_hold_verdicts():
    told = [
        (Verdict.HIGHER, 0.001),
        (Verdict.LOWER, 0.04),
        (Verdict.NO_EVIDENCE, 0.9),
        (Verdict.TOO_FEW, None),
    ]

    held = hold_verdicts([Change(None, None, p_value, verdict) for verdict, p_value in told])

    assert hold_told(told) == [change.verdict for change in held]
    assert hold_told(told)[:2] == [Verdict.HIGHER, Verdict.NO_EVIDENCE]
