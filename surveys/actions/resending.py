"""Mails that are doubtful go out once more, when somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef, Subquery

from organisation.actions import record_change
from surveys.actions.mailings import NotInThisState, SurveyNotPublished
from surveys.models import Invitation, Mail, Mailing
from surveys.models.mailings import MailingState
from surveys.models.mails import MailState
from surveys.queries.mailings import doubtful_mails

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


class NothingDoubtful(Exception):
    """No mail is in doubt any more."""


@transaction.atomic
def send_doubtful_again(*, mailing: Mailing, by: Member, now: datetime) -> None:
    """Send each doubtful mail again, the same mail with the same link. Whoever got it after all gets it twice; whoever
    has answered or left meanwhile gets none, which is decided as it is sent and told nobody.

    Raises NothingDoubtful, NotInThisState for a mailing that was stopped, SurveyNotPublished.
    """
    rows = Mailing.objects.select_for_update(of=("self",)).select_related("survey")
    mailing = rows.get(pk=mailing.pk)
    if mailing.state in {MailingState.DRAFT, MailingState.STOPPED}:
        raise NotInThisState
    if mailing.survey.live_version_id is None or mailing.survey.archived_at:
        raise SurveyNotPublished
    mails = [mail.pk for mail in doubtful_mails(mailing).select_for_update(of=("self",)).order_by("pk")]
    if not mails:
        raise NothingDoubtful
    again = Mail.objects.filter(pk__in=mails)
    turn = again.filter(invitation=OuterRef("pk")).values("turn")
    Invitation.objects.filter(mails__in=mails).update(turn=Subquery(turn), due_at=now)
    again.update(state=MailState.DEFERRED, sent_at=None, tries=1)
    if mailing.state == MailingState.SENT:
        mailing.state, mailing.ended_at = MailingState.SENDING, None
        mailing.save(update_fields=["state", "ended_at"])
    record_change(
        action="sent doubtful mails again of", subject=mailing, by=by, now=now, changes={"mails": len(mails)}
    )
