"""Writing and removing notes of process changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from organisation.actions import record_change
from organisation.actions.audit import plain
from reports.models import ProcessChange

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from organisation.models import Location, Member


@transaction.atomic
def save_process_change(
    *, change: ProcessChange, locations: Collection[Location], by: Member, now: datetime
) -> None:
    """Add or change a note. Its moment moves with it, and with that every report that shows it."""
    stored = ProcessChange.objects.filter(pk=change.pk).first()
    before = _told(stored, list(stored.locations.all())) if stored else {}
    change.written_at, change.written_by = now, by
    change.save()
    change.locations.set(locations)
    after = _told(change, locations)
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    record_change(action="changed" if stored else "added", subject=change, by=by, now=now, changes=changes)


@transaction.atomic
def remove_process_change(*, change: ProcessChange, by: Member, now: datetime) -> None:
    told = _told(change, list(change.locations.all()))
    changes = {name: [value, None] for name, value in told.items()}
    record_change(action="removed", subject=change, by=by, now=now, changes=changes)
    change.delete()


def _told(change: ProcessChange, locations: Collection[Location]) -> dict[str, Any]:
    """What a note says, as the audit trail keeps it; places by name."""
    told = {
        "survey": plain(change.survey),
        "changed_on": plain(change.changed_on),
        "words": change.words,
        "region": plain(change.region),
        "locations": ", ".join(sorted(place.name for place in locations)) or None,
        "touchpoint": plain(change.touchpoint),
    }
    return {name: value for name, value in told.items() if value is not None}
