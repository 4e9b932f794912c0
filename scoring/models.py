"""Cells: the counters that every score is made of, their sums, and the numbers that move whenever they do."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from organisation.checks import between, both_or_neither, one_of
from organisation.models import Location, Touchpoint
from scoring.blocks import days_of
from scoring.enums import Span
from surveys.enums import Dimension, Mode
from surveys.models import Measure, Survey, Version

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

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


# What a dimension cell counts, and what a block's sum holds of each dimension.
SUMS = ("responses", "mean_sum", "mean_squares", "share_sum", "share_squares")
SUM_COLUMNS = tuple(f"{dimension}_{name}" for dimension in Dimension.values for name in SUMS)


class BlockQuerySet(models.QuerySet["Block"]):
    def due(self) -> Self:
        """Cells have moved since they were last added up, or never were added up."""
        return self.filter(made__lt=F("moved"))

    def made(self) -> Self:
        return self.filter(made=F("moved"))

    def over(self, *, on: date) -> Self:
        """Their last day is past."""
        first_days = {span: days_of(span, on).first for span in Span}
        return self.filter(reduce(or_, (Q(span=span, day__lt=day) for span, day in first_days.items())))


class Block(models.Model):
    """A day, week or month of a survey, and whether its cells are added up in block sums.

    `moved` counts the changes of its cells, in the transaction of each. `made` is where it stood when the sums
    were made, 0 if they never were: while the two differ, nobody reads the sums.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="blocks", db_index=False)
    span = models.CharField(max_length=5, choices=Span)
    day = models.DateField()  # the first one
    moved = models.PositiveBigIntegerField(default=1)
    moved_at = models.DateTimeField()
    made = models.PositiveBigIntegerField(default=0)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "span", "day"], name="%(app_label)s_%(class)s_one_for_each_span_and_day"
            ),
            models.CheckConstraint(
                condition=Q(made__lte=F("moved")),
                name="%(app_label)s_%(class)s_made_of_what_moved",
            ),
            one_of("span", Span),
        ]
        indexes = [
            models.Index(fields=["day"], condition=Q(made__lt=F("moved")), name="scoring_block_due"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.span} {self.day}"


class BlockSumQuerySet(models.QuerySet["BlockSum"]):
    def visible_to(self, member: Member) -> Self:
        if member.sees_everywhere:
            return self
        return self.filter(location__in=Location.objects.visible_to(member).values("pk"))


class BlockSum(models.Model):
    """The cells of a block added up: at a place or over all of them, in each combination of the three facets.

    Location or touchpoint 0 and mode "" mean: whichever. `responses` are all of them, rated or not; then each
    dimension's sums, as in a dimension cell, follow (`SUM_COLUMNS`). `ratings` is what the measure cells count: for
    each measure nine whole numbers of 32 bits, little-endian: its key, n1 to n5, does not apply, blank, unreadable.

    It may be thrown away at any time and is made again from what was answered. So nothing but its block and
    version holds it: where a place is known at all is the cells' matter.
    """

    id = models.BigAutoField(primary_key=True)  # sums are made anew again and again
    block = models.ForeignKey(Block, models.CASCADE, related_name="sums", db_index=False)
    touchpoint = models.PositiveIntegerField(default=0)
    mode = models.CharField(max_length=10, choices=Mode, blank=True, default="")
    location = models.PositiveIntegerField(default=0)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    responses = models.IntegerField(default=0)
    ratings = models.BinaryField(default=b"")

    objects = BlockSumQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["block", "touchpoint", "mode", "location", "version"],
                name="%(app_label)s_%(class)s_one_for_each_place",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in ("responses", *SUM_COLUMNS)}),
                name="%(app_label)s_%(class)s_sums_are_not_negative",
            ),
            one_of("mode", Mode, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.block_id}: {self.responses}"


for _column in SUM_COLUMNS:
    BlockSum.add_to_class(_column, models.BigIntegerField(default=0))


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
