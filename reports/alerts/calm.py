"""When an alert is told, and when it is left at that. Pure: what was read, how it stood, and the clock.

It is told when it turns bad, and again only after its hours of calm or when it was good in between. Good means good
by a margin: a score that wavers about its threshold is not told each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from reports.enums import AlertState

if TYPE_CHECKING:
    from datetime import datetime

# How far beyond its threshold a score has to be to be good again: of a mean, of a share in percent.
MEAN_MARGIN, SHARE_MARGIN = 0.1, 2.0


class Reading(Enum):
    """UNCLEAR: between bad and good. NOTHING: no score to read, or one that may not be shown."""

    BAD = "bad"
    GOOD = "good"
    UNCLEAR = "unclear"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an alert stands: its state, and when it was last told."""

    state: AlertState = AlertState.UNKNOWN
    told_at: datetime | None = None


def against(value: float, threshold: float, *, margin: float, is_below: bool) -> Reading:
    """A value against its threshold; `is_below`: what lies below is bad, else what lies above."""
    distance = value - threshold if is_below else threshold - value
    if distance < 0:
        return Reading.BAD
    return Reading.GOOD if distance >= margin else Reading.UNCLEAR


def judged(standing: Standing, reading: Reading, *, hours: int, now: datetime) -> tuple[Standing, bool]:
    """How the alert stands then, and whether it is told now."""
    if reading is Reading.GOOD:
        return Standing(AlertState.CALM, standing.told_at), False
    if reading is not Reading.BAD:
        return standing, False
    is_raised, told_at = standing.state == AlertState.RAISED, standing.told_at
    if is_raised and told_at and now - told_at < timedelta(hours=hours):
        return standing, False
    return Standing(AlertState.RAISED, now), True
