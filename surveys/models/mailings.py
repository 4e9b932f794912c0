"""A mailing: who asks whom, in which words, and when. Its invitations are in `invitations.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import at_most, between, both_or_neither, one_of
from organisation.models import Location, Touchpoint
from surveys.models.surveys import Survey

if TYPE_CHECKING:
    from organisation.models import Member

SUBJECT_LENGTH, BODY_LENGTH = 150, 4000
MOST_REMINDERS, LONGEST_PAUSE, LONGEST_CAP = 3, 60, 365


class MailingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENDING = "sending", _("Sending")
    PAUSED = "paused", _("Paused")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")


ENDED = (MailingState.SENT, MailingState.STOPPED)


class MailingQuerySet(models.QuerySet["Mailing"]):
    def visible_to(self, member: Member) -> Self:
        """Recipients are people with addresses: whoever builds surveys sees them, nobody else."""
        surveys = Survey.objects.visible_to(member)
        return self.filter(survey__in=surveys) if member.may_see_recipients else self.none()

    def sending(self) -> Self:
        return self.filter(state=MailingState.SENDING)


class Mailing(models.Model):
    """Invitations to one survey that are sent together, with their reminders.

    A reminder goes out `reminder_days` after the mail before it, to whoever has not finished. Nobody is invited who
    was by another mailing in the last `cap_days` days. Between `quiet_from` and `quiet_until`, by the recipient's
    own clock, nothing is sent. `translations` holds subject and body by language code.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="mailings")
    name = models.CharField(_("name"), max_length=100)
    subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH)
    body = models.TextField(_("text"), max_length=BODY_LENGTH)
    translations = models.JSONField(default=dict, blank=True)
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="mailings", verbose_name=_("location")
    )
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, related_name="mailings", verbose_name=_("touchpoint")
    )
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=1)
    reminder_days = models.PositiveSmallIntegerField(_("days between mails"), default=7)
    cap_days = models.PositiveSmallIntegerField(_("days without another invitation"), default=90)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    state = models.CharField(max_length=20, choices=MailingState, default=MailingState.DRAFT)
    # Where the links of its mails lead: scheme and host, as they were when it was started.
    origin = models.CharField(max_length=200, blank=True)
    # What the mail server said when nothing could be sent, and when that is tried again.
    trouble = models.CharField(max_length=300, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    # When nothing was to come any more; whoever is added later begins it again.
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MailingQuerySet.as_manager()

    class Meta:
        constraints = [
            at_most("body", BODY_LENGTH),
            one_of("state", MailingState),
            between("reminders", 0, MOST_REMINDERS),
            between("reminder_days", 1, LONGEST_PAUSE),
            between("cap_days", 0, LONGEST_CAP),
            both_or_neither("quiet_from", "quiet_until"),
            # A header of a mail is one line, whoever wrote the subject.
            models.CheckConstraint(
                condition=Q(subject__regex=r"\A[^\n\r]+\Z"),
                name="%(app_label)s_%(class)s_subject_is_one_line",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailingState.SENDING, origin=""),
                name="%(app_label)s_%(class)s_sending_has_an_origin",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="%(app_label)s_%(class)s_ended_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name
