"""Mailings as staff see them: how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from organisation.models import Location, Touchpoint
from surveys.answering.published import published
from surveys.inviting.lists import Choices
from surveys.models import Invitation, Mail, Mailing
from surveys.models.invitations import InvitationState
from surveys.models.mailings import MailingState
from surveys.models.mails import MailState

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member
    from surveys.models import Survey
    from surveys.models.invitations import InvitationQuerySet
    from surveys.models.mailings import MailingQuerySet
    from surveys.models.mails import MailQuerySet

TONES = {
    MailingState.DRAFT: "info",
    MailingState.SENDING: "info",
    MailingState.PAUSED: "warning",
    MailingState.SENT: "success",
    MailingState.STOPPED: "error",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How many invitations of a mailing there are of each kind; `sent` were mailed once at least, bounced or not.

    `finished` <= `started` <= `sent` <= `invited`: the database sees to it.
    """

    invited: int
    waiting: int
    sent: int
    bounced: int
    skipped: int
    started: int
    finished: int
    doubtful: int
    due: int
    erased: int
    to_send_again: int

    @property
    def settled(self) -> int:
        """Those for whom the first mail is decided."""
        return self.invited - self.waiting


def figures_of(mailing: Mailing, *, now: datetime) -> Figures:
    def having(**fields: object) -> Count:
        return Count("pk", filter=Q(**fields))

    counts = Invitation.objects.filter(mailing=mailing).aggregate(
        invited=Count("pk"),
        waiting=having(state=InvitationState.WAITING),
        sent=having(sent_at__isnull=False),
        bounced=having(state=InvitationState.BOUNCED),
        skipped=having(state=InvitationState.SKIPPED),
        started=having(is_started=True),
        finished=having(is_finished=True),
        due=having(due_at__lte=now),
        erased=having(email=""),
    )
    doubtful = Mail.objects.filter(invitation__mailing=mailing, state=MailState.DOUBTFUL).count()
    to_send_again = doubtful_mails(mailing).count() if doubtful else 0
    return Figures(**counts, doubtful=doubtful, to_send_again=to_send_again)


def doubtful_mails(mailing: Mailing) -> MailQuerySet:
    """Those that can be sent again: the last that their recipients were sent, to an address that is still known."""
    later = Mail.objects.filter(invitation=OuterRef("invitation"), turn__gt=OuterRef("turn"))
    reachable = Invitation.objects.filter(mailing=mailing, state=InvitationState.SENT).exclude(email="")
    return Mail.objects.filter(~Exists(later), state=MailState.DOUBTFUL, invitation__in=reachable)


def tells_who_answered(survey: Survey, reached: int, minimum: int) -> bool:
    """Whether it may be said how many began and finished: of a few people that would tell who, and the promise of an
    anonymous survey covers that.
    """
    return not survey.is_anonymous or reached >= minimum or not reached


def mailings_of(survey: Survey, member: Member) -> MailingQuerySet:
    """The newest first, with how many were invited, sent and have finished."""
    counts = {
        "invited_count": Count("invitations"),
        "sent_count": Count("invitations", filter=Q(invitations__sent_at__isnull=False)),
        "finished_count": Count("invitations", filter=Q(invitations__is_finished=True)),
    }
    rows = Mailing.objects.visible_to(member).filter(survey=survey)
    return rows.annotate(**counts).order_by("-created_at", "-pk")


def recipients_matching(
    mailing: Mailing, member: Member, *, words: str = "", state: str = ""
) -> InvitationQuerySet:
    """Those whose addresses are there; of an erased one nothing is left to list."""
    mine = Invitation.objects.visible_to(member).filter(mailing=mailing).exclude(email="")
    rows = mine.select_related("location", "touchpoint")
    if words:
        rows = rows.filter(Q(email__icontains=words) | Q(name__icontains=words))
    if state in InvitationState.values:
        rows = rows.filter(state=state)
    mails = Mail.objects.filter(invitation=OuterRef("pk"), state=MailState.DOUBTFUL)
    return rows.annotate(is_doubtful=Exists(mails)).order_by("email")


def languages_of(survey: Survey) -> tuple[str, ...]:
    """The languages in which a published survey can be answered, its own first."""
    if survey.live_version_id is None:
        return (survey.language,)
    return published(survey.live_version_id, survey.language).languages


def choices_for(survey: Survey, member: Member) -> Choices:
    """What a list of recipients may name."""
    return Choices(
        languages=frozenset(languages_of(survey)),
        locations={one.code: one for one in Location.objects.visible_to(member).open()},
        touchpoints={one.code: one for one in Touchpoint.objects.visible_to(member).open()},
    )
