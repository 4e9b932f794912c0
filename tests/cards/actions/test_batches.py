from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cards.actions.batches import BatchClosed, CardsWait, NotBalanced, change_batch, close_batch, reopen_batch
from cards.enums import Rejection
from cards.models import Batch
from organisation.enums import Role
from organisation.models import AuditEntry
from tests.factories import make_batch, make_card, make_member
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


@pytest.fixture
def manager(db):
    return make_member(Role.MANAGER)


def trail():
    return list(AuditEntry.objects.filter(kind="batch").order_by("pk").values_list("action", flat=True))


def test_a_batch_of_48_with_47_keyed_does_not_close(manager):
    batch = make_batch(counted=48)
    for _ in range(46):
        make_card(batch)
    make_card(batch, rejection=Rejection.BLANK)

    with pytest.raises(NotBalanced) as refused:
        close_batch(batch=batch, by=manager, now=NOW)

    assert refused.value.batch.left == 1
    assert Batch.objects.unbalanced().get() == batch
    make_card(batch)
    assert close_batch(batch=batch, by=manager, now=NOW).closed_by == manager


def test_a_batch_with_more_cards_than_were_counted_does_not_close(manager):
    batch = make_batch(counted=1)
    make_card(batch)
    make_card(batch)

    assert Batch.objects.unbalanced().get() == batch
    with pytest.raises(NotBalanced):
        close_batch(batch=batch, by=manager, now=NOW)


def test_a_recount_lets_it_close(manager):
    batch = make_batch(counted=2)
    make_card(batch)

    change_batch(batch=batch, counted=1, due_on=batch.due_on, share=0, by=manager, now=NOW)

    assert close_batch(batch=batch, by=manager, now=NOW).closed_at == NOW
    assert trail() == ["opened", "changed", "closed"]


def test_a_batch_with_cards_that_wait_does_not_close(manager):
    batch = make_batch(counted=1, share=100)
    make_card(batch)

    with pytest.raises(CardsWait):
        close_batch(batch=batch, by=manager, now=NOW)

    assert Batch.objects.get().missed_at is None


@pytest.mark.parametrize("fields", [{"counted": 2}, {"waiting": 1}], ids=["unbalanced", "waiting"])
def test_no_road_closes_a_batch_that_does_not_balance(manager, fields):
    batch = make_batch(counted=1)
    make_card(batch)

    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(closed_at=NOW, closed_by=manager, **fields)


def test_a_closed_batch_is_neither_changed_nor_closed_again(manager):
    batch = make_batch(counted=1)
    make_card(batch)
    close_batch(batch=batch, by=manager, now=NOW)

    with pytest.raises(BatchClosed):
        close_batch(batch=batch, by=manager, now=NOW)
    with pytest.raises(BatchClosed):
        change_batch(batch=batch, counted=2, due_on=TODAY, share=None, by=manager, now=NOW)


def test_no_road_puts_a_card_into_a_closed_batch(manager):
    batch = make_batch(counted=1)
    card = make_card(batch)
    close_batch(batch=batch, by=manager, now=NOW)
    card.pk, card.number = "11111111-1111-4111-8111-111111111111", 2

    with pytest.raises(IntegrityError), transaction.atomic():
        card.save(force_insert=True)


def test_a_reopened_batch_takes_cards_again(manager):
    batch = make_batch(counted=1)
    make_card(batch)
    close_batch(batch=batch, by=manager, now=NOW)

    reopen_batch(batch=batch, by=manager, now=NOW)
    make_card(batch)

    assert Batch.objects.get().left == -1
    assert trail()[-1] == "reopened"


def test_an_open_batch_is_late_after_its_day():
    batch = make_batch(due_on=TODAY - timedelta(days=1))
    make_batch(due_on=TODAY)

    assert Batch.objects.late(today=TODAY).get() == batch


@pytest.mark.parametrize("counted", [0, 10_001])
def test_a_batch_holds_what_one_can_count(counted):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_batch(counted=counted)


def test_days_of_collecting_run_forwards():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_batch(collected_from=date(2026, 3, 3), collected_to=date(2026, 3, 2))
