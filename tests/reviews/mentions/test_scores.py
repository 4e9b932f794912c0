from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.mentions.scores import NoScore, Score, read_score


@pytest.mark.parametrize(
    ("text", "highest", "score"),
    [
        ("8", 10, Score(Decimal(8), 10)),
        ("8/10", None, Score(Decimal(8), 10)),
        ("8 / 10", 5, Score(Decimal(8), 10)),
        ("4,5", 5, Score(Decimal("4.5"), 5)),
        ("4.25/5", None, Score(Decimal("4.25"), 5)),
        ("0", 10, Score(Decimal(0), 10)),
    ],
)
def test_a_score_is_kept_on_its_own_scale(text, highest, score):
    assert read_score(text, highest) == score


@pytest.mark.parametrize(
    ("text", "highest"),
    [
        ("8", None),
        ("11", 10),
        ("6/5", 10),
        ("-1", 10),
        ("8/0", None),
        ("8/9999", None),
        ("good", 10),
        ("", 10),
        ("8 of 10", 10),
        ("٨", 10),
        ("1e3", 10),
        ("4.555", 5),
        ("NaN", 10),
    ],
)
def test_nothing_else_is_guessed(text, highest):
    with pytest.raises(NoScore):
        read_score(text, highest)


@pytest.mark.parametrize(("text", "shown"), [("8/10", "8/10"), ("4.50/5", "4.5/5"), ("10/10", "10/10")])
def test_a_score_is_shown_as_it_was_given(text, shown):
    assert str(read_score(text, None)) == shown


@given(st.text(), st.one_of(st.none(), st.integers(1, 1000)))
def test_whatever_is_read_lies_within_its_scale(text, highest):
    try:
        score = read_score(text, highest)
    except NoScore:
        return
    assert 0 <= score.score <= score.highest
