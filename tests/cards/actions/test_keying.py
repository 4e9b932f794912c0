from dataclasses import replace
from datetime import date

import pytest

from cards.actions.batches import BatchClosed, close_batch
from cards.actions.keying import CardKeyedBefore, KeyedAgainMeanwhile, NotYours, file_card
from cards.actions.settling import key_again
from cards.enums import CardState, Rejection, Turn
from cards.models import Batch, Card, Keying
from organisation.enums import Role
from scoring.actions import score_pending
from surveys.enums import Flag, Mode
from surveys.models import Response
from tests.factories import (
    make_batch,
    make_card,
    make_entry,
    make_location,
    make_member,
    make_print_run,
    make_published,
)
from tests.factories.cards import DAY
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right

pytestmark = pytest.mark.django_db


def tally(batch):
    batch = Batch.objects.get(pk=batch.pk)
    return batch.keyed, batch.rejected, batch.waiting


def said(card):
    return Response.objects.values_list("ratings", flat=True).get(pk=card.pk)


@pytest.fixture
def version():
    return make_published()


@pytest.fixture
def batch(version):
    return make_batch(version.survey)


@pytest.fixture
def clerk(batch):
    return batch.opened_by


def test_a_keyed_card_is_a_response_on_paper_of_its_day(batch, version):
    card = make_card(batch, "54?-x", day=date(2026, 3, 2))

    response = Response.objects.get(pk=card.pk)
    assert (response.ratings, response.mode, response.received_on) == ("54?-x", Mode.PAPER, date(2026, 3, 2))
    assert (response.version_id, response.location_id) == (version.pk, batch.location_id)
    assert (card.number, card.state, tally(batch)) == (1, CardState.SETTLED, (1, 0, 0))


def test_the_same_entry_again_changes_nothing(batch, version, clerk):
    entry = make_entry(version, "54321")
    first = file_card(batch=batch, entry=entry, by=clerk, now=NOW)

    again = file_card(batch=batch, entry=entry, by=clerk, now=NOW)

    assert again == first
    assert (tally(batch), Keying.objects.count(), Response.objects.count()) == ((1, 0, 0), 1, 1)


def test_a_card_that_was_taken_is_acknowledged_after_its_batch_closed(version, clerk):
    batch = make_batch(version.survey, counted=1, by=clerk)
    entry = make_entry(version)
    file_card(batch=batch, entry=entry, by=clerk, now=NOW)
    close_batch(batch=batch, by=clerk, now=NOW)

    assert file_card(batch=batch, entry=entry, by=clerk, now=NOW).pk == entry.id
    with pytest.raises(BatchClosed):
        file_card(batch=batch, entry=make_entry(version), by=clerk, now=NOW)


def test_a_rejected_card_is_counted_and_scored_nowhere(batch):
    card = make_card(batch, rejection=Rejection.TORN)

    assert (card.state, tally(batch)) == (CardState.REJECTED, (0, 1, 0))
    assert (Response.objects.count(), Keying.objects.count()) == (0, 0)


def test_a_straight_line_is_flagged(version):
    long = make_published(questions=[(f"q{at}", "speed") for at in range(10)])

    card = make_card(make_batch(long.survey), "5" * 10)

    assert Response.objects.get(pk=card.pk).flags & Flag.STRAIGHT_LINE


@pytest.mark.parametrize("is_scored", [False, True], ids=["not yet scored", "scored"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({}, {"ratings": "12345"}, id="other ratings"),
        pytest.param({}, {"rejection": Rejection.UNREADABLE}, id="rejected after all"),
        pytest.param({"rejection": Rejection.BLANK}, {"ratings": "12345"}, id="keyed after all"),
        pytest.param({}, {"day": date(2026, 3, 1)}, id="another day"),
    ],
)
def test_a_revision_moves_batch_and_cells_by_the_difference(version, clerk, before, after, is_scored):
    batch = make_batch(version.survey, collected_from=date(2026, 3, 1), by=clerk)
    first = make_entry(version, **before)
    file_card(batch=batch, entry=first, by=clerk, now=NOW)
    if is_scored:
        score_pending(now=NOW)
    second = make_entry(version, **{"ratings": "55555", **after}, id=first.id, revision=1)

    card = file_card(batch=batch, entry=second, by=clerk, now=NOW)

    score_pending(now=NOW)
    keyed = 0 if second.rejection else 1
    assert (tally(batch), card.number) == ((keyed, 1 - keyed, 0), 1)
    assert (
        Response.objects.filter(pk=card.pk, ratings=second.answers.ratings, received_on=second.day).count()
        == keyed
    )
    assert_cells_are_right()


def test_an_older_revision_that_comes_late_undoes_nothing(batch, version, clerk):
    entry = make_entry(version, "55555")
    newer = replace(make_entry(version, "11111"), id=entry.id, revision=1)
    for one in (newer, entry):
        card = file_card(batch=batch, entry=one, by=clerk, now=NOW)

    assert (said(card), tally(batch)) == ("11111", (1, 0, 0))


def test_a_serial_is_taken_once_wherever_it_lies(version, clerk):
    run = make_print_run(version)
    first = make_card(make_batch(version.survey), run=run, serial=7)

    with pytest.raises(CardKeyedBefore) as refused:
        make_card(make_batch(version.survey), run=run, serial=7)

    assert refused.value.card == first


def test_a_coded_card_counts_where_it_was_printed_for(version):
    harbour = make_location(code="harbour")
    run = make_print_run(version, location=harbour)

    card = make_card(make_batch(version.survey), run=run, serial=1)

    assert Response.objects.get(pk=card.pk).location == harbour


def test_a_card_keyed_by_another_is_not_revised(batch, version):
    card = make_card(batch)
    other = make_member(Role.CLERK)

    with pytest.raises(NotYours):
        file_card(batch=batch, entry=make_entry(version, id=card.pk, revision=1), by=other, now=NOW)


def test_a_card_keyed_again_is_not_revised(version, clerk):
    batch = make_batch(version.survey, share=100, by=clerk)
    card = make_card(batch)
    again = make_entry(version, "11111")
    key_again(card=card, answers=again.answers, by=make_member(Role.CLERK), now=NOW)

    with pytest.raises(KeyedAgainMeanwhile):
        file_card(batch=batch, entry=make_entry(version, id=card.pk, revision=1), by=clerk, now=NOW)


def test_a_card_that_is_keyed_twice_counts_not_yet(version):
    batch = make_batch(version.survey, share=100)

    card = make_card(batch)

    assert (card.state, tally(batch)) == (CardState.AWAITING_SECOND, (1, 0, 1))
    assert not Response.objects.filter(pk=card.pk).exists()


def test_a_revision_keeps_whether_a_card_is_keyed_twice(version, clerk):
    batch = make_batch(version.survey, share=100, by=clerk)
    card = make_card(batch)
    Batch.objects.update(share=0)

    file_card(batch=batch, entry=make_entry(version, id=card.pk, revision=1), by=clerk, now=NOW)

    assert tally(batch) == (1, 0, 1)


def test_every_revision_is_kept(batch, version, clerk):
    entry = make_entry(version, "55555")
    for revision, ratings in enumerate(["55555", "44444", "33333"]):
        file_card(
            batch=batch,
            entry=make_entry(version, ratings, id=entry.id, revision=revision),
            by=clerk,
            now=NOW,
        )

    kept = Keying.objects.order_by("revision").values_list("turn", "revision", "ratings")
    assert list(kept) == [(Turn.FIRST, 0, "55555"), (Turn.FIRST, 1, "44444"), (Turn.FIRST, 2, "33333")]
    assert list(Keying.objects.current().values_list("ratings", flat=True)) == ["33333"]


def test_numbers_go_on(batch):
    cards = [make_card(batch), make_card(batch, rejection=Rejection.BLANK), make_card(batch)]

    assert [card.number for card in cards] == [1, 2, 3]
    assert Card.objects.filter(day=DAY).count() == 3
