"""What an alert's report says to one recipient today: how the alert stands then, and in which words.

It is the report that they could open themselves: what may not be shown is not looked at, and nothing follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.comparison import Verdict
from reports import numerals
from reports.alerts.calm import (
    MEAN_MARGIN,
    SHARE_MARGIN,
    Reading,
    Standing,
    Tidings,
    against,
    judged,
    judged_signs,
)
from reports.enums import AlertKind, AlertState
from reports.findings import listed, name_of, reason_of
from reports.models.alerts import MEANS
from reports.results import Computed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from reports.models import Alert, AlertRecipient
    from reports.results import BucketResult, DimensionResult, LocationResult, Report

BELOW = frozenset({AlertKind.MEAN_BELOW, AlertKind.SHARE_BELOW})
# A location that was out of line is back only where chance alone explains the rest in one of five cases.
BACK_IN_LINE = 0.2
FALSE_DISCOVERIES = 0.05
MOST_NAMED = 12  # in a mail; the rest are counted
OUT_OF_LINE = {Verdict.LOWER, Verdict.HIGHER}


@dataclass(frozen=True, slots=True)
class Look:
    """How it stands after the look, what is told of it, and what is said of it. `lines`: more of it, for the mail.

    `link` is the address that the mail leads to; `is_readable`: there was something that may be shown.
    """

    after: Standing
    tidings: Tidings
    words: str
    lines: tuple[str, ...] = ()
    link: str = ""
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a report. `bad` and `lingering`: names, where what is looked for has any."""

    reading: Reading
    words: str
    lines: tuple[str, ...] = ()
    bad: frozenset[str] | None = None
    lingering: frozenset[str] = frozenset()


def standing_of(recipient: AlertRecipient) -> Standing:
    state = AlertState(recipient.state)
    return Standing(state, recipient.raised_at, recipient.told_at, frozenset(recipient.signs))


def nothing_to_see(recipient: AlertRecipient, words: str) -> Look:
    """It stays as it was."""
    return Look(standing_of(recipient), Tidings.NOTHING, words, is_readable=False)


def look_at(recipient: AlertRecipient, report: Report, *, now: datetime) -> Look:
    """The report as the recipient would read it now."""
    alert, before = recipient.alert, standing_of(recipient)
    result = next((one for one in report.computed if one.dimension == alert.dimension), None)
    if result is None:
        return nothing_to_see(recipient, _("There is no score to look at."))
    seen = read(alert, result, told=before.signs)
    if seen.reading is Reading.NOTHING:
        return nothing_to_see(recipient, seen.words)
    if seen.bad is None:
        after, tidings = judged(before, seen.reading, hours=alert.hours, now=now)
    else:
        after, tidings = judged_signs(before, seen.bad, seen.lingering, hours=alert.hours, now=now)
    link = f"{reverse('reports:overview')}?{report.filters.query()}"
    return Look(after, tidings, seen.words, seen.lines, link)


def read(alert: Alert, result: DimensionResult, *, told: frozenset[str] = frozenset()) -> Seen:
    """What the alert looks for, in the result of its dimension. `told`: the names that are known already."""
    if alert.kind == AlertKind.SIGNAL:
        return _signal(result, told)
    if alert.kind == AlertKind.OUTLIER:
        return _outliers(result, told)
    if not isinstance(result.score, Computed):
        return Seen(Reading.NOTHING, _("There is no score to look at."))
    return _score(alert, result.score)


def _score(alert: Alert, score: Computed) -> Seen:
    limit = float(alert.threshold or 0)
    if alert.kind in MEANS:
        value, margin, interval = score.mean, MEAN_MARGIN, score.interval
        said, asked, span = numerals.mean(value), numerals.mean(limit), numerals.span(interval)
        is_across = interval is not None and limit in interval
    else:
        value, margin, interval = 100 * score.share, SHARE_MARGIN, score.share_interval
        said, asked = numerals.share(score.share), numerals.share(limit / 100)
        span, is_across = numerals.share_span(interval), interval is not None and limit / 100 in interval
    words = _("%(dimension)s: %(value)s (%(span)s) from %(n)s responses; the threshold is %(limit)s.")
    numbers = {
        "dimension": name_of(alert.dimension),
        "value": said,
        "span": span,
        "n": numerals.count(score.n),
        "limit": asked,
    }
    chance = _("The interval reaches across the threshold: chance alone may have done it.")
    reading = against(value, limit, margin=margin, is_below=alert.kind in BELOW)
    return Seen(reading, words % numbers, (chance,) if is_across else ())


def _signal(result: DimensionResult, told: frozenset[str]) -> Seen:
    """Of the latest point that can be shown and has limits. What was told of a point is news no more, even while its
    days go on; a run is one and the same however long it is.
    """
    points = [bucket for bucket in result.trend if bucket.control and isinstance(bucket.score, Computed)]
    if not points:
        return Seen(Reading.NOTHING, _("There is no point of the trend to look at."))
    latest = points[-1]
    words = {"dimension": name_of(result.dimension), "days": numerals.days(latest.period)}
    of_it = frozenset(sign for sign in told if sign.endswith(latest.period.start.isoformat()))
    if latest.control is None or latest.control.signal is None:
        calm = _("%(dimension)s, %(days)s: as usual.") % words
        return Seen(Reading.UNCLEAR if of_it else Reading.GOOD, calm, bad=frozenset(), lingering=of_it)
    said = _("%(dimension)s, %(days)s: %(signal)s.") % {**words, "signal": reason_of(latest).lower()}
    chance = _(
        "While the service stays the same, a trend as long as this has at least one such point in %(chance)s of all cases: "
        "the chance of a false alarm."
    ) % {"chance": numerals.share(result.false_alarm)}
    lines = (_point_words(latest), chance)
    return Seen(Reading.BAD, said, lines, bad=frozenset({_sign_of(latest)}), lingering=of_it)


def _sign_of(point: BucketResult) -> str:
    signal = point.control.signal if point.control else None
    is_run = signal is not None and signal.is_run
    return str(signal) if is_run else f"{signal} {point.period.start.isoformat()}"


def _point_words(point: BucketResult) -> str:
    if not (isinstance(point.score, Computed) and point.control):
        return ""
    return _("Mean %(mean)s from %(n)s responses; usual is %(usual)s, limits %(limits)s.") % {
        "mean": numerals.mean(point.score.mean),
        "n": numerals.count(point.score.n),
        "usual": numerals.mean(point.control.centre),
        "limits": numerals.span(point.control.limits),
    }


def _outliers(result: DimensionResult, told: frozenset[str]) -> Seen:
    """By location and side. One that was told is good again only where it is clearly back in line; one of which nothing
    can be said stays as it was.
    """
    compared = [place for place in result.locations if place.against.verdict is not Verdict.TOO_FEW]
    if not compared:
        return Seen(Reading.NOTHING, _("There are no locations that can be compared."))
    out = [place for place in compared if place.against.verdict in OUT_OF_LINE]
    back = {place.code for place in compared if (place.against.p_value or 0) >= BACK_IN_LINE}
    lingering = frozenset(sign for sign in told if sign.partition(" ")[2] not in back)
    name = name_of(result.dimension)
    if not out:
        calm = _("%(dimension)s: no location is out of line with the others.") % {"dimension": name}
        return Seen(Reading.GOOD, calm, bad=frozenset(), lingering=lingering)
    bad = frozenset(f"{place.against.verdict} {place.code}" for place in out)
    return Seen(Reading.BAD, _sides(name, out), _outlier_lines(out), bad, lingering)


def _sides(name: str, places: Sequence[LocationResult]) -> str:
    """Those below first: they are what most readers wait for."""
    below = listed([place.name for place in places if place.against.verdict is Verdict.LOWER])
    above = listed([place.name for place in places if place.against.verdict is Verdict.HIGHER])
    if below and above:
        said = _("%(dimension)s: below the other locations: %(below)s; above them: %(above)s.")
    elif below:
        said = _("%(dimension)s: below the other locations: %(below)s.")
    else:
        said = _("%(dimension)s: above the other locations: %(above)s.")
    return said % {"dimension": name, "below": below, "above": above}


def _outlier_lines(places: Sequence[LocationResult]) -> tuple[str, ...]:
    lines = []
    ranked = sorted(places, key=lambda place: (place.against.verdict is Verdict.HIGHER, place.name))
    for place in ranked[:MOST_NAMED]:
        if not isinstance(place.score, Computed):
            continue
        is_higher = place.against.verdict is Verdict.HIGHER
        above = _("%(place)s is above the others: %(mean)s from %(n)s responses (%(difference)s).")
        below = _("%(place)s is below the others: %(mean)s from %(n)s responses (%(difference)s).")
        numbers = {
            "place": place.name,
            "mean": numerals.mean(place.score.mean),
            "n": numerals.count(place.score.n),
            "difference": numerals.points(place.against.difference or 0.0),
        }
        lines.append((above if is_higher else below) % numbers)
    if (rest := len(places) - MOST_NAMED) > 0:
        lines.append(
            ngettext("and %(rest)s more", "and %(rest)s more", rest) % {"rest": numerals.count(rest)}
        )
    chance = _("Of all locations that are named like this, at most %(rate)s are named by chance.")
    return *lines, chance % {"rate": numerals.share(FALSE_DISCOVERIES)}
