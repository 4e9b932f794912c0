from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reviews.mentions.entries import Mention
from reviews.mentions.scores import Score

SAID = Mention(location_id=1, touchpoint_id=1, said_on=date(2026, 3, 2), source="letter", text="Good")
LINKED = replace(SAID, link="https://stars.example/1", author="Ana")


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Bad"},
        {"location_id": 2},
        {"said_on": date(2026, 3, 1)},
        {"author": "Ana"},
        {"source": "email"},
        {"score": Score(Decimal(8), 10)},
        {"link": "https://stars.example/1"},
    ],
)
def test_whatever_is_said_otherwise_is_another_mention(changes):
    assert replace(SAID, **changes).digest != SAID.digest


@pytest.mark.parametrize(
    "changes", [{"text": "Bad"}, {"said_on": date(2026, 3, 1)}, {"answered_on": date(2026, 3, 9)}]
)
def test_with_a_link_a_mention_stays_itself_when_its_words_are_mended(changes):
    assert replace(LINKED, **changes).digest == LINKED.digest


def test_texts_that_run_together_alike_are_told_apart():
    assert (
        replace(LINKED, author="An", source_name="a").digest
        != replace(LINKED, author="", source_name="aAn").digest
    )
