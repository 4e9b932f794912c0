"""Cells: the counters that every score is made of, and the number that moves whenever they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from organisation.checks import between, both_or_neither, one_of
from organisation.models import Location, Touchpoint
from surveys.enums import Dimension, Mode
from surveys.models import Measure, Survey, Version

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from organisation.models import Member


class CellQuerySet[C: "Cell"](models.QuerySet[C]):
    def visible_to(self, member: Member) -> Self:
        if member.sees_everywhere:
            return self
        return self.filter(location__in=Location.objects.visible_to(member))


class Cell(models.Model):
    """Where, how and when: what both kinds of cell are keyed by. `n` always means responses."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, related_name="+", db_index=False)
    mode = models.CharField(max_length=10, choices=Mode)
    day = models.DateField()

    class Meta:
        abstract = True


class MeasureCell(Cell):
    """The distribution of one question's ratings, of one version, at one place on one day.

    Reversed items are already turned: n5 counts the best whatever the wording.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="cells", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    n1 = models.IntegerField(default=0)
    n2 = models.IntegerField(default=0)
    n3 = models.IntegerField(default=0)
    n4 = models.IntegerField(default=0)
    n5 = models.IntegerField(default=0)
    not_applicable = models.IntegerField(default=0)
    blank = models.IntegerField(default=0)
    unreadable = models.IntegerField(default=0)

    objects = CellQuerySet["MeasureCell"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "day", "location", "touchpoint", "mode", "version"],
                name="%(app_label)s_%(class)s_one_for_each_place_and_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    n1__gte=0,
                    n2__gte=0,
                    n3__gte=0,
                    n4__gte=0,
                    n5__gte=0,
                    not_applicable__gte=0,
                    blank__gte=0,
                    unreadable__gte=0,
                ),
                name="%(app_label)s_%(class)s_counts_are_not_negative",
            ),
            one_of("mode", Mode),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.day}"


class DimensionCell(Cell):
    """The responses that rated a dimension at one place on one day, each with its own mean and its own share.

    `mean_sum` adds each response's weighted mean (1 to 5) in millionths, `share_sum` its share of 4s and 5s in
    millionths; `mean_squares` and `share_squares` add their squares in billionths, each rounded down.
    Integers, so that a recount is equal to the digit.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="cells", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    dimension = models.CharField(max_length=20, choices=Dimension)
    responses = models.IntegerField(default=0)
    mean_sum = models.BigIntegerField(default=0)
    mean_squares = models.BigIntegerField(default=0)
    share_sum = models.BigIntegerField(default=0)
    share_squares = models.BigIntegerField(default=0)

    objects = CellQuerySet["DimensionCell"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "dimension", "day", "location", "touchpoint", "mode", "version"],
                name="%(app_label)s_%(class)s_one_for_each_place_and_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    responses__gte=0,
                    mean_sum__gte=0,
                    mean_squares__gte=0,
                    share_sum__gte=0,
                    share_squares__gte=0,
                ),
                name="%(app_label)s_%(class)s_counts_are_not_negative",
            ),
            one_of("mode", Mode),
            one_of("dimension", Dimension),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.day}"


class DataVersion(models.Model):
    """Moves in the transaction that moves a survey's cells, so whatever is cached under it is never stale."""

    survey = models.OneToOneField(Survey, models.PROTECT, primary_key=True, related_name="data_version")
    number = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.number}"


class ScoringState(models.Model):
    """How far scoring has come: one row. It says for anonymous responses, which have no time, how old they can be."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # Whatever was received before this moment has been scored.
    drained_at = models.DateTimeField()
    recounted_at = models.DateTimeField(null=True, blank=True)
    cells_that_differed = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            between("id", 1, 1),
            both_or_neither("recounted_at", "cells_that_differed"),
        ]

    def __str__(self) -> str:
        return f"{self.drained_at}"

    @classmethod
    def note_drained(cls, *, at: datetime, resolution: timedelta) -> None:
        """Remember that the work list was empty at that moment; not more often than once in `resolution`."""
        if not cls.objects.filter(drained_at__gt=at - resolution).exists():
            cls.objects.update_or_create(defaults={"drained_at": at})

    @classmethod
    def note_recount(cls, *, at: datetime, differed: int) -> None:
        """Remember what the last comparison of every cell with a count from scratch has found."""
        found = {"recounted_at": at, "cells_that_differed": differed}
        cls.objects.update_or_create(defaults=found, create_defaults={"drained_at": at, **found})
