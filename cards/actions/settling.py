"""The second keying, and what becomes of a card when the two differ. Each is another person's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from cards.actions.batches import held_batch, move_tally
from cards.actions.keying import NotYours, note_keying
from cards.actions.responses import correct_card_response, count_card
from cards.answers import compared_items, differences, settled
from cards.enums import CardState, Rejection, Turn
from cards.models import Card, KeyerMonth, Keying
from cards.queries.keying import answers_of, last_reading, version_of
from cards.rules import may_key_again, may_settle
from organisation.queries import organisation_day
from surveys.answering.answers import Answers, read_answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from organisation.models import Member
    from surveys.answering.published import Published


class NotWaiting(Exception):
    """The card does not wait for this any more: somebody else was quicker."""


class NotInScores(Exception):
    """The card is rejected, or waits for its second keying or for settling."""


class BadChoice(Exception):
    """What was chosen is no answer to its question. `errors` by measure key."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


@transaction.atomic
def key_again(*, card: Card, answers: Answers, by: Member, now: datetime) -> Card:
    """Read a card a second time, knowing nothing of the first. Sending it again changes nothing.

    Where both say the same the card counts; where they differ it waits for a third person. Raises NotYours for who
    keyed it first and NotWaiting.
    """
    card = _held(card)
    if card.second_by_id == by.pk:
        return card
    if not may_key_again(by, card):
        raise NotYours
    if card.state != CardState.AWAITING_SECOND:
        raise NotWaiting
    version, first = version_of(card), _reading(card, Turn.FIRST)
    note_keying(card, Turn.SECOND, answers, by=by, now=now)
    card.second_by, card.second_at = by, now
    if differences(version, first, answers):
        _go_to(card, CardState.DIFFERING)
    else:
        _settle(card, version, first, errors=(0, 0), now=now)
    return card


@transaction.atomic
def settle_card(*, card: Card, chosen: Mapping[str, list[str]], by: Member, now: datetime) -> Card:
    """Say what stands on the paper where two keyings differ: `chosen` by measure key, as a form gives it.

    Raises NotYours for who keyed it, NotWaiting and BadChoice.
    """
    card = _held(card)
    if card.state != CardState.DIFFERING:
        if card.settled_by_id == by.pk:
            return card
        raise NotWaiting
    if not may_settle(by, card):
        raise NotYours
    version, first, second = version_of(card), _reading(card, Turn.FIRST), _reading(card, Turn.SECOND)
    given = settled(version, first, chosen, differences(version, first, second))
    final = read_answers(version, given, on_paper=True)
    if final.errors:
        raise BadChoice(final.errors)
    note_keying(card, Turn.SETTLING, final, by=by, now=now)
    card.settled_by, card.settled_at = by, now
    errors = len(differences(version, first, final)), len(differences(version, second, final))
    _settle(card, version, final, errors=errors, now=now)
    return card


@transaction.atomic
def reject_differing(*, card: Card, rejection: Rejection, by: Member, now: datetime) -> Card:
    """Say that the paper holds no answer after all, where two keyings differ. Raises NotYours and NotWaiting."""
    card = _held(card)
    if card.state != CardState.DIFFERING:
        raise NotWaiting
    if not may_settle(by, card):
        raise NotYours
    card.rejection, card.comment_later = rejection, False
    card.settled_by, card.settled_at = by, now
    _go_to(card, CardState.REJECTED)
    return card


@transaction.atomic
def correct_card(*, card: Card, answers: Answers, by: Member, now: datetime) -> Card:
    """Put right a card that is in the scores; the cells move by the difference. Raises NotInScores."""
    card = _held(card)
    if card.state != CardState.SETTLED:
        raise NotInScores
    _add_revision(card, answers, by=by, now=now)
    correct_card_response(card, answers, by=by, now=now)
    return card


@transaction.atomic
def add_comment(*, card: Card, texts: Mapping[str, str], by: Member, now: datetime) -> Card:
    """Add the words that were left for later, by measure key. Raises NotInScores for a rejected card."""
    card = _held(card)
    if card.state == CardState.REJECTED:
        raise NotInScores
    before = final_reading(card)
    answers = Answers(before.ratings, before.answers | {key: text for key, text in texts.items() if text})
    card.comment_later = False
    card.save(update_fields=["comment_later"])
    if answers.answers != before.answers:
        _add_revision(card, answers, by=by, now=now)
        if card.state == CardState.SETTLED:
            correct_card_response(card, answers, by=by, now=now)
    return card


def final_reading(card: Card) -> Answers:
    """What the card says by the last word on it: settled, or else the first keying."""
    last = last_reading(card, Turn.SETTLING) or last_reading(card, Turn.FIRST)
    return answers_of(last) if last else Answers()


def _held(card: Card) -> Card:
    """Batch and card as they are now, ours until the transaction ends."""
    batch = held_batch(Card.objects.select_related("batch").get(pk=card.pk).batch)
    held: Card = Card.objects.select_for_update(no_key=True).get(pk=card.pk)
    held.batch = batch
    return held


def _reading(card: Card, turn: Turn) -> Answers:
    keying = last_reading(card, turn)
    if keying is None:
        raise Keying.DoesNotExist
    return answers_of(keying)


def _add_revision(card: Card, answers: Answers, *, by: Member, now: datetime) -> None:
    """The next revision of the turn that has the last word."""
    is_last_word = card.second_by_id is not None and card.state == CardState.SETTLED
    turn = Turn.SETTLING if is_last_word else Turn.FIRST
    last = last_reading(card, turn)
    revision = last.revision + 1 if last else 0
    note_keying(card, turn, answers, by=by, now=now, revision=revision)
    if turn == Turn.FIRST:
        card.revision = revision
        card.save(update_fields=["revision"])


def _settle(
    card: Card, version: Published, final: Answers, *, errors: tuple[int, int], now: datetime
) -> None:
    """The card is in the scores from here on, and both keyers' rates know of it."""
    card.fields = len(compared_items(version))
    card.first_errors, card.second_errors = errors
    _go_to(card, CardState.SETTLED)
    count_card(card, final, batch=card.batch, now=now)
    wrong = {card.first_by_id: errors[0], card.second_by_id: errors[1]}
    for keyer in sorted(filter(None, wrong)):  # in one order everywhere: nobody waits for each other
        _add_to_month(keyer, fields=card.fields, errors=wrong[keyer], now=now)


def _go_to(card: Card, state: CardState) -> None:
    move_tally(card.batch, before=CardState(card.state), after=state)
    card.state = state
    card.save()


def _add_to_month(keyer: int, *, fields: int, errors: int, now: datetime) -> None:
    month = organisation_day(now).replace(day=1)
    KeyerMonth.objects.bulk_create([KeyerMonth(keyer_id=keyer, month=month)], ignore_conflicts=True)
    KeyerMonth.objects.filter(keyer=keyer, month=month).update(
        fields=F("fields") + fields, errors=F("errors") + errors
    )
