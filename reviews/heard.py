"""What a response says, as a review holds it: plain data in, plain data out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reviews.enums import ReviewKind
from surveys.enums import Dimension, Kind, Purpose
from surveys.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.models import Contact, Response

# What each dimension rated adds to how much a review says, in words.
WORTH_OF_A_RATING = 10
MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What a version asks that a review takes: ratings by dimension as (index, weight, reversed), texts by key."""

    is_review_form: bool = False
    survey_id: int | None = None
    ratings: dict[str, list[tuple[int, int, bool]]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


def asked_in(versions: Iterable[int]) -> dict[int, Asked]:
    """By version, in two queries at most however many there are."""
    found: dict[int, Asked] = {}
    rows = (
        Question.objects.filter(version__in=set(versions))
        .in_order()
        .values_list(
            "version_id",
            "position",
            "weight",
            "measure__key",
            "measure__kind",
            "measure__dimension",
            "measure__is_reversed",
            "version__survey__purpose",
            "version__survey",
        )
    )
    for version, position, weight, key, kind, dimension, is_reversed, purpose, survey in rows:
        asked = found.setdefault(version, Asked(purpose == Purpose.REVIEW_FORM, survey))
        if kind == Kind.TEXT:
            asked.texts.append(key)
        elif kind == Kind.RATING:
            asked.ratings.setdefault(dimension, []).append((position - 1, weight, is_reversed))
    return found


def heard(
    response: Response, asked: Asked, contact: Contact | None, *, is_erased: bool = False
) -> dict[str, Any] | None:
    """The columns of its review; None where there is nothing to read. One that was erased stays, and stays without words."""
    text = "\n\n".join(str(response.answers[key]) for key in asked.texts if response.answers.get(key))
    if is_erased:
        text = ""
    elif not text and not asked.is_review_form:
        return None
    consent = contact is not None and contact.consent_publish and asked.is_review_form
    ratings = {name: rated(response.ratings, asked.ratings.get(name, [])) for name in Dimension.values}
    return {
        "kind": ReviewKind.REVIEW if asked.is_review_form else ReviewKind.COMMENT,
        "survey_id": asked.survey_id,
        "location_id": response.location_id,
        "touchpoint_id": response.touchpoint_id,
        "said_on": response.received_on,
        "is_held": response.is_held,
        "score": ratings.pop(Dimension.OVERALL),
        **ratings,
        "original": text,
        "name": contact.name if contact is not None and consent else "",
        "consent_publish": consent,
        "consent_contact": contact is not None and contact.consent_contact,
    }


def rated(signs: str, items: list[tuple[int, int, bool]]) -> int | None:
    """The weighted mean of what was rated, rounded half up, with reversed items turned; None where nothing was."""
    given = [
        (6 - int(signs[at]) if is_reversed else int(signs[at]), weight)
        for at, weight, is_reversed in items
        if signs[at].isdigit()
    ]
    weights = sum(weight for _rating, weight in given)
    total = sum(rating * weight for rating, weight in given)
    return (2 * total + weights) // (2 * weights) if weights else None


def usefulness(text: str, ratings: Iterable[int | None]) -> int:
    """How much a review says: its words up to MOST_WORDS, and WORTH_OF_A_RATING for each dimension rated."""
    return min(len(text.split()), MOST_WORDS) + WORTH_OF_A_RATING * sum(one is not None for one in ratings)
