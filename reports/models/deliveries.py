"""Mails of this room to members: each is a row, so that each goes out once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.checks import one_of
from reports.enums import DeliveryState
from reports.models.schedules import Schedule
from reports.models.stored import StoredReport

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member

OUT = frozenset({DeliveryState.SENT, DeliveryState.DOUBTFUL})


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(member=member)

    def due(self, *, at: datetime) -> Self:
        return self.filter(state=DeliveryState.WAITING, due_at__lte=at)

    def claimed(self) -> Self:
        return self.filter(state=DeliveryState.CLAIMED)


class Delivery(models.Model):
    """One mail to one member, and how far it has come. What it says, the row says that points here.

    `claim` names the log of the worker that is at it (surveys/inviting/handover.py); `said` is why it failed.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", DeliveryState),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OUT), sent_at__isnull=False)
                | (~Q(state__in=sorted(OUT)) & Q(sent_at=None)),
                name="%(app_label)s_%(class)s_sent_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.CLAIMED, claim__isnull=False, claimed_at__isnull=False)
                | (~Q(state=DeliveryState.CLAIMED) & Q(claim=None, claimed_at=None)),
                name="%(app_label)s_%(class)s_claimed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state=DeliveryState.WAITING), name="reports_delivery_waiting"
            ),
            models.Index(
                fields=["claim"], condition=Q(state=DeliveryState.CLAIMED), name="reports_delivery_claimed"
            ),
        ]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.pk}"


class SentReportQuerySet(models.QuerySet["SentReport"]):
    def visible_to(self, member: Member) -> Self:
        """Its recipient, and nobody else: each has their own, in their own scope."""
        return self.filter(member=member)

    def made(self) -> Self:
        return self.filter(report__isnull=False)

    def cleared(self) -> Self:
        return self.filter(cleared_at__isnull=False)


class SentReport(models.Model):
    """One occurrence of a schedule for one recipient: the effect key. `due_on` is the day by the clock that counted.

    `missed` are the earlier occurrences that nobody could send; `report` is what was sent, once it is made, until its
    time is over; `period` says which days it is about. One that a member asked for by hand is of no schedule.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    schedule = models.ForeignKey(Schedule, models.SET_NULL, null=True, blank=True, related_name="sent")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="sent_report")
    report = models.OneToOneField(
        StoredReport, models.PROTECT, null=True, blank=True, related_name="sent_report"
    )
    name = models.CharField(max_length=100)
    period = models.CharField(max_length=100, blank=True)
    filters = models.TextField()
    charts = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=10)
    origin = models.CharField(max_length=300)
    due_on = models.DateField()
    due_at = models.DateTimeField()
    missed = models.PositiveSmallIntegerField(default=0)
    is_by_hand = models.BooleanField(default=False)
    cleared_at = models.DateTimeField(null=True, blank=True)

    objects = SentReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "member", "due_on"], name="%(app_label)s_%(class)s_once_for_each_day"
            ),
            models.CheckConstraint(
                condition=Q(cleared_at=None) | Q(report=None), name="%(app_label)s_%(class)s_cleared_is_gone"
            ),
            models.CheckConstraint(
                condition=Q(is_by_hand=False) | Q(schedule=None),
                name="%(app_label)s_%(class)s_by_hand_is_of_no_schedule",
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="%(app_label)s_%(class)s_language_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScheduleNoticeQuerySet(models.QuerySet["ScheduleNotice"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(delivery__member=member)


class ScheduleNotice(models.Model):
    """A mail that tells whose recipients a schedule no longer reaches. Who they are is read when it is made."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="notices")
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="schedule_notice")

    objects = ScheduleNoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.schedule_id}"
