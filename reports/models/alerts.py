"""What members want to be told of, how it stands for each of them, and what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisation.checks import between, one_of
from reports.enums import AlertKind, AlertState
from reports.models.deliveries import Delivery
from surveys.enums import Dimension
from surveys.models import Response

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member

MEANS = (AlertKind.MEAN_BELOW, AlertKind.MEAN_ABOVE)
SHARES = (AlertKind.SHARE_BELOW, AlertKind.SHARE_ABOVE)
WITHOUT_THRESHOLD = (AlertKind.SIGNAL, AlertKind.OUTLIER)


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, member: Member) -> Self:
        """Whoever made it, those whom it tells, and administrators."""
        if member.is_administrator:
            return self
        told = AlertRecipient.objects.filter(member=member).values("alert")
        return self.filter(Q(owner=member) | Q(pk__in=told))

    def changeable_by(self, member: Member) -> Self:
        """Whoever made it, and administrators."""
        return self if member.is_administrator else self.filter(owner=member)


class Alert(models.Model):
    """`filters` is a report's address with a period that moves: the window. `threshold` is a mean, a share in percent or,
    of a low score, the highest that is low; an empty `dimension` is then any question. `hours`: nobody is told again
    within so many, unless it was good in between.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    filters = models.TextField()
    kind = models.CharField(max_length=20, choices=AlertKind)
    dimension = models.CharField(max_length=20, choices=Dimension, blank=True)
    threshold = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    hours = models.PositiveSmallIntegerField(default=24)
    tells_good = models.BooleanField(default=False)
    language = models.CharField(max_length=10)
    origin = models.CharField(max_length=300)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", AlertKind),
            one_of("dimension", Dimension, blank=True),
            models.CheckConstraint(
                condition=~Q(dimension="") | Q(kind=AlertKind.LOW_SCORE),
                name="%(app_label)s_%(class)s_only_a_low_score_is_of_any_question",
            ),
            between("hours", 1, 720),
            models.CheckConstraint(
                condition=Q(kind__in=WITHOUT_THRESHOLD, threshold=None)
                | Q(kind__in=MEANS, threshold__isnull=False, threshold__gte=1, threshold__lte=5)
                | Q(kind__in=SHARES, threshold__isnull=False, threshold__gte=0, threshold__lte=100)
                | Q(kind=AlertKind.LOW_SCORE, threshold__isnull=False, threshold__gte=1, threshold__lte=4),
                name="%(app_label)s_%(class)s_threshold_suits_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(filters__contains="&from=") & Q(filters__startswith="survey="),
                name="%(app_label)s_%(class)s_period_moves",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="%(app_label)s_%(class)s_has_a_name"),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="%(app_label)s_%(class)s_language_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AlertRecipientQuerySet(models.QuerySet["AlertRecipient"]):
    def visible_to(self, member: Member) -> Self:
        """One's own, and nobody else's: it tells what that member may read."""
        return self.filter(member=member)

    def unchecked(self, *, since: datetime, low_scores_since: datetime) -> Self:
        """Those of alerts in use that nobody has looked at since then; low scores are looked for more often."""
        long_ago = Q(alert__kind=AlertKind.LOW_SCORE, checked_at__lt=low_scores_since) | Q(
            checked_at__lt=since
        )
        return self.filter(Q(checked_at=None) | long_ago, alert__is_active=True)


class AlertRecipient(models.Model):
    """One member whom an alert tells, within their own scope, and how it stands for them.

    `told_at` is the last time; `signs` are what of it they were told already, and `marks` from where on responses of a
    location are news to them (reports/alerts/low_scores.py); `seen_days` how often the cells of each day had moved when
    its responses were looked through. `is_readable`: the last look found something that may be
    shown. Nothing of what may not is in any of these.
    """

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="recipients")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AlertState, default=AlertState.UNKNOWN)
    raised_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    is_readable = models.BooleanField(default=True)
    words = models.CharField(max_length=300, blank=True)
    signs = models.JSONField(default=list, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    seen_days = models.JSONField(default=dict, blank=True)

    objects = AlertRecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "member"], name="%(app_label)s_%(class)s_each_once"),
            one_of("state", AlertState),
            models.CheckConstraint(
                condition=Q(state=AlertState.RAISED, raised_at__isnull=False, told_at__isnull=False)
                | (~Q(state=AlertState.RAISED) & Q(raised_at=None)),
                name="%(app_label)s_%(class)s_raised_since_and_told",
            ),
            models.CheckConstraint(
                condition=Q(raised_at=None) | Q(raised_at__lte=F("told_at")),
                name="%(app_label)s_%(class)s_told_since_it_was_raised",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.member_id}"


class LowScoreQuerySet(models.QuerySet["LowScore"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(recipient__member=member)

    def waiting(self) -> Self:
        return self.filter(told_at=None)


class LowScore(models.Model):
    """A response that an alert has found for one recipient: there once, so it is told once. No page shows it."""

    recipient = models.ForeignKey(AlertRecipient, models.CASCADE, related_name="low_scores", db_index=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="+")
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    objects = LowScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "response"], name="%(app_label)s_%(class)s_each_once"
            )
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(told_at=None), name="reports_lowscore_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.response_id}"


class AlertNoticeQuerySet(models.QuerySet["AlertNotice"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(recipient__member=member)


class AlertNotice(models.Model):
    """One time at which an alert was told to one recipient, in the words of then; `is_good`: that it is good again."""

    recipient = models.ForeignKey(AlertRecipient, models.CASCADE, related_name="notices")
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="alert_notice")
    words = models.CharField(max_length=300)
    lines = models.JSONField(default=list, blank=True)
    link = models.TextField()
    is_good = models.BooleanField(default=False)
    told_at = models.DateTimeField()

    objects = AlertNoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words
