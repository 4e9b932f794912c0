"""A settled card becomes a response with the card's own key, and its response follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metrics.questionnaire import straight_line
from scoring.actions import correct_response, delete_responses
from surveys.actions.responses import Submission, store_response
from surveys.enums import Flag, Mode
from surveys.models import Response, Survey

if TYPE_CHECKING:
    from datetime import datetime

    from cards.models import Batch, Card
    from organisation.models import Member
    from surveys.answering.answers import Answers


def count_card(card: Card, answers: Answers, *, batch: Batch, now: datetime) -> None:
    """Give the card its response. It belongs where the card was printed for, else where the batch comes from."""
    place = card.print_run or batch
    survey = Survey.objects.get(pk=batch.survey_id)
    store_response(
        submission=Submission(
            id=card.pk,
            version_id=card.version_id,
            location_id=place.location_id,
            touchpoint_id=place.touchpoint_id,
            mode=Mode.PAPER,
            received_on=card.day,
            received_at=None if survey.is_anonymous else now,
            flags=Flag.STRAIGHT_LINE if straight_line(answers.ratings) else 0,
            is_review=survey.is_review_form,
        ),
        answers=answers,
    )


def correct_card_response(card: Card, answers: Answers, *, by: Member, now: datetime) -> None:
    """Let the response say what the card says now; the cells move by the difference."""
    response = Response.objects.get(pk=card.pk)
    correct_response(response=response, ratings=answers.ratings, answers=answers.answers, by=by, now=now)


def uncount_card(card: Card, *, batch: Batch, by: Member, now: datetime) -> None:
    """Take the card's response out of the scores, for it is no answer after all or stands in another place."""
    delete_responses(responses=Response.objects.filter(pk=card.pk), subject=batch, by=by, now=now)
