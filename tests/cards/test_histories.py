"""Whatever is done to cards, in whatever order: the ledger equals a count of its cards, and the cells a count of them."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.actions.batches import BatchClosed, NotBalanced, close_batch, reopen_batch
from cards.actions.keying import CardKeyedBefore, KeyedAgainMeanwhile, NotYours, file_card
from cards.actions.settling import NotInScores, NotWaiting, correct_card, key_again, settle_card
from cards.answers import differences
from cards.enums import CardState, Rejection, Turn
from cards.models import Batch, Card
from cards.queries.keying import answers_of, last_reading, version_of
from organisation.enums import Role
from scoring.actions import score_pending
from surveys.answering.published import published
from surveys.models import Response
from tests.factories import make_batch, make_entry, make_member, make_print_run, make_published
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right

REFUSALS = (
    BatchClosed,
    CardKeyedBefore,
    KeyedAgainMeanwhile,
    NotBalanced,
    NotInScores,
    NotWaiting,
    NotYours,
)
DEEDS = ["file", "revise", "reject", "again", "settle", "correct", "score", "close", "reopen"]
RATINGS = ["55555", "55554", "1?x-3"]
deeds = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 5), st.sampled_from(RATINGS), st.integers(0, 2)),
    min_size=4,
    max_size=24,
)


class Room:
    def __init__(self) -> None:
        self.version = make_published()
        self.run = make_print_run(self.version, copies=4)
        self.people = [make_member(role) for role in (Role.CLERK, Role.CLERK, Role.MANAGER)]
        self.batches = [make_batch(self.version.survey, counted=2, share=share) for share in (0, 100)]
        self.entries = []

    def do(self, deed, at, ratings, who):
        by = self.people[who]
        if deed == "file":
            coded = {"run": self.run, "serial": at % 4 + 1} if at % 2 else {}
            entry = make_entry(self.version, ratings, **coded)
            self.entries.append((entry, at % 2, by))
            file_card(batch=self.batches[at % 2], entry=entry, by=by, now=NOW)
        elif deed in {"revise", "reject"} and self.entries:
            entry, batch, keyer = self.entries[at % len(self.entries)]
            rejection = {"rejection": Rejection.TORN} if deed == "reject" else {}
            entry = replace(
                make_entry(self.version, ratings, id=entry.id, **rejection),
                revision=entry.revision + 1,
                run=entry.run,
                serial=entry.serial,
            )
            self.entries[at % len(self.entries)] = (entry, batch, keyer)
            file_card(batch=self.batches[batch], entry=entry, by=keyer, now=NOW)
        elif deed == "score":
            score_pending(now=NOW)
        elif deed == "close":
            close_batch(batch=self.batches[at % 2], by=by, now=NOW)
        elif deed == "reopen":
            reopen_batch(batch=self.batches[at % 2], by=by, now=NOW)
        elif cards := list(Card.objects.order_by("number", "pk")):
            self.do_to_card(deed, cards[at % len(cards)], ratings, by)

    def do_to_card(self, deed, card, ratings, by):
        answers = make_entry(self.version, ratings).answers
        if deed == "again":
            key_again(card=card, answers=answers, by=by, now=NOW)
        elif deed == "correct":
            correct_card(card=card, answers=answers, by=by, now=NOW)
        else:
            readings = [last_reading(card, turn) for turn in (Turn.FIRST, Turn.SECOND)]
            both = [answers_of(one) for one in readings if one]
            found = differences(version_of(card), *both) if len(both) == 2 else []
            settle_card(card=card, chosen={one.item.key: one.second for one in found}, by=by, now=NOW)


def count_from_scratch(batch):
    states = list(Card.objects.filter(batch=batch).values_list("state", flat=True))
    waiting = sum(state in {CardState.AWAITING_SECOND, CardState.DIFFERING} for state in states)
    rejected = states.count(CardState.REJECTED)
    return len(states) - rejected, rejected, waiting


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=deeds)
def test_any_history_leaves_ledger_and_cells_right(done):
    with transaction.atomic():
        published.cache_clear()  # the last example's rows are rolled back, and their keys given out again
        walk(done)
        transaction.set_rollback(True)


def walk(done):
    room = Room()

    for deed in done:
        try:
            room.do(*deed)
        except REFUSALS:
            continue

    score_pending(now=NOW)
    for batch in Batch.objects.all():
        assert (batch.keyed, batch.rejected, batch.waiting) == count_from_scratch(batch)
    settled = Card.objects.filter(state=CardState.SETTLED)
    assert set(settled.values_list("pk", flat=True)) == set(Response.objects.values_list("pk", flat=True))
    assert_cells_are_right()
