import uuid

import pytest

from cards.models import KeyingRule
from cards.shares import ErrorRate, Reason, Share, is_chosen, share_of

RULE = KeyingRule(fields_needed=1000, fair_errors=6, fair_share=20, low_errors=2, low_share=5)
PERFECT = ErrorRate(5000, 0)


def test_a_rate_is_errors_in_a_thousand_fields_with_its_interval():
    rate = ErrorRate(2700, 1)  # Paulsen 2012: single keying, 0.370 in 1,000

    low, high = rate.interval
    assert rate.rate == pytest.approx(0.370, abs=0.001)
    assert low < rate.rate < high
    assert (round(low, 3), round(high, 3)) == (0.065, 2.095)


def test_nothing_compared_has_no_rate():
    assert (ErrorRate(0, 0).rate, ErrorRate(0, 0).interval) == (None, None)


@pytest.mark.parametrize(
    ("rate", "batch", "clerk", "share"),
    [
        pytest.param(PERFECT, 40, 30, Share(40, Reason.BATCH), id="the batch's own goes first"),
        pytest.param(PERFECT, 0, None, Share(0, Reason.BATCH), id="off is a share as well"),
        pytest.param(PERFECT, None, 30, Share(30, Reason.CLERK), id="then the clerk's own"),
        pytest.param(ErrorRate(0, 0), None, None, Share(100, Reason.TOO_LITTLE), id="a new clerk"),
        pytest.param(ErrorRate(999, 0), None, None, Share(100, Reason.TOO_LITTLE), id="not enough compared"),
        pytest.param(
            ErrorRate(1000, 0), None, None, Share(20, Reason.ERRORS), id="fair: at most 3.8 of 1,000"
        ),
        pytest.param(ErrorRate(2000, 0), None, None, Share(5, Reason.ERRORS), id="low: at most 1.9 of 1,000"),
        pytest.param(ErrorRate(2000, 20), None, None, Share(100, Reason.ERRORS), id="many errors"),
    ],
)
def test_the_share_falls_as_the_measured_errors_fall(rate, batch, clerk, share):
    assert share_of(RULE, rate, batch=batch, clerk=clerk) == share


def test_a_share_is_kept_by_the_cards_chosen():
    cards = [uuid.uuid4() for _ in range(4000)]

    chosen = sum(is_chosen(card, 20) for card in cards)

    assert 700 < chosen < 900  # 800 expected, four standard deviations of 25


@pytest.mark.parametrize(("percent", "expected"), [(0, False), (100, True)])
def test_none_and_all_are_meant_literally(percent, expected):
    assert {is_chosen(uuid.uuid4(), percent) for _ in range(300)} == {expected}


def test_a_card_is_chosen_alike_each_time_and_only_by_whoever_knows_the_secret(settings):
    cards = [uuid.uuid4() for _ in range(64)]
    here = [is_chosen(card, 50) for card in cards]

    assert [is_chosen(card, 50) for card in cards] == here
    settings.SECRET_KEY = "another"
    assert [is_chosen(card, 50) for card in cards] != here
