import pytest

from metrics.phrases import FIXED_PAIRS, PASSING_LEFT, PASSING_RIGHT
from metrics.wording import hints


@pytest.mark.parametrize("pair", sorted(FIXED_PAIRS))
def test_a_fixed_pair_is_one_thing(pair):
    assert hints(f"How do you rate our {pair}?") == []
    assert pair == pair.strip().lower()


def test_passing_words_are_single_lower_case_words():
    assert all(word.isalpha() and word.islower() for word in PASSING_LEFT | PASSING_RIGHT)
