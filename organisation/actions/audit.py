"""The audit trail: what was, what is, who did it and when. Never a password, never a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from organisation.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model

    from organisation.models import Member


def record_change(
    *, action: str, subject: Model, by: Member | None, now: datetime, changes: dict[str, Any] | None = None
) -> AuditEntry:
    """Add a line to the audit trail. `action` is a verb in the past: "published", "renamed"."""
    entry = _entry(action, subject, by, now, changes or {})
    entry.save(force_insert=True)
    return entry


def record_changes(
    *,
    action: str,
    subjects: Iterable[Model],
    by: Member | None,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    """Add a line for each of many subjects to which the same was done."""
    AuditEntry.objects.bulk_create([_entry(action, subject, by, now, changes or {}) for subject in subjects])


def set_fields(row: Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the fields whose value differs, and return [old, new] of each by its name. Nothing is saved."""
    changes: dict[str, list[Any]] = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            changes[name] = [plain(before), plain(value)]
            setattr(row, name, value)
    return changes


def plain(value: object) -> Any:
    """What JSON can hold: numbers, truth and None as they are, all else in words."""
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _entry(
    action: str, subject: Model, by: Member | None, now: datetime, changes: dict[str, Any]
) -> AuditEntry:
    return AuditEntry(
        at=now,
        by=by,
        action=action,
        kind=subject._meta.model_name or "",  # noqa: SLF001 (Django's documented API)
        object_id=str(subject.pk),
        label=str(subject)[:200],
        changes=changes,
    )
