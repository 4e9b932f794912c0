"""Quiet hours, by the recipient's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def is_quiet(moment: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether a clock shows quiet hours; they may go past midnight. From and until the same: there are none."""
    if quiet_from <= quiet_until:
        return quiet_from <= moment < quiet_until
    return moment >= quiet_from or moment < quiet_until


def next_allowed(at: datetime, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> datetime:
    """`at`, or the moment in UTC at which the quiet hours end that `at` lies in.

    Where the clock is put back across the end, it is the later of the two moments that read the same; where it is
    put forward across the end, the moment at which the clock is past it.
    """
    local = at.astimezone(zone)
    if not is_quiet(local.time(), quiet_from, quiet_until):
        return at
    day = local.date()
    if quiet_from > quiet_until and local.time() >= quiet_from:
        day += timedelta(days=1)
    ends = (
        datetime.combine(day, quiet_until, tzinfo=zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    return next(end for end in ends if end > at)
