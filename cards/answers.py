"""What was read from a card: compared with another reading of it, and put into words for the keyer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.enums import Answer, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surveys.answering.answers import Answers
    from surveys.answering.published import Item, Published


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people read differently, each value as a form gives it: a list of keys or signs."""

    item: Item
    first: list[str]
    second: list[str]


def given_of(
    version: Published, ratings: str, answers: Mapping[str, str | list[str]]
) -> dict[str, list[str]]:
    """Stored answers as a form would give them, by measure key: what `read_answers` takes."""
    given: dict[str, list[str]] = {}
    for item, sign in zip(version.items, ratings, strict=True):
        if item.is_rating:
            given[item.key] = [] if sign == Answer.BLANK else [sign]
        else:
            value = answers.get(item.key, [])
            given[item.key] = [value] if isinstance(value, str) else list(value)
    return given


def compared_items(version: Published) -> list[Item]:
    """The fields that are keyed twice. Words are not: two people never type a comment alike."""
    return [item for item in version.items if item.kind != Kind.TEXT]


def differences(version: Published, first: Answers, second: Answers) -> list[Difference]:
    """Where two readings differ, in the order of the card."""
    one, other = (given_of(version, read.ratings, read.answers) for read in (first, second))
    return [
        Difference(item, one[item.key], other[item.key])
        for item in compared_items(version)
        if one[item.key] != other[item.key]
    ]


def settled(
    version: Published, first: Answers, chosen: Mapping[str, list[str]], differing: Iterable[Difference]
) -> dict[str, list[str]]:
    """The first reading, with what was chosen where the two differ."""
    given = given_of(version, first.ratings, first.answers)
    return given | {one.item.key: list(chosen.get(one.item.key, [])) for one in differing}
