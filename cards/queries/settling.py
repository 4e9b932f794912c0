"""What waits for a third person, and the history of a card, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cards.answers import differences, given_of
from cards.enums import Turn
from cards.models import Card, Keying
from cards.queries.keying import answers_of, last_reading, version_of
from cards.queries.screens import code_on
from surveys.answering.answers import Answers
from surveys.enums import RATING_LABELS, RATINGS, Answer, Kind

if TYPE_CHECKING:
    from cards.models import Batch
    from cards.models.keying import CardQuerySet
    from organisation.models import Member
    from surveys.answering.published import Item, Published

BLANK = "-"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A field that was read differently: readings A and B, which do not say whose they are."""

    item: Item
    a: list[str]
    b: list[str]


@dataclass(frozen=True, slots=True)
class Disagreement:
    card: Card
    code: str
    fields: list[Compared]


@dataclass(frozen=True, slots=True)
class Line:
    """A keying of a card as it is shown: which turn, by whom, and its signs."""

    keying: Keying
    signs: str
    texts: list[str]


def to_settle(batch: Batch, by: Member) -> CardQuerySet:
    """Differing cards that this member keyed neither time, in the order of the batch."""
    cards: CardQuerySet = (
        Card.objects.filter(batch=batch).differing().exclude(first_by=by).exclude(second_by=by)
    )
    return cards.select_related("batch", "print_run__location", "version").order_by("number")


def comments_left(batch: Batch) -> CardQuerySet:
    cards: CardQuerySet = Card.objects.filter(batch=batch, comment_later=True)
    return cards.select_related("batch", "version").order_by("number")


def disagreement_of(card: Card) -> Disagreement:
    """Only the fields that differ. Who is A and who is B changes from card to card, and stays for each."""
    version = version_of(card)
    first, second = (_reading(card, turn) for turn in (Turn.FIRST, Turn.SECOND))
    is_turned = bool(card.pk.int & 1)
    fields = [
        Compared(one.item, *((one.second, one.first) if is_turned else (one.first, one.second)))
        for one in differences(version, first, second)
    ]
    return Disagreement(card, code_on(card), fields)


def choices_of(item: Item) -> list[Choice]:
    """Every value that a field can have, with its key where it has one."""
    if item.kind == Kind.RATING:
        choices = [Choice(str(rating), f"{rating} {RATING_LABELS[rating]}") for rating in RATINGS]
    else:
        choices = [Choice(option.key, option.label) for option in item.options]
    choices += [Choice(BLANK, _("Left blank")), Choice(Answer.UNREADABLE, _("Two marks, or unreadable"))]
    if item.is_rating and item.allows_not_applicable:
        choices.append(Choice(Answer.NOT_APPLICABLE, _("Does not apply")))
    return choices


def words_of(item: Item, values: list[str]) -> str:
    """A reading of a field as people say it."""
    known = {choice.value: choice.words for choice in choices_of(item)}
    return ", ".join(known.get(value, value) for value in values or [BLANK])


def history_of(card: Card) -> list[Line]:
    """Every keying of the card, oldest first."""
    version = version_of(card)
    keyings = Keying.objects.filter(card=card).select_related("by").order_by("turn", "revision")
    return [Line(keying, _signs(keying), _texts(version, keying)) for keying in keyings]


def number_in(text: str | None) -> int:
    """A card's number from an address or a form; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004


def _reading(card: Card, turn: Turn) -> Answers:
    keying = last_reading(card, turn)
    return answers_of(keying) if keying else Answers()


def _signs(keying: Keying) -> str:
    """The ratings, in groups of five."""
    ratings = "".join(sign for sign in keying.ratings if sign != Answer.NO_RATING)
    return " ".join(ratings[start : start + 5] for start in range(0, len(ratings), 5))


def _texts(version: Published, keying: Keying) -> list[str]:
    given = given_of(version, keying.ratings, keying.answers)
    return [
        f"{item.position}: {words_of(item, given[item.key])}"
        for item in version.items
        if not item.is_rating and given[item.key]
    ]
