"""Answers checked against a version: plain typed code, for the customer's form and for files alike."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from organisation.text import LONGEST_TEXT
from surveys.enums import RESERVED, Answer, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.answering.published import Item, Published

SCALE = frozenset("12345")
# Kinds of characters that nobody sees, and letters that are drawn as nothing.
STEERING = frozenset({"Cc", "Cf"})
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))


@dataclass(slots=True)
class Answers:
    """`ratings` and `answers` as `Response` stores them; `errors` by measure key, empty when all is well.

    The key "" holds what is wrong with the form as a whole.
    """

    ratings: str = ""
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_answers(
    version: Published,
    given: Mapping[str, Sequence[str]],
    *,
    on_paper: bool = False,
    may_be_empty: bool = False,
) -> Answers:
    """Check what was given, by measure key, against the version. Nothing is guessed and nothing is dropped.

    Paper asks for nothing twice: a question that must be answered may be left blank. A mark may be unreadable, which
    is kept as such: `?` in the ratings, or as what was chosen (no option has such a key). A form that is kept for later
    may be empty.
    """
    read = Answers()
    signs = []
    for item in version.items:
        values = [value for value in given.get(item.key, ()) if value != ""]
        if on_paper and values == [Answer.UNREADABLE] and item.kind != Kind.TEXT:
            signs.append(_unreadable(item, read))
        else:
            signs.append(_read_item(item, values, read, is_asked_for=item.is_required and not on_paper))
    read.ratings = "".join(signs)
    unknown = given.keys() - {item.key for item in version.items} - RESERVED
    if unknown:
        name = min(unknown)[:50]
        read.errors[""] = _("This form has no question named “%(name)s”.") % {"name": name}
    elif not (may_be_empty or read.errors or read.answers or SCALE & set(read.ratings)):
        read.errors[""] = _("Please answer at least one question.")
    return read


def _read_item(item: Item, values: list[str], read: Answers, *, is_asked_for: bool) -> str:
    """The item's sign in `ratings`; its choice or text goes into `answers`, its mistake into `errors`."""
    sign, error = READERS[Kind(item.kind)](item, values, read)
    # Blanks are no text, so whether one was given is seen only now.
    is_blank = item.key not in read.answers if item.kind == Kind.TEXT else not values
    if is_blank and is_asked_for and not error:
        error = _("Please answer this question.")
    if error:
        read.errors[item.key] = error
    return sign


def _unreadable(item: Item, read: Answers) -> str:
    if item.is_rating:
        return Answer.UNREADABLE
    several = item.kind == Kind.SEVERAL_CHOICES
    read.answers[item.key] = [Answer.UNREADABLE.value] if several else Answer.UNREADABLE.value
    return Answer.NO_RATING


def _read_rating(item: Item, values: list[str], _read: Answers) -> tuple[str, str]:
    if not values:
        return Answer.BLANK, ""
    if len(values) == 1 and values[0] in SCALE:
        return values[0], ""
    if values == [Answer.NOT_APPLICABLE] and item.allows_not_applicable:
        return Answer.NOT_APPLICABLE, ""
    return Answer.BLANK, _("Please choose one rating from 1 to 5.")


def _read_single_choice(item: Item, values: list[str], read: Answers) -> tuple[str, str]:
    if values and (len(values) > 1 or values[0] not in {option.key for option in item.options}):
        return Answer.NO_RATING, _("Please choose one of the answers offered.")
    if values:
        read.answers[item.key] = values[0]
    return Answer.NO_RATING, ""


def _read_several_choices(item: Item, values: list[str], read: Answers) -> tuple[str, str]:
    offered = [option.key for option in item.options]
    if set(values) - set(offered):
        return Answer.NO_RATING, _("Please choose among the answers offered.")
    if values:
        read.answers[item.key] = [key for key in offered if key in values]
    return Answer.NO_RATING, ""


def _read_text(item: Item, values: list[str], read: Answers) -> tuple[str, str]:
    # A browser sends a line break as two characters and counts it as one.
    text = "\n".join(values).replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        return Answer.NO_RATING, _("Please use at most %(limit)d characters; this text has %(count)d.") % {
            "limit": LONGEST_TEXT,
            "count": len(text),
        }
    if not is_storable(text):
        return Answer.NO_RATING, _("This text holds a character that cannot be stored. Please remove it.")
    if is_seen(text):
        read.answers[item.key] = text
    return Answer.NO_RATING, ""


def count_answered(read: Answers) -> int:
    """How many questions got a rating, a choice or a text."""
    return sum(sign in SCALE for sign in read.ratings) + len(read.answers)


def is_storable(text: str) -> bool:
    """Whether both databases can hold the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def is_seen(text: str) -> bool:
    """Whether there is anything to read: more than blanks and signs that only steer how others are shown."""
    return any(
        sign not in FILLERS and unicodedata.category(sign) not in STEERING
        for sign in text
        if not sign.isspace()
    )


READERS = {
    Kind.RATING: _read_rating,
    Kind.SINGLE_CHOICE: _read_single_choice,
    Kind.SEVERAL_CHOICES: _read_several_choices,
    Kind.TEXT: _read_text,
}
