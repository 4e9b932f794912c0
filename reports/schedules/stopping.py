"""Recipients whom a schedule no longer reaches: nothing is sent to whoever lost the right to it, and that is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from organisation.enums import Role
from organisation.models import Member
from organisation.rules import may_read_reports
from reports.enums import StopReason
from reports.letters import Letter
from reports.models import Delivery, ScheduleNotice
from reports.storing import CannotBeRead, asked_as

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from reports.models import Schedule, ScheduleRecipient

MOST_NAMED = 20
MOST_TOLD = 10


def why_stopped(row: ScheduleRecipient, *, now: datetime) -> str:
    """The reason for which nothing goes to a recipient today; empty where there is none."""
    if not reads_reports(row.schedule.owner):
        return StopReason.OWNER
    if not reads_reports(row.member):
        return StopReason.MEMBER
    try:
        asked = asked_as(row.member, row.schedule.filters, now=now)
    except CannotBeRead:
        return StopReason.PLACES
    # Who holds no place at all has nothing to read.
    return "" if asked.vocabulary.scope is None or asked.vocabulary.scope else StopReason.PLACES


def reads_reports(member: Member) -> bool:
    return member.is_active and may_read_reports(member)


def note_stop(row: ScheduleRecipient, reason: str, *, now: datetime) -> None:
    """The moment is that of the first time; one that goes on again has none."""
    row.stopped_at = (row.stopped_at or now) if reason else None
    row.stopped_because = reason


def tell_of_stops(rows: Iterable[ScheduleRecipient], *, now: datetime) -> None:
    """One mail for each schedule, to whoever set it up; where they read no reports any more, to administrators."""
    for schedule in {row.schedule_id: row.schedule for row in rows}.values():
        for member in told_of(schedule):
            delivery = Delivery.objects.create(member=member, due_at=now)
            ScheduleNotice.objects.create(schedule=schedule, delivery=delivery)


def told_of(schedule: Schedule) -> list[Member]:
    if reads_reports(schedule.owner):
        return [schedule.owner]
    administrators = Member.objects.filter(is_active=True, role=Role.ADMINISTRATOR)
    return list(administrators.order_by("pk")[:MOST_TOLD])


def letter_of(notice: ScheduleNotice, member: Member) -> Letter:
    """Raises CannotBeRead where it reaches all of them again, or the member may not know of it any more."""
    schedule = notice.schedule
    rows = schedule.recipients.exclude(stopped_because="").select_related("member").order_by("member__email")
    stopped = list(rows[:MOST_NAMED])
    if not stopped:
        raise CannotBeRead("It reaches all of its recipients again.")
    if not reads_reports(member):
        raise CannotBeRead("The member reads no reports any more.")
    language = member.language or schedule.language
    with translation.override(language):
        return Letter(
            subject=_("Not sent any more: %(name)s") % {"name": schedule.name},
            heading=_("“%(name)s” no longer reaches everybody") % {"name": schedule.name},
            points=[_("Nothing was sent to those who may not read it.")],
            facts=[(str(row.member), str(StopReason(row.stopped_because).label)) for row in stopped],
            notes=[
                _(
                    "It goes on by itself once they may read it again. Otherwise take them off, or remove the schedule."
                )
            ],
            link=f"{schedule.origin}{reverse('reports:schedule', args=[schedule.pk])}",
            link_words=_("Open the schedule"),
            why=_("You get this once, because you set the schedule up or are an administrator."),
            language=language,
        )
