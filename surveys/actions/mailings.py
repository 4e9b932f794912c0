"""A mailing: made, changed, started, paused, resumed, stopped, discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from organisation.actions.audit import set_fields
from surveys.models import Mailing
from surveys.models.mailings import ENDED, MailingState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Survey

CHANGEABLE = frozenset({MailingState.DRAFT, MailingState.PAUSED})
DISCARDABLE = frozenset({MailingState.DRAFT})
STOPPABLE = frozenset({MailingState.SENDING, MailingState.PAUSED})


class NotInThisState(Exception):
    """The mailing has moved on meanwhile."""


class NothingToSend(Exception):
    """Nobody is on the list."""


class SurveyNotPublished(Exception):
    """There is nothing that the recipients could answer."""


@transaction.atomic
def add_mailing(*, survey: Survey, values: Mapping[str, Any], by: Member | None, now: datetime) -> Mailing:
    mailing = Mailing.objects.create(survey=survey, **values, created_at=now, created_by=by)
    record_change(action="added", subject=mailing, by=by, now=now, changes={"survey": survey.slug})
    return mailing


@transaction.atomic
def change_mailing(*, mailing: Mailing, values: Mapping[str, Any], by: Member, now: datetime) -> Mailing:
    """Change what has not been started, or is paused: mails that are out stay as they are. Raises NotInThisState."""
    mailing = _locked(mailing, CHANGEABLE)
    changes = set_fields(mailing, values)
    if changes:
        mailing.save(update_fields=list(changes))
        record_change(action="changed", subject=mailing, by=by, now=now, changes=changes)
    return mailing


def start_mailing(*, mailing: Mailing, origin: str, by: Member | None, now: datetime) -> Mailing:
    """Let the mails go out. `origin` is where their links lead, as scheme and host.

    Raises NotInThisState, NothingToSend, SurveyNotPublished.
    """
    if not mailing.invitations.exists():
        raise NothingToSend
    return _send(mailing, {MailingState.DRAFT}, action="started", origin=origin, by=by, now=now)


def resume_mailing(*, mailing: Mailing, origin: str, by: Member, now: datetime) -> Mailing:
    """Raises NotInThisState, SurveyNotPublished."""
    return _send(mailing, {MailingState.PAUSED}, action="resumed", origin=origin, by=by, now=now)


@transaction.atomic
def pause_mailing(*, mailing: Mailing, by: Member, now: datetime) -> Mailing:
    """Nothing goes out until it is resumed, save a mail that is on its way at that moment. Raises NotInThisState."""
    mailing = _locked(mailing, {MailingState.SENDING})
    return _set_state(mailing, MailingState.PAUSED, action="paused", by=by, now=now)


@transaction.atomic
def stop_mailing(*, mailing: Mailing, by: Member, now: datetime) -> Mailing:
    """Nothing goes out ever again; links that are out stay good. Raises NotInThisState."""
    mailing = _locked(mailing, STOPPABLE)
    return _set_state(mailing, MailingState.STOPPED, action="stopped", by=by, now=now)


@transaction.atomic
def discard_mailing(*, mailing: Mailing, by: Member, now: datetime) -> None:
    """Forget a mailing that was never started, with its list. Raises NotInThisState."""
    mailing = _locked(mailing, DISCARDABLE)
    record_change(
        action="discarded", subject=mailing, by=by, now=now, changes={"survey": mailing.survey.slug}
    )
    mailing.delete()


@transaction.atomic
def _send(
    mailing: Mailing,
    allowed: set[MailingState],
    *,
    action: str,
    origin: str,
    by: Member | None,
    now: datetime,
) -> Mailing:
    mailing = _locked(mailing, allowed)
    if mailing.survey.live_version_id is None or mailing.survey.archived_at:
        raise SurveyNotPublished
    mailing.origin, mailing.trouble, mailing.retry_at = origin, "", None
    return _set_state(mailing, MailingState.SENDING, action=action, by=by, now=now)


def _set_state(
    mailing: Mailing, state: MailingState, *, action: str, by: Member | None, now: datetime
) -> Mailing:
    mailing.state, mailing.ended_at = state, now if state in ENDED else None
    mailing.save(update_fields=["state", "ended_at", "origin", "trouble", "retry_at"])
    record_change(action=action, subject=mailing, by=by, now=now)
    return mailing


def _locked(mailing: Mailing, allowed: frozenset[MailingState] | set[MailingState]) -> Mailing:
    rows = Mailing.objects.select_for_update(of=("self",)).select_related("survey")
    found = rows.filter(pk=mailing.pk, state__in=allowed).first()
    if found is None:
        raise NotInThisState
    return found
