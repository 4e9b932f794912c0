from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from cards.actions.keying import NotYours
from cards.actions.settling import (
    BadChoice,
    NotInScores,
    NotWaiting,
    add_comment,
    correct_card,
    final_reading,
    key_again,
    settle_card,
)
from cards.enums import CardState, Rejection, Turn
from cards.models import Batch, Card, KeyerMonth, Keying
from organisation.enums import Role
from organisation.models import Organisation
from scoring.actions import score_pending
from surveys.enums import Kind
from surveys.models import Response
from tests.factories import (
    make_batch,
    make_card,
    make_draft,
    make_entry,
    make_member,
    make_published,
    make_question,
)
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db):
    return make_published()


@pytest.fixture
def batch(version):
    return make_batch(version.survey, share=100)


@pytest.fixture
def first(batch):
    return batch.opened_by


@pytest.fixture
def second(db):
    return make_member(Role.CLERK)


@pytest.fixture
def third(db):
    return make_member(Role.MANAGER)


def read(version, ratings):
    return make_entry(version, ratings).answers


def differing_card(batch, second, ratings="55555", other="54355"):
    card = make_card(batch, ratings)
    return key_again(card=card, answers=read(batch.survey.live_version, other), by=second, now=NOW)


def months():
    return {month.keyer: (month.fields, month.errors) for month in KeyerMonth.objects.select_related("keyer")}


def waiting(batch):
    return Batch.objects.values_list("keyed", "waiting").get(pk=batch.pk)


def test_two_that_agree_count_once(batch, version, first, second):
    card = make_card(batch, "54321")

    for _ in range(2):  # sent again
        card = key_again(card=card, answers=read(version, "54321"), by=second, now=NOW)

    score_pending(now=NOW)
    assert (card.state, waiting(batch)) == (CardState.SETTLED, (1, 0))
    assert Response.objects.get().ratings == "54321"
    assert months() == {first: (5, 0), second: (5, 0)}
    assert_cells_are_right()


def test_a_card_counts_in_the_organisation_s_month(batch, version, second):
    """Where the new month has begun, whatever it still is elsewhere."""
    Organisation.objects.update(time_zone="Pacific/Auckland")
    last_hours = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)
    card = make_card(batch, "54321")

    key_again(card=card, answers=read(version, "54321"), by=second, now=last_hours)

    assert {month.month for month in KeyerMonth.objects.all()} == {date(2026, 4, 1)}


def test_two_that_differ_wait(batch, second):
    card = differing_card(batch, second)

    assert (card.state, waiting(batch)) == (CardState.DIFFERING, (1, 1))
    assert (Response.objects.count(), months()) == (0, {})


def test_a_third_person_settles(batch, version, first, second, third):
    card = differing_card(batch, second, "55555", "54355")

    for _ in range(2):  # sent again
        card = settle_card(card=card, chosen={"speed": ["5"], "convenience": ["2"]}, by=third, now=NOW)

    score_pending(now=NOW)
    assert (card.state, card.settled_by, waiting(batch)) == (CardState.SETTLED, third, (1, 0))
    assert Response.objects.get().ratings == "55255"
    assert (card.fields, card.first_errors, card.second_errors) == (5, 1, 2)
    assert months() == {first: (5, 1), second: (5, 2)}
    kept = Keying.objects.order_by("turn").values_list("turn", "by", "ratings")
    assert list(kept) == [
        (Turn.FIRST, first.pk, "55555"),
        (Turn.SECOND, second.pk, "54355"),
        (Turn.SETTLING, third.pk, "55255"),
    ]
    assert_cells_are_right()


def test_who_keyed_it_first_keys_it_not_again(batch, version, first):
    card = make_card(batch)

    with pytest.raises(NotYours):
        key_again(card=card, answers=read(version, "55555"), by=first, now=NOW)


@pytest.mark.parametrize("who", ["first", "second"])
def test_who_keyed_it_settles_it_not(batch, second, who, request):
    card = differing_card(batch, second)

    with pytest.raises(NotYours):
        settle_card(card=card, chosen={}, by=request.getfixturevalue(who), now=NOW)


def test_no_road_lets_one_person_be_two(batch, first, second):
    card = differing_card(batch, second)

    for fields in ({"second_by": first}, {"settled_by": second, "settled_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Card.objects.filter(pk=card.pk).update(**fields)


def test_a_card_that_does_not_wait_is_not_keyed_again(version, second):
    card = make_card(make_batch(version.survey))

    with pytest.raises(NotWaiting):
        key_again(card=card, answers=read(version, "55555"), by=second, now=NOW)


def test_a_card_that_does_not_differ_is_not_settled(batch, third):
    with pytest.raises(NotWaiting):
        settle_card(card=make_card(batch), chosen={}, by=third, now=NOW)


def test_a_choice_that_is_no_answer_is_refused(batch, second, third):
    card = differing_card(batch, second)

    with pytest.raises(BadChoice) as refused:
        settle_card(card=card, chosen={"speed": ["6"]}, by=third, now=NOW)

    assert set(refused.value.errors) == {"speed"}
    assert Card.objects.get().state == CardState.DIFFERING


def test_a_field_that_agrees_is_not_changed_by_settling(batch, second, third):
    card = differing_card(batch, second, "55555", "55551")

    settle_card(card=card, chosen={"overall": ["5"], "quality": ["1"]}, by=third, now=NOW)

    assert Response.objects.get().ratings == "55555"


def test_a_keying_never_changes(batch):
    make_card(batch)

    with pytest.raises(IntegrityError), transaction.atomic():
        Keying.objects.update(ratings="11111")


def test_correcting_moves_the_cells_by_the_difference(version, third):
    card = make_card(make_batch(version.survey), "55555")
    score_pending(now=NOW)

    correct_card(card=card, answers=read(version, "11?11"), by=third, now=NOW)

    score_pending(now=NOW)
    assert Response.objects.get().ratings == "11?11"
    assert list(Keying.objects.order_by("revision").values_list("by", "ratings")) == [
        (card.first_by_id, "55555"),
        (third.pk, "11?11"),
    ]
    assert_cells_are_right()


def test_correcting_a_settled_card_is_the_next_word_of_settling(batch, version, second, third):
    card = differing_card(batch, second)
    settle_card(card=card, chosen={"speed": ["5"], "convenience": ["5"]}, by=third, now=NOW)

    correct_card(card=card, answers=read(version, "11111"), by=third, now=NOW)

    assert final_reading(card).ratings == Response.objects.get().ratings == "11111"
    assert Keying.objects.current().filter(turn=Turn.FIRST).get().ratings == "55555"


@pytest.mark.parametrize("fields", [{}, {"rejection": Rejection.TORN}], ids=["waiting", "rejected"])
def test_what_is_not_in_the_scores_is_not_corrected(batch, version, third, fields):
    card = make_card(batch, **fields)

    with pytest.raises(NotInScores):
        correct_card(card=card, answers=read(version, "11111"), by=third, now=NOW)


@pytest.fixture
def wordy():
    """A version of one rating and one text."""
    draft = make_draft(questions=[("speed", "speed")])
    make_question(draft, 2, key="words", kind=Kind.TEXT)
    return make_published(draft=draft)


@pytest.mark.parametrize("share", [0, 100], ids=["in the scores", "waiting"])
def test_a_comment_left_for_later_is_added(wordy, share, second):
    card = make_card(make_batch(wordy.survey, share=share), "5", comment_later=True)

    card = add_comment(card=card, texts={"words": "So kind."}, by=second, now=NOW)

    assert not Card.objects.get().comment_later
    assert final_reading(card).answers == {"words": "So kind."}
    if not share:
        assert Response.objects.get().answers == {"words": "So kind."}
    else:
        key_again(card=card, answers=make_entry(wordy, "5").answers, by=second, now=NOW)
        assert Response.objects.get().answers == {"words": "So kind."}


def test_a_rejected_card_has_no_comment(wordy, second):
    card = make_card(make_batch(wordy.survey), rejection=Rejection.BLANK)

    with pytest.raises(NotInScores):
        add_comment(card=card, texts={"words": "So kind."}, by=second, now=NOW)


def test_words_are_not_compared(wordy, second):
    batch = make_batch(wordy.survey, share=100)
    card = make_card(batch, "5", texts={"words": ["So kind."]})

    card = key_again(card=card, answers=make_entry(wordy, "5").answers, by=second, now=NOW)

    assert (card.state, card.fields) == (CardState.SETTLED, 1)
    assert Response.objects.get().answers == {"words": "So kind."}
