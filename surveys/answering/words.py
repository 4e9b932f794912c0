"""Answers in words, for whoever reads them back: a customer whose answers cannot be stored, an editor who looks twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from surveys.enums import RATING_LABELS, Answer, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.answering.published import Item, Published


class Told(NamedTuple):
    """A question and what was answered: one text, or several for several choices."""

    item: Item
    values: tuple[str, ...]
    words: tuple[str, ...]


def told(version: Published, given: Mapping[str, Sequence[str]]) -> list[Told]:
    """Each question that something was given for, in order, in the language that is active."""
    found = [
        (item, tuple(value for value in given.get(item.key, ()) if value.strip())) for item in version.items
    ]
    return [Told(item, values, _in_words(item, values)) for item, values in found if values]


def _in_words(item: Item, values: Sequence[str]) -> tuple[str, ...]:
    if item.kind == Kind.TEXT:
        return tuple(values)
    labels = {option.key: option.label for option in item.options}
    if item.is_rating:
        labels |= {str(rating): f"{rating} {label}" for rating, label in RATING_LABELS.items()}
    signs = {sign.value: str(sign.label) for sign in Answer}
    # Whatever is none of the answers offered is given back as it came.
    return tuple(labels.get(value) or signs.get(value, value) for value in values)


def stored(version: Published, ratings: str, answers: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    """What a response holds (see `Response`), by measure key, as a form would give it."""
    signs = {item.key: [ratings[item.position - 1]] for item in version.items if item.is_rating}
    others = {key: [value] if isinstance(value, str) else value for key, value in answers.items()}
    return {**others, **signs}
