"""When an alert is told, and when it is left at that. Pure: what was read, how it stood, and the clock.

It is told when it turns bad, and again only after its hours of calm or when it was good in between. Good means good
by a margin: a score that wavers about its threshold is not told each time. What has a name (a location out of line, a
point of a trend) is told once for as long as it lasts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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


class Tidings(Enum):
    """What is told now: nothing, that it is bad, or that it is good again."""

    NOTHING = "nothing"
    BAD = "bad"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an alert stands: its state and since when it is raised, when bad was last told, and which signs were."""

    state: AlertState = AlertState.UNKNOWN
    raised_at: datetime | None = None
    told_at: datetime | None = None
    signs: frozenset[str] = frozenset()

    def is_calm_at(self, now: datetime, *, hours: int) -> bool:
        """Whether the hours after the last mail are not over."""
        return self.told_at is not None and now - self.told_at < timedelta(hours=hours)

    def told(self, now: datetime, signs: frozenset[str] = frozenset()) -> Standing:
        return Standing(AlertState.RAISED, self.raised_at or now, now, signs)


def against(value: float, threshold: float, *, margin: float, is_below: bool) -> Reading:
    """A value against its threshold; `is_below`: what lies below is bad, else what lies above."""
    distance = value - threshold if is_below else threshold - value
    if distance < 0:
        return Reading.BAD
    return Reading.GOOD if distance >= margin else Reading.UNCLEAR


def judged(standing: Standing, reading: Reading, *, hours: int, now: datetime) -> tuple[Standing, Tidings]:
    """How an alert on a threshold stands then, and what is told now."""
    if reading is Reading.GOOD:
        return _good(standing)
    if reading is not Reading.BAD:
        return standing, Tidings.NOTHING
    if standing.state == AlertState.RAISED and standing.is_calm_at(now, hours=hours):
        return standing, Tidings.NOTHING
    return standing.told(now), Tidings.BAD


def judged_signs(
    standing: Standing, bad: frozenset[str], lingering: frozenset[str], *, hours: int, now: datetime
) -> tuple[Standing, Tidings]:
    """The same of an alert on what has names: `bad` ones, and those that are neither bad nor clearly good again.

    Only a name that was not told is news, and within the hours of calm it waits, unless all was good in between. One
    that is good again is forgotten.
    """
    known = standing.signs & (bad | lingering)
    if bad <= known:
        return (replace(standing, signs=known), Tidings.NOTHING) if known else _good(standing)
    if standing.state == AlertState.RAISED and standing.is_calm_at(now, hours=hours):
        return replace(standing, signs=known), Tidings.NOTHING
    return standing.told(now, known | bad), Tidings.BAD


def paced(standing: Standing, *, is_news: bool, hours: int, now: datetime) -> tuple[Standing, Tidings]:
    """The same of an alert on what happens: news within the hours of calm are collected, and told together."""
    if standing.is_calm_at(now, hours=hours):
        return standing, Tidings.NOTHING
    return (standing.told(now), Tidings.BAD) if is_news else (_good(standing)[0], Tidings.NOTHING)


def _good(standing: Standing) -> tuple[Standing, Tidings]:
    tidings = Tidings.GOOD if standing.state == AlertState.RAISED else Tidings.NOTHING
    return Standing(AlertState.CALM, None, standing.told_at), tidings
