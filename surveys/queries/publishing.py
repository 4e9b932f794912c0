"""All that the page shows on which a draft is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.queries.building import Length, length_of
from surveys.queries.changes import (
    Change,
    Changes,
    Problem,
    changes_since,
    fingerprint,
    in_order,
    problems_of,
)
from surveys.queries.wordings import is_reworded, last_wordings
from surveys.wording import advice

if TYPE_CHECKING:
    from surveys.models import Question, Survey, Version


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft on its way to become version `number`. `reworded` are the questions to be asked about, each with the
    latest published wording; `problems` leaves these out.
    """

    number: int
    questions: list[Question]
    length: Length
    changes: Changes
    reworded: list[Change]
    problems: list[Problem]
    hints: list[tuple[Question, list[str]]]
    fingerprint: str

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_unchanged(self) -> bool:
        return not self.is_first and not self.changes


def proposal_of(survey: Survey, draft: Version) -> Proposal:
    questions = in_order(draft)
    wordings = last_wordings(questions)
    reworded = [
        Change(question, wordings[question.measure_id], is_reworded=True, is_moved=False)
        for question in questions
        if question.measure_id in wordings and is_reworded(question, wordings[question.measure_id])
    ]
    asked = {change.question.measure.key for change in reworded}
    hints = [(question, advice(question.text, language=survey.language)) for question in questions]
    return Proposal(
        number=survey.versions.published().count() + 1,
        questions=questions,
        length=length_of(question.measure.kind for question in questions),
        changes=changes_since(survey.live_version, draft, questions),
        reworded=reworded,
        problems=[problem for problem in problems_of(draft, questions) if problem.key not in asked],
        hints=[(question, found) for question, found in hints if found],
        fingerprint=fingerprint(draft, questions),
    )
