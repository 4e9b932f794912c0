"""What the builder shows of a survey: its version, its questions as cards, its length."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from metrics.questionnaire import minutes_to_answer
from surveys.enums import MAX_QUESTIONS, Kind
from surveys.queries.changes import in_order
from surveys.queries.wordings import is_reworded, last_wordings
from surveys.rules import may_grow
from surveys.wording import advice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.models import Question, Survey, Version


class Standing(StrEnum):
    """What a draft's question is to the published ones."""

    PUBLISHED = "published"
    REWORDED = "reworded"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Card:
    question: Question
    hints: list[str]
    standing: Standing
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Length:
    """How long a survey is: `minutes` are whole ones, at least 1 once there is a question."""

    count: int
    minutes: int
    limit: int = MAX_QUESTIONS

    @property
    def has_room(self) -> bool:
        return may_grow(self.count)

    @property
    def left(self) -> int:
        return self.limit - self.count


def draft_or_live(survey: Survey) -> Version | None:
    """What an editor works on: the draft, else the live version."""
    return survey.versions.drafts().first() or survey.live_version


def cards_of(version: Version) -> list[Card]:
    questions = in_order(version)
    wordings = last_wordings(questions)
    language = version.survey.language
    return [
        Card(
            question=question,
            hints=advice(question.text, language=language),
            standing=_standing(question, wordings),
            is_first=question.position == 1,
            is_last=question.position == len(questions),
        )
        for question in questions
    ]


def length_of(kinds: Iterable[str]) -> Length:
    """The length of a survey with questions of these kinds."""
    asked = list(kinds)
    ratings, texts = asked.count(Kind.RATING), asked.count(Kind.TEXT)
    minutes = round(minutes_to_answer(ratings, len(asked) - ratings - texts, texts))
    return Length(len(asked), max(1, minutes) if asked else 0)


def _standing(question: Question, wordings: dict[int, Question]) -> Standing:
    before = wordings.get(question.measure_id)
    if before is None:
        return Standing.NEW
    return Standing.REWORDED if is_reworded(question, before) else Standing.PUBLISHED
