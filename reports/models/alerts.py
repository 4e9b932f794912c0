"""What a member wants to be told of, and what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisation.checks import between, one_of
from reports.enums import AlertKind, AlertState
from reports.models.deliveries import Delivery
from surveys.enums import Dimension

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member

MEANS = (AlertKind.MEAN_BELOW, AlertKind.MEAN_ABOVE)
SHARES = (AlertKind.SHARE_BELOW, AlertKind.SHARE_ABOVE)


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, member: Member) -> Self:
        """Its own member, and nobody else: it tells what that member may read."""
        return self.filter(owner=member)

    def unchecked(self, *, since: datetime) -> Self:
        """Those in use that nobody has looked at since then."""
        return self.filter(Q(checked_at=None) | Q(checked_at__lt=since), is_active=True)


class Alert(models.Model):
    """`filters` is a report's address with a period that moves: the window. `threshold` is a mean, or a share in
    percent. `hours`: it is not told again within so many, unless it was good in between; `told_at` is the last time.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    filters = models.TextField()
    kind = models.CharField(max_length=20, choices=AlertKind)
    dimension = models.CharField(max_length=20, choices=Dimension)
    threshold = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    hours = models.PositiveSmallIntegerField(default=24)
    language = models.CharField(max_length=10)
    origin = models.CharField(max_length=300)
    is_active = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=AlertState, default=AlertState.UNKNOWN)
    words = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", AlertKind),
            one_of("dimension", Dimension),
            one_of("state", AlertState),
            between("hours", 1, 720),
            models.CheckConstraint(
                condition=Q(kind=AlertKind.SIGNAL, threshold=None)
                | Q(kind__in=MEANS, threshold__isnull=False, threshold__gte=1, threshold__lte=5)
                | Q(kind__in=SHARES, threshold__isnull=False, threshold__gte=0, threshold__lte=100),
                name="%(app_label)s_%(class)s_threshold_suits_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(filters__contains="&from=") & Q(filters__startswith="survey="),
                name="%(app_label)s_%(class)s_period_moves",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="%(app_label)s_%(class)s_has_a_name"),
            models.CheckConstraint(
                condition=~Q(state=AlertState.RAISED) | Q(told_at__isnull=False),
                name="%(app_label)s_%(class)s_raised_was_told",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(told_at__gte=F("made_at")),
                name="%(app_label)s_%(class)s_told_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="%(app_label)s_%(class)s_language_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AlertNoticeQuerySet(models.QuerySet["AlertNotice"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(alert__in=Alert.objects.visible_to(member))


class AlertNotice(models.Model):
    """One time at which an alert was told, in the words of then."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="notices")
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="alert_notice")
    words = models.CharField(max_length=300)
    told_at = models.DateTimeField()

    objects = AlertNoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words
