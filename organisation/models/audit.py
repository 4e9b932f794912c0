"""Who changed what, and when. Rows are only ever added: a trigger refuses anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from organisation.models.members import Member


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, member: Member) -> Self:
        return self if member.is_administrator else self.none()


class AuditEntry(models.Model):
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=50)
    kind = models.CharField(max_length=50)
    object_id = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="organisation_audit_of_object")]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.action} {self.label}"
