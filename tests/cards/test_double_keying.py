"""Keying twice finds the errors that theory says: seeded keyers who slip, and cards whose truth is known."""

import random
import uuid

import pytest

from cards.actions.keying import Entry, file_card
from cards.actions.settling import key_again, settle_card
from cards.answers import differences
from cards.enums import CardState, Turn
from cards.models import Card, KeyerMonth
from cards.queries.keying import answers_of, error_rates, last_reading
from organisation.enums import Role
from surveys.answering.answers import read_answers
from surveys.answering.published import published
from surveys.models import Response
from tests.factories import make_batch, make_member, make_published
from tests.factories.cards import DAY
from tests.factories.surveys import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CARDS, FIELDS = 120, 20
SLIP = {"first": 0.02, "second": 0.01}


def slipped(chance, truth, rate):
    """What a keyer types who hits a neighbouring key now and then."""
    wrong = {"1": "2", "5": "4"}
    return "".join(
        (wrong.get(sign) or chance.choice([str(int(sign) - 1), str(int(sign) + 1)]))
        if chance.random() < rate
        else sign
        for sign in truth
    )


def test_seeded_errors_are_found_at_the_rate_of_theory():
    chance = random.Random(11)
    version = make_published(questions=[(f"q{at}", "speed") for at in range(FIELDS)])
    plain = published(version.pk, "en")
    second, third = make_member(Role.CLERK), make_member(Role.MANAGER)
    batch = make_batch(version.survey, counted=CARDS, share=100)
    truths = {
        uuid.UUID(int=chance.getrandbits(128), version=4): "".join(chance.choices("12345", k=FIELDS))
        for _ in range(CARDS)
    }

    def read(signs):
        return read_answers(plain, {f"q{at}": [sign] for at, sign in enumerate(signs)}, on_paper=True)

    slips = {"first": 0, "second": 0, "both alike": 0}
    for key, truth in truths.items():
        one, other = (slipped(chance, truth, SLIP[who]) for who in ("first", "second"))
        slips["first"] += sum(a != t for a, t in zip(one, truth, strict=True))
        slips["second"] += sum(b != t for b, t in zip(other, truth, strict=True))
        slips["both alike"] += sum(a == b != t for a, b, t in zip(one, other, truth, strict=True))
        card = file_card(
            batch=batch, entry=Entry(key, version.pk, DAY, read(one)), by=batch.opened_by, now=NOW
        )
        card = key_again(card=card, answers=read(other), by=second, now=NOW)
        if card.state == CardState.DIFFERING:
            found = differences(
                plain, *(answers_of(last_reading(card, turn)) for turn in (Turn.FIRST, Turn.SECOND))
            )
            chosen = {one.item.key: [truth[one.item.position - 1]] for one in found}
            settle_card(card=card, chosen=chosen, by=third, now=NOW)

    # Every slip is found but those that both made alike, and the rates say so.
    rates = error_rates([batch.opened_by.pk, second.pk], today=NOW.date())
    assert rates[batch.opened_by.pk].errors == slips["first"] - slips["both alike"]
    assert rates[second.pk].errors == slips["second"] - slips["both alike"]
    assert {rate.fields for rate in rates.values()} == {CARDS * FIELDS}
    for who, keyer in (("first", batch.opened_by), ("second", second)):
        low, high = rates[keyer.pk].interval
        assert low <= 1000 * SLIP[who] <= high
    # Theory: both slip at 2 % x 1 % of the fields, alike in at most half of those: about one in 5,000.
    wrong = sum(
        sign != right
        for key, ratings in Response.objects.values_list("pk", "ratings")
        for sign, right in zip(ratings, truths[key], strict=True)
    )
    assert wrong == slips["both alike"] <= 4
    assert Card.objects.filter(state=CardState.SETTLED).count() == CARDS
    assert KeyerMonth.objects.count() == 2
