"""Reports that were taken along: their figures are kept as they were, and never change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from organisation.models import Member


class StoredReportQuerySet(models.QuerySet["StoredReport"]):
    def visible_to(self, member: Member) -> Self:
        """Whose scope it was made in. Whether they may read it still, `reports.storing.may_still_read` says."""
        return self.filter(member=member)

    def light(self) -> Self:
        """Without what only its own page needs."""
        return self.defer("result", "pdf")


class StoredReport(models.Model):
    """What a report said at `made_at`, in the scope that `member` had then. A trigger refuses to change it.

    `result` is the whole of it (reports/frozen.py), `pdf` the document; `places` are the locations in the scope, None
    where it was all of them.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filters = models.TextField()
    places = models.JSONField(null=True)
    language = models.CharField(max_length=10)
    result = models.BinaryField()
    pdf = models.BinaryField()
    data_version = models.PositiveBigIntegerField(null=True)
    made_at = models.DateTimeField()

    objects = StoredReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="%(app_label)s_%(class)s_language_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.filters
