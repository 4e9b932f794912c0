"""A file of mentions that was brought in, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisation.checks import one_of
from reviews.enums import FileState

if TYPE_CHECKING:
    from organisation.models import Member


class MentionFileQuerySet(models.QuerySet["MentionFile"]):
    def visible_to(self, member: Member) -> Self:
        """One's own: a file may speak of any location. Whoever sees everywhere sees all."""
        return self if member.sees_everywhere else self.filter(sent_by=member)


class MentionFile(models.Model):
    """The file itself is removed once it is in or given up; what it held stays in the mentions."""

    file = models.FileField(upload_to="mentions", blank=True)
    file_name = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=FileState, default=FileState.SENT)
    rows = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    # [{"row": 17, "column": "Score", "value": "good", "reason": "..."}, ...], the first thousand
    errors = models.JSONField(default=list, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = MentionFileQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", FileState),
            models.CheckConstraint(
                condition=Q(rows=F("rows_new") + F("rows_known") + F("rows_refused")),
                name="%(app_label)s_%(class)s_every_row_is_accounted_for",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
