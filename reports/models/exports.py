"""Files of responses that were asked for, and how far a worker has come with each."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery, Value
from django.db.models.functions import Coalesce

from organisation.checks import one_of, starts_before_end
from reports.enums import ExportKind, ExportState
from reviews.models import Erasure

if TYPE_CHECKING:
    from organisation.models import Member

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
UNFINISHED = frozenset({ExportState.WAITING, ExportState.RUNNING})


def _outdated() -> Q:
    """Asked for before somebody's words were erased."""
    last = Erasure.objects.order_by("-erased_at").values("erased_at")[:1]
    return Q(asked_at__lte=Coalesce(Subquery(last), Value(NEVER)))


class ReportExportQuerySet(models.QuerySet["ReportExport"]):
    def visible_to(self, member: Member) -> Self:
        """Whoever asked for it, and nobody else; nobody where something in it may have been erased since."""
        return self.filter(owner=member).exclude(_outdated())

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def expired(self, *, at: datetime) -> Self:
        return self.filter(Q(expires_at__lte=at) | _outdated())


class ReportExport(models.Model):
    """The responses behind a scope as one file. `filters` is the scope as an address, with its days written out.

    What a worker has written and brought to the disk is noted here: `bytes_done` of the file hold `rows_done` rows,
    the last of them `last_key` of `last_day` in version `last_version`. What lies beyond in the file is nobody's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ExportKind)
    name = models.CharField(max_length=300)
    filters = models.TextField()
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.WAITING)
    rows_total = models.PositiveIntegerField()
    rows_done = models.PositiveIntegerField(default=0)
    bytes_done = models.PositiveBigIntegerField(default=0)
    last_version = models.PositiveIntegerField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    last_key = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ReportExportQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ExportKind),
            one_of("state", ExportState),
            starts_before_end("asked_at", "expires_at"),
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")), name="%(app_label)s_%(class)s_done_within_total"
            ),
            models.CheckConstraint(
                condition=Q(last_version=None, last_day=None, last_key=None)
                | Q(last_version__isnull=False, last_day__isnull=False, last_key__isnull=False),
                name="%(app_label)s_%(class)s_last_row_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ExportState.READY, ExportState.FAILED], ended_at__isnull=False)
                | Q(state__in=[ExportState.WAITING, ExportState.RUNNING], ended_at=None),
                name="%(app_label)s_%(class)s_ended_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.state in UNFINISHED

    @property
    def path(self) -> Path:
        """Where the file is once it is ready. No address leads there but the one that asks who wants it."""
        return folder() / f"{self.pk}.{self.kind}"

    @property
    def part_path(self) -> Path:
        """Where its rows are written: the file itself, or what it will be made of."""
        return self.path if self.kind == ExportKind.CSV else self.path.with_suffix(".part")


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "exports"
