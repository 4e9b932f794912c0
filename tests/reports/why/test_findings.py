from dataclasses import replace

import pytest

from reports.why.findings import closest_of, moving_finding, words_finding
from reports.why.moving import MovingResult
from reports.why.words import WordsResult
from tests.reports.why.samples import CLEAR, WORDS, why


def test_the_title_names_the_closest():
    assert moving_finding(why(MovingResult((CLEAR,), 40, False))) == "Closest to overall: “How long?” (+0.50)"


@pytest.mark.parametrize("moving", [None, MovingResult((replace(CLEAR, is_clear=False),), 40, False)])
def test_the_title_claims_nothing_that_is_not_clear(moving):
    assert closest_of(moving) == "No question clearly moves with overall"


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        (WORDS, "Beside low scores: “queue” and “slow”"),
        (replace(WORDS, low_words=()), "No word stands out beside low scores"),
        (WordsResult(7, 200, 8), "Too few comments to tell words apart"),
    ],
)
def test_the_words_beside_low_scores_are_named(words, finding):
    assert words_finding(why(words=words)) == finding
