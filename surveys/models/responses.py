"""One answered version is one row, written by one INSERT."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from organisation.checks import between, one_of
from organisation.models import Location, Touchpoint
from surveys.enums import Mode
from surveys.models.imports import ImportRun
from surveys.models.surveys import Version

if TYPE_CHECKING:
    from organisation.models import Member


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(location__in=Location.objects.visible_to(member))

    def unscored(self) -> Self:
        """The scorer's work list: a held response waits until somebody releases it."""
        return self.filter(is_scored=False, is_held=False)

    def scored(self) -> Self:
        return self.filter(is_scored=True)

    def held(self) -> Self:
        return self.filter(is_held=True)

    def unheard(self) -> Self:
        """The work list of whoever reads what customers wrote."""
        return self.filter(is_heard=False)

    def flagged(self) -> Self:
        return self.filter(flags__gt=0)

    def arrived(self) -> Self:
        """Without the rows of imports that have not ended: those are held until their file is in, or go again."""
        return self.exclude(import_run__in=ImportRun.objects.unfinished())


class Response(models.Model):
    """The answers to one version. The key is the submission's own, so a retry is the same row.

    `ratings` holds one character for each question, in order: 1 to 5, `x` does not apply, `-` left blank,
    `?` unreadable on paper, `.` not a rating question. `answers` holds choices and texts by measure key.
    An anonymous survey's row has no `received_at`: nothing finer than the day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(Version, models.PROTECT, related_name="responses", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="responses", db_index=False)
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, related_name="responses", db_index=False)
    mode = models.CharField(max_length=10, choices=Mode)
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True, blank=True)
    ratings = models.CharField(max_length=20)
    answers = models.JSONField(default=dict, blank=True)
    flags = models.PositiveSmallIntegerField(default=0)
    is_held = models.BooleanField(default=False)
    is_scored = models.BooleanField(default=False)
    # True from the start where nobody has anything to read: ratings only, and not of a review form.
    is_heard = models.BooleanField(default=False)
    import_run = models.ForeignKey(
        ImportRun, models.PROTECT, null=True, blank=True, related_name="responses", db_index=False
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("mode", Mode),
            models.CheckConstraint(
                condition=Q(ratings__regex=r"\A[1-5x?.-]{1,20}\Z"),
                name="%(app_label)s_%(class)s_ratings_are_1_to_5_or_a_sign",
            ),
            between("flags", 0, 255),
            models.CheckConstraint(
                condition=Q(is_held=False) | Q(is_scored=False),
                name="%(app_label)s_%(class)s_held_is_not_scored",
            ),
        ]
        indexes = [
            models.Index(fields=["version", "received_on"], name="surveys_response_of_version"),
            # With the day, or PostgreSQL walks the index above for a handful of rows whenever its statistics lag.
            models.Index(
                fields=["version", "received_on"],
                condition=Q(is_scored=False, is_held=False),
                name="surveys_response_unscored",
            ),
            models.Index(
                fields=["version", "received_on"],
                condition=Q(is_heard=False),
                name="surveys_response_unheard",
            ),
            models.Index(
                fields=["import_run"], condition=Q(import_run__isnull=False), name="surveys_response_imported"
            ),
            # In the order of the pages that list them; the flags let one reason be found without the rows.
            models.Index(
                fields=["version", "received_on", "id"],
                condition=Q(is_held=True),
                name="surveys_response_held",
            ),
            models.Index(
                fields=["version", "received_on", "id", "flags"],
                condition=Q(flags__gt=0),
                name="surveys_response_flagged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}"
