"""Low scores in words: what one recipient is told of those that came in, where, and where to read on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.ratings import LOWEST
from reports import numerals
from reports.alerts.calm import Tidings, paced
from reports.alerts.looking import MOST_NAMED, Look, standing_of
from reports.alerts.low_scores import Tellable, find_new, mark_told, tellable
from reports.alerts.naming import limit_of, what_of
from surveys.enums import Dimension, Mode
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from reports.alerts.low_scores import Low
    from reports.models import Alert, AlertRecipient
    from reports.reading import Asked
    from reports.vocabulary import KnownLocation, KnownTouchpoint

LOW = 2  # what the comment box calls low, or less
SEPARATOR = " \N{MIDDLE DOT} "


def look_for_low_scores(recipient: AlertRecipient, asked: Asked, *, now: datetime) -> Look:
    """Find what came in, and tell of what may be told, unless the last mail was just now."""
    alert, before = recipient.alert, standing_of(recipient)
    find_new(recipient, asked, now=now)
    found = tellable(recipient, asked)
    after, tidings = paced(before, is_news=bool(found.lows), hours=alert.hours, now=now)
    if tidings is not Tidings.BAD:
        return Look(after, tidings, recipient.words or _("Nothing to tell so far."))
    mark_told(recipient, asked, found, now=now)
    return Look(
        after, tidings, words_of(alert, found), tuple(_lines(asked, found)), link_to(alert, asked, found)
    )


def words_of(alert: Alert, found: Tellable) -> str:
    words = ngettext(
        "%(what)s: %(n)s response scored %(limit)s or lower.",
        "%(what)s: %(n)s responses scored %(limit)s or lower.",
        len(found.lows),
    )
    numbers = {"n": numerals.count(len(found.lows)), "limit": limit_of(alert)}
    return words % {"what": what_of(alert), **numbers}


def _lines(asked: Asked, found: Tellable) -> Iterator[str]:
    """Day, place, touchpoint and mode of each that may be shown singly; of the others how many at a location."""
    places = {place.pk: place for place in asked.vocabulary.locations.values()}
    touchpoints = {one.pk: one for one in asked.vocabulary.touchpoints.values()}
    for low in found.singles[:MOST_NAMED]:
        yield _where(low, places, touchpoints)
    if (rest := len(found.singles) - MOST_NAMED) > 0:
        yield ngettext("and %(rest)s more", "and %(rest)s more", rest) % {"rest": numerals.count(rest)}
    for group in sorted(found.groups, key=lambda group: -len(group.lows)):
        words = ngettext(
            "%(place)s: %(low)s of its %(n)s latest responses",
            "%(place)s: %(low)s of its %(n)s latest responses",
            group.n,
        )
        yield words % {
            "place": places[group.location].name,
            "low": numerals.count(len(group.lows)),
            "n": numerals.count(group.n),
        }


def _where(low: Low, places: Mapping[int, KnownLocation], touchpoints: Mapping[int, KnownTouchpoint]) -> str:
    touchpoint = touchpoints.get(low.touchpoint)
    parts = [numerals.day(low.day), places[low.location].name if low.location in places else ""]
    parts += [touchpoint.name if touchpoint else "", str(Mode(low.mode).label)]
    return SEPARATOR.join(part for part in parts if part)


def link_to(alert: Alert, asked: Asked, found: Tellable) -> str:
    """The comment box where comments may be read one by one, narrowed to their days; else the report."""
    if not found.singles:
        return f"{reverse('reports:overview')}?{alert.filters}"
    days = [low.day for low in found.singles]
    query = {"survey": asked.survey.slug, "first": min(days).isoformat(), "last": max(days).isoformat()}
    return f"{reverse('reviews:comments')}?{urlencode(query | _narrowed(alert, asked))}"


def _narrowed(alert: Alert, asked: Asked) -> dict[str, str]:
    """Where nobody is anonymous, to the score: else the comment box would leave out what it shows in groups only."""
    if not Survey.objects.filter(pk=asked.survey.id, is_anonymous=False).exists():
        return {}
    if alert.dimension == Dimension.OVERALL and alert.threshold == LOWEST:
        return {"score": str(LOWEST)}
    is_a_side = alert.dimension not in {"", Dimension.OVERALL}
    return {"low": alert.dimension} if is_a_side and (alert.threshold or 0) <= LOW else {}
