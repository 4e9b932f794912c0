"""The address by which a recipient has no more of a schedule, without signing in: signed, and good for as long as a mail is."""

from __future__ import annotations

from typing import NamedTuple

from django.core.signing import BadSignature, Signer

from reports.models import Schedule, ScheduleRecipient

SALT = "reports.leaving"


class Leaver(NamedTuple):
    """Whom an address speaks of. `row` is None where nothing goes to them: they left, or it was removed."""

    schedule: Schedule | None
    row: ScheduleRecipient | None


def leaving_token(*, schedule: int, member: int) -> str:
    signed: str = Signer(salt=SALT).sign_object([schedule, member])
    return signed


def leaver_of(token: str) -> Leaver | None:
    """None where nobody ever got such an address."""
    try:
        schedule_id, member_id = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError):
        return None
    rows = ScheduleRecipient.objects.select_related("schedule", "member")
    row = rows.filter(schedule=schedule_id, member=member_id).first()
    return Leaver(row.schedule if row else Schedule.objects.filter(pk=schedule_id).first(), row)
