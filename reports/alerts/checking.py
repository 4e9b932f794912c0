"""Looking at alerts: the report of each, as its owner would read it, and what is to be told of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from reports import numerals
from reports.alerts.calm import MEAN_MARGIN, SHARE_MARGIN, Reading, Standing, against, judged
from reports.enums import AlertKind, AlertState
from reports.findings import name_of, reason_of
from reports.models import Alert, AlertNotice, Delivery
from reports.models.alerts import MEANS
from reports.reading import report_for
from reports.results import Computed
from reports.storing import CannotBeRead, asked_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from reports.results import DimensionResult

EVERY = timedelta(minutes=5)
BELOW = frozenset({AlertKind.MEAN_BELOW, AlertKind.SHARE_BELOW})
LONGEST = 300


def check_alerts(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Look at those that nobody has looked at for a while, the longest left alone first; how many were told."""
    told = 0
    while clock() < until and (alert := _next(clock())):
        told += check(alert.pk, now=clock())
    return told


def _next(now: datetime) -> Alert | None:
    due = Alert.objects.unchecked(since=now - EVERY)
    return due.order_by("checked_at", "pk").first()


@transaction.atomic
def check(alert_id: int, *, now: datetime) -> bool:
    """Read one alert, note how it stands and plan its mail, in one transaction; whether it is told."""
    alert = Alert.objects.select_for_update(of=("self",)).select_related("owner").get(pk=alert_id)
    if alert.checked_at and now - alert.checked_at < EVERY:
        return False  # somebody else was quicker
    with translation.override(alert.language):
        reading, words = read(alert, now=now)
    before = Standing(AlertState(alert.state), alert.told_at)
    after, is_told = judged(before, reading, hours=alert.hours, now=now)
    alert.state, alert.told_at, alert.checked_at = after.state, after.told_at, now
    alert.words = words[:LONGEST]
    alert.save(update_fields=["state", "told_at", "checked_at", "words"])
    if is_told:
        delivery = Delivery.objects.create(member=alert.owner, due_at=now)
        AlertNotice.objects.create(alert=alert, delivery=delivery, words=alert.words, told_at=now)
    return is_told


def read(alert: Alert, *, now: datetime) -> tuple[Reading, str]:
    """What the alert's report says to its owner today, and in words. What may not be shown is not read."""
    try:
        report = report_for(asked_as(alert.owner, alert.filters, now=now))
    except CannotBeRead:
        return Reading.NOTHING, _("It is about something that you can no longer read.")
    result = next((one for one in report.computed if one.dimension == alert.dimension), None)
    if result is None or not isinstance(result.score, Computed):
        return Reading.NOTHING, _("There is no score to look at.")
    if alert.kind == AlertKind.SIGNAL:
        return _signal(result)
    return _score(alert, result.score)


def _score(alert: Alert, score: Computed) -> tuple[Reading, str]:
    limit = float(alert.threshold or 0)
    if alert.kind in MEANS:
        value, margin, span = score.mean, MEAN_MARGIN, numerals.span(score.interval)
        said, asked = numerals.mean(value), numerals.mean(limit)
    else:
        value, margin, span = 100 * score.share, SHARE_MARGIN, numerals.share_span(score.share_interval)
        said, asked = numerals.share(score.share), numerals.share(limit / 100)
    reading = against(value, limit, margin=margin, is_below=alert.kind in BELOW)
    words = _("%(dimension)s: %(value)s (%(span)s) from %(n)s responses; the threshold is %(limit)s.")
    numbers = {
        "dimension": name_of(alert.dimension),
        "value": said,
        "span": span,
        "n": numerals.count(score.n),
        "limit": asked,
    }
    return reading, words % numbers


def _signal(result: DimensionResult) -> tuple[Reading, str]:
    """Of the latest point that can be shown and has limits."""
    judged_ones = [bucket for bucket in result.trend if bucket.control and isinstance(bucket.score, Computed)]
    if not judged_ones:
        return Reading.NOTHING, _("There is no point of the trend to look at.")
    latest = judged_ones[-1]
    words = {"dimension": name_of(result.dimension), "days": numerals.days(latest.period)}
    if latest.control and latest.control.signal:
        said = _("%(dimension)s, %(days)s: %(signal)s.")
        return Reading.BAD, said % {**words, "signal": reason_of(latest).lower()}
    return Reading.GOOD, _("%(dimension)s, %(days)s: as usual.") % words
