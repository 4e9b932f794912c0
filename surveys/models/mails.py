"""Each mail that is to go out once, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import between, one_of
from surveys.models.invitations import Invitation
from surveys.models.mailings import MOST_REMINDERS

if TYPE_CHECKING:
    from organisation.models import Member


class MailState(models.TextChoices):
    """CLAIMED: a worker is at it. DEFERRED: the mail server asked to try again. DOUBTFUL: it was handed over, and
    nobody heard whether it was taken; it counts as sent.
    """

    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    DOUBTFUL = "doubtful", _("Sent, without an answer")
    DEFERRED = "deferred", _("To be tried again")
    REFUSED = "refused", _("Refused")


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(invitation__in=Invitation.objects.visible_to(member))

    def claimed(self) -> Self:
        return self.filter(state=MailState.CLAIMED)


class Mail(models.Model):
    """The effect key: one row for each invitation and turn, so that no mail goes out twice.

    `claim` names the batch of a worker, `place` the mail's place in it. `message_id` is derived from the key.
    """

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="mails", db_index=False)
    turn = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=MailState, default=MailState.CLAIMED)
    message_id = models.CharField(max_length=120, unique=True)
    claim = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    claimed_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", MailState),
            between("turn", 0, MOST_REMINDERS),
            models.UniqueConstraint(
                fields=["invitation", "turn"], name="%(app_label)s_%(class)s_once_for_each_turn"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MailState.SENT, MailState.DOUBTFUL], sent_at__isnull=False)
                | (~Q(state__in=[MailState.SENT, MailState.DOUBTFUL]) & Q(sent_at__isnull=True)),
                name="%(app_label)s_%(class)s_sent_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["claim"], condition=Q(state=MailState.CLAIMED), name="surveys_mail_claimed"),
        ]

    def __str__(self) -> str:
        return self.message_id


class BounceSource(models.TextChoices):
    SMTP = "smtp", _("The mail server, while sending")
    REPORT = "report", _("A report that came back")


class BounceQuerySet(models.QuerySet["Bounce"]):
    def visible_to(self, member: Member) -> Self:
        return self if member.may_see_recipients else self.none()


class Bounce(models.Model):
    """An address that takes no mail. The address is a keyed hash, so that it outlives the invitation."""

    address_hash = models.BinaryField(max_length=32, unique=True)
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, blank=True, related_name="bounces")
    source = models.CharField(max_length=10, choices=BounceSource)
    reason = models.CharField(max_length=300, blank=True)
    bounced_on = models.DateField()

    objects = BounceQuerySet.as_manager()

    class Meta:
        constraints = [one_of("source", BounceSource)]

    def __str__(self) -> str:
        return self.reason
