"""What may be done with a survey, beside what a member's role allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.enums import MAX_QUESTIONS

if TYPE_CHECKING:
    from surveys.models import Survey


def may_be_changed(survey: Survey) -> bool:
    """An archived survey is put away: restore it first."""
    return survey.archived_at is None


def may_move_house(survey: Survey) -> bool:
    """Whether address and anonymity may still change: links are out, and promises made, once it is published."""
    return survey.live_version_id is None


def may_change_purpose(survey: Survey) -> bool:
    """A published review form stays one: its customers agreed to be published, and members have answered them."""
    return may_move_house(survey) or not survey.is_review_form


def may_grow(questions: int) -> bool:
    """Whether one more question fits."""
    return questions < MAX_QUESTIONS
