"""Responses as their page lists them: the newest day first, a page at a time, each in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from scoring.choice import Place, published_versions, reasons_for
from surveys.answering.published import published
from surveys.answering.words import Told, stored, told
from surveys.enums import Answer
from surveys.models import Response

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from scoring.choice import Choice
    from scoring.enums import Reason
    from surveys.models import Survey

ROWS_ON_A_PAGE = 25
SHOWN = {Answer.NOT_APPLICABLE.value: "\N{EN DASH}", Answer.BLANK.value: "\N{MIDDLE DOT}"}


class Rated(NamedTuple):
    """`sign` is 1 to 5, or what stands for no rating; `word` says it."""

    question: str
    sign: str
    rating: str
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """A response in words. Whether it has a time is the survey's promise: an anonymous one has none."""

    response: Response
    reasons: list[Reason]
    ratings: list[Rated]
    others: list[Told]


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is where the next page begins; None where this is the last."""

    rows: list[Row]
    next: Place | None


def page_of(survey: Survey, choice: Choice, *, size: int = ROWS_ON_A_PAGE) -> Page:
    """A page of the responses chosen. It takes as long at the millionth response as at the first."""
    keys = _keys(survey, choice, size + 1)
    found = Response.objects.select_related("location", "touchpoint").in_bulk(
        [key for _day, key in keys[:size]]
    )
    rows = [row_of(found[key], survey) for _day, key in keys[:size] if key in found]
    return Page(rows, Place(*keys[size - 1]) if len(keys) > size else None)


def _keys(survey: Survey, choice: Choice, limit: int) -> list[tuple[date, UUID]]:
    """The first so many. Each version is asked alone, since the indexes hold a version's days in order."""
    chosen = choice.responses(survey).order_by("-received_on", "-pk")
    if after := choice.after:
        same_day = Q(received_on=after.day, pk__lt=after.key)
        chosen = chosen.filter(Q(received_on__lt=after.day) | same_day, received_on__lte=after.day)
    found = [
        key
        for version in published_versions(survey)
        for key in chosen.filter(version=version).values_list("received_on", "pk")[:limit]
    ]
    return sorted(found, reverse=True)[:limit]


def row_of(response: Response, survey: Survey) -> Row:
    """In the survey's own language; what is ours in the reader's."""
    version = published(response.version_id, survey.language)
    answers = told(version, stored(version, response.ratings, response.answers))
    return Row(
        response=response,
        reasons=reasons_for(response),
        ratings=[_rated(one) for one in answers if one.item.is_rating],
        others=[one for one in answers if not one.item.is_rating],
    )


def _rated(one: Told) -> Rated:
    sign = one.values[0]
    return Rated(
        question=one.item.text,
        sign=SHOWN.get(sign, sign),
        rating=sign if sign.isdigit() else "",
        word=one.words[0],
    )
