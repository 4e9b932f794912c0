"""A file of answers that was brought in, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import one_of
from surveys.models.surveys import Survey

if TYPE_CHECKING:
    from organisation.models import Member


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Waiting for its columns to be mapped")
    CHECKING = "checking", _("Checking")
    CHECKED = "checked", _("Checked: ready to import")
    REFUSED = "refused", _("Refused")
    IMPORTING = "importing", _("Importing")
    IMPORTED = "imported", _("Imported")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")


# What a run in one of these has written and not released may still be removed.
UNFINISHED = frozenset(ImportState) - {ImportState.IMPORTED, ImportState.UNDONE}


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, member: Member) -> Self:
        return (
            self.filter(survey__in=Survey.objects.visible_to(member))
            if member.sees_everywhere
            else self.none()
        )

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)


class ImportRun(models.Model):
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="import_runs")
    file = models.FileField(upload_to="imports", blank=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.UPLOADED)
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_imported = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    # [{"row": 17, "column": "Speed", "value": "7", "reason": "..."}, ...], the first thousand
    errors = models.JSONField(default=list, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", ImportState),
            models.CheckConstraint(
                condition=Q(rows_total=None) | Q(rows_done__lte=models.F("rows_total")),
                name="%(app_label)s_%(class)s_done_within_total",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
