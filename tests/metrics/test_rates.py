import pytest

from metrics.rates import Rate, response_rate


def test_response_rate_is_finished_of_invited():
    rate = response_rate(30, 120)

    assert (rate.finished, rate.invited, rate.share) == (30, 120, 0.25)


@pytest.mark.parametrize(
    ("finished", "invited", "percent"),
    [(680, 2000, 34), (1, 8, 13), (1, 3, 33), (0, 7, 0), (7, 7, 100), (1, 200, 1)],
)
def test_percent_is_whole_with_halves_rounded_up(finished, invited, percent):
    assert Rate(finished, invited).percent == percent


@pytest.mark.parametrize("invited", [None, 0])
def test_response_rate_without_invitations_is_unknown(invited):
    assert response_rate(0, invited) is None


def test_response_rate_of_answers_without_known_invitations_is_unknown():
    assert response_rate(7, None) is None


def test_response_rate_may_be_0_and_1():
    assert response_rate(0, 5).share == 0.0
    assert response_rate(5, 5).share == 1.0


@pytest.mark.parametrize(("finished", "invited"), [(6, 5), (1, 0), (-1, 5), (-1, None), (0, -1)])
def test_response_rate_refuses_more_finished_than_invited(finished, invited):
    with pytest.raises(ValueError, match="cannot have finished"):
        response_rate(finished, invited)


@pytest.mark.parametrize(("finished", "invited"), [(6, 5), (0, 0), (-1, 5)])
def test_a_rate_above_1_cannot_be_made_by_hand_either(finished, invited):
    with pytest.raises(ValueError, match="not a rate"):
        Rate(finished, invited)
