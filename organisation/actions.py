"""Writes of the organisation, and the audit trail that every other room writes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from organisation.models import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from organisation.models import Member


def record_change(
    *, action: str, subject: Model, by: Member | None, now: datetime, changes: dict[str, Any] | None = None
) -> AuditEntry:
    """Add a line to the audit trail. `action` is a verb in the past: "published", "renamed"."""
    return AuditEntry.objects.create(
        at=now,
        by=by,
        action=action,
        kind=subject._meta.model_name or "",  # noqa: SLF001 (Django's documented API)
        object_id=str(subject.pk),
        label=str(subject)[:200],
        changes=changes or {},
    )
