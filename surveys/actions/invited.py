"""What an invited customer does: saves what is answered so far, and sends it, once."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce

from surveys.actions.responses import AnsweredOtherwise, is_spent, store_response
from surveys.models import Invitation, Response, SurveyDraft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from surveys.actions.responses import Submission
    from surveys.answering.answers import Answers
    from surveys.models import Contact


class InvitationUsed(Exception):
    """Answers have arrived by this invitation already."""


class InvitationGone(Exception):
    """There is no such invitation any more."""


@transaction.atomic
def finish_invitation(
    *,
    invitation_id: int,
    submission: Submission,
    answers: Answers,
    now: datetime,
    contact: Contact | None = None,
) -> bool:
    """Store the response and use the invitation up: both or neither. True when it is new, False for a replay.

    Of two that arrive at once the database lets one pass. Nothing that stays leads from one row to the other: the
    response's key is random, and the invitation learns that it was used, not when.

    Raises InvitationUsed when another submission used it, AnsweredOtherwise when this one is stored with other
    answers, InvitationGone when the invitation was deleted.
    """
    if not _use(invitation_id, now):
        return _known(invitation_id, submission, answers)
    SurveyDraft.objects.filter(pk=invitation_id).delete()
    return store_response(submission=submission, answers=answers, contact=contact)


@transaction.atomic
def save_draft(
    *,
    invitation_id: int,
    version_id: int,
    language: str,
    values: Mapping[str, list[str]],
    now: datetime,
) -> None:
    """Keep what is answered so far, by measure key, for DRAFT_HOURS from now; without any answer nothing is kept.

    The first answer that is kept makes the invitation a started one. Raises InvitationUsed: what arrives late must
    not bring back answers that were sent. Raises InvitationGone.
    """
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise InvitationGone
    if invitation.is_finished:
        raise InvitationUsed
    if not values:
        SurveyDraft.objects.filter(pk=invitation_id).delete()
        return
    if not invitation.is_started:
        Invitation.objects.filter(pk=invitation_id).update(is_started=True, sent_at=_sent_at(now))
    SurveyDraft.objects.update_or_create(
        invitation_id=invitation_id,
        defaults={
            "version_id": version_id,
            "language": language,
            "answers": values,
            "expires_at": now + timedelta(hours=settings.DRAFT_HOURS),
        },
    )


def drop_expired_drafts(*, now: datetime) -> int:
    """Delete what was begun and left; returns how many."""
    count, _by_model = SurveyDraft.objects.expired(now=now).delete()
    return count


def _use(invitation_id: int, now: datetime) -> bool:
    """Whether this is who uses it up. The row is locked from here on, so a second one waits and comes too late."""
    unused = Invitation.objects.unfinished().filter(pk=invitation_id)
    return bool(unused.update(is_started=True, is_finished=True, sent_at=_sent_at(now)))


def _known(invitation_id: int, submission: Submission, answers: Answers) -> bool:
    """False for a submission that is stored already, or was until somebody deleted it; see finish_invitation for what is
    raised.
    """
    if is_spent(submission.id):
        return False
    stored = Response.objects.filter(pk=submission.id).values_list("ratings", "answers").first()
    if stored is None:
        raise InvitationUsed if Invitation.objects.filter(pk=invitation_id).exists() else InvitationGone
    if stored != (answers.ratings, answers.answers):
        raise AnsweredOtherwise
    return False


def _sent_at(now: datetime) -> Coalesce:
    """Whoever answers was sent the link, even where the worker that sent it has not said so yet. Only the day."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Coalesce("sent_at", Value(day, output_field=DateTimeField()))
