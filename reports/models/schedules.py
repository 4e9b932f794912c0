"""When a report goes out by itself, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.checks import between, one_of
from organisation.models.places import known_time_zone
from reports.enums import ScheduleStep, StopReason

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import Member


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def visible_to(self, member: Member) -> Self:
        """Whoever set it up, and administrators."""
        return self if member.is_administrator else self.filter(owner=member)


class Schedule(models.Model):
    """A report that goes out every day, week or month at an hour of the clock.

    `filters` is the report's address with a period that moves with the calendar; `charts` are the ones that go in, by
    name, all of them where none is named. `weekday` counts from Monday, 0; a
    `month_day` that a month lacks is its last. An empty `time_zone` is each recipient's own.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    filters = models.TextField()
    charts = models.JSONField(default=list, blank=True)
    step = models.CharField(max_length=10, choices=ScheduleStep)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    month_day = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.TimeField()
    time_zone = models.CharField(max_length=50, blank=True, validators=[known_time_zone])
    language = models.CharField(max_length=10)
    origin = models.CharField(max_length=300)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("step", ScheduleStep),
            between("weekday", 0, 6),
            between("month_day", 1, 31),
            models.CheckConstraint(
                condition=Q(step=ScheduleStep.DAY, weekday=None, month_day=None)
                | Q(step=ScheduleStep.WEEK, weekday__isnull=False, month_day=None)
                | Q(step=ScheduleStep.MONTH, weekday=None, month_day__isnull=False),
                name="%(app_label)s_%(class)s_day_suits_its_step",
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


class ScheduleRecipientQuerySet(models.QuerySet["ScheduleRecipient"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(schedule__in=Schedule.objects.visible_to(member))

    def due(self, *, at: datetime) -> Self:
        return self.filter(schedule__is_active=True, next_at__lte=at)


class ScheduleRecipient(models.Model):
    """One member to whom a schedule sends. `next_at`: their next one, by the clock that counts for them. While it is
    stopped for a reason nothing goes to them; `stopped_at` is when that was first seen.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="recipients")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    next_at = models.DateTimeField(db_index=True)
    stopped_because = models.CharField(max_length=10, choices=StopReason, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = ScheduleRecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "member"], name="%(app_label)s_%(class)s_once_in_a_schedule"
            ),
            one_of("stopped_because", StopReason, blank=True),
            models.CheckConstraint(
                condition=Q(stopped_because="", stopped_at=None)
                | (~Q(stopped_because="") & Q(stopped_at__isnull=False)),
                name="%(app_label)s_%(class)s_stopped_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id}: {self.member_id}"
