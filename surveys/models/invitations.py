"""Who is invited, and how far that has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import at_most, between, one_of
from organisation.models import Location, Touchpoint
from organisation.models.places import known_time_zone
from surveys.models.mailings import MOST_REMINDERS, Mailing
from surveys.models.surveys import Version

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member

LONGEST_ADDRESS, LONGEST_NAME = 254, 100


class InvitationState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Bounced")
    SKIPPED = "skipped", _("Skipped")


class SkipReason(models.TextChoices):
    """Why somebody on the list is not invited."""

    CAP = "cap", _("Was invited elsewhere a short time ago")
    UNSUBSCRIBED = "unsubscribed", _("Wants no invitations")
    BOUNCED = "bounced", _("The address bounced before")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(mailing__in=Mailing.objects.visible_to(member))

    def of_token(self, token_hash: bytes) -> Self:
        return self.filter(token_hash=token_hash)

    def due(self, *, now: datetime) -> Self:
        """A mail is to be sent to them, or at least to be thought of."""
        return self.filter(due_at__lte=now)

    def unfinished(self) -> Self:
        return self.filter(is_finished=False)


class Invitation(models.Model):
    """One recipient of a mailing.

    Of the token in the personal link only the SHA-256 is kept; the token itself is derived from `nonce` and the
    site's key when a mail is made. `due_at` is when to look whether the mail of `turn` is to be sent (0 the
    invitation, 1 and up the reminders); without it nothing is to come. That somebody began or finished is a yes or
    no without a time, and nothing here or in the response leads from one to the other.
    """

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="invitations", db_index=False)
    # Empty once it was erased: then the keyed hash of it stands in its place.
    email = models.CharField(_("e-mail"), max_length=LONGEST_ADDRESS, blank=True)
    address_hash = models.BinaryField(max_length=32, null=True, blank=True)
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    language = models.CharField(_("language"), max_length=10)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, validators=[known_time_zone])
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="+", verbose_name=_("location"), db_index=False
    )
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, related_name="+", verbose_name=_("touchpoint"), db_index=False
    )
    nonce = models.BinaryField(max_length=16)
    token_hash = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=20, choices=InvitationState, default=InvitationState.WAITING)
    skipped_because = models.CharField(max_length=20, choices=SkipReason, blank=True)
    turn = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    is_started = models.BooleanField(default=False)
    is_finished = models.BooleanField(default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", InvitationState),
            one_of("skipped_because", SkipReason, blank=True),
            between("turn", 0, MOST_REMINDERS),
            models.UniqueConstraint(
                fields=["mailing", "email"],
                condition=~Q(email=""),
                name="%(app_label)s_%(class)s_once_in_mailing",
            ),
            models.CheckConstraint(
                condition=Q(email__regex=r"\A[!-~]+@[!-~]+\Z", address_hash__isnull=True)
                | Q(email="", name="", address_hash__isnull=False),
                name="%(app_label)s_%(class)s_email_is_one_word_or_erased",
            ),
            at_most("email", LONGEST_ADDRESS),
            at_most("name", LONGEST_NAME),
            models.CheckConstraint(
                condition=Q(name__regex=r"\A[^\n\r]*\Z"), name="%(app_label)s_%(class)s_name_is_one_line"
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="%(app_label)s_%(class)s_language_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(state=InvitationState.SKIPPED) & ~Q(skipped_because=""))
                | (~Q(state=InvitationState.SKIPPED) & Q(skipped_because="")),
                name="%(app_label)s_%(class)s_skipped_for_a_reason",
            ),
            # A response rate never exceeds 100 %: finished means started, and started means sent.
            models.CheckConstraint(
                condition=Q(is_finished=False) | Q(is_started=True),
                name="%(app_label)s_%(class)s_finished_is_started",
            ),
            models.CheckConstraint(
                condition=Q(is_started=False) | Q(sent_at__isnull=False),
                name="%(app_label)s_%(class)s_started_was_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state=InvitationState.SENT, sent_at__isnull=True),
                name="%(app_label)s_%(class)s_sent_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                # In the order in which they are claimed: a list is due at one moment, however long it is.
                fields=["mailing", "due_at", "id"],
                condition=Q(due_at__isnull=False),
                name="surveys_invitation_due",
            ),
        ]

    def __str__(self) -> str:
        return self.email or f"{self.pk}"


class SurveyDraftQuerySet(models.QuerySet["SurveyDraft"]):
    def visible_to(self, member: Member) -> Self:  # noqa: ARG002
        """Nobody reads what a customer has not sent."""
        return self.none()

    def expired(self, *, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class SurveyDraft(models.Model):
    """What an invited customer has answered so far: it goes when the answers are sent, or when it expires."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, primary_key=True, related_name="draft")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=10)
    answers = models.JSONField(default=dict, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    objects = SurveyDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="%(app_label)s_%(class)s_language_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
