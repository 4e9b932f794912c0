from hypothesis import given
from hypothesis import strategies as st

from reviews.heard import rated, usefulness

SIGNS = st.text(alphabet="12345x-?.", min_size=20, max_size=20)
ITEMS = st.lists(st.tuples(st.integers(0, 19), st.integers(1, 10), st.booleans()), max_size=6)


@given(SIGNS, ITEMS)
def test_what_was_rated_stays_on_the_scale(signs, items):
    found = rated(signs, items)

    assert (found is None) == (not any(signs[at].isdigit() for at, _weight, _reversed in items))
    assert found is None or 1 <= found <= 5


def test_one_rating_is_itself_and_a_reversed_one_is_turned():
    assert (rated("4", [(0, 1, False)]), rated("4", [(0, 1, True)])) == (4, 2)


def test_several_ratings_are_their_weighted_mean_rounded_half_up():
    assert (rated("45", [(0, 1, False), (1, 1, False)]), rated("45", [(0, 3, False), (1, 1, False)])) == (
        5,
        4,
    )


def test_usefulness_counts_words_and_dimensions():
    assert (usefulness("two words", [4, None]), usefulness("word " * 999, [])) == (12, 200)
