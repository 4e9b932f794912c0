"""What a report is about, read from its address and written back to it. The address is all there is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote_plus, urlencode

from django.utils.translation import gettext as _

from organisation.enums import Channel, Stage
from reports import numerals
from reports.enums import Comparison, PeriodShortcut, TrendStep
from reports.periods import FIRST_DAY, LAST_DAY, MOST_DAYS, Period, sensible_by, shortcut_period
from surveys.enums import Dimension, Mode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.http import QueryDict

    from reports.vocabulary import Vocabulary

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHOWN_OF_A_VALUE = 40
ANY = "ANY"  # no code: those are small letters
USUAL = PeriodShortcut.QUARTER_LONG
WITHOUT_DAYS = [one.value for one in Comparison if one is not Comparison.CHOSEN]
FACETS = ("dimension", "region", "location", "channel", "stage", "touchpoint", "mode")


class Problem(NamedTuple):
    """Why a parameter of the address cannot be used, in words for a reader."""

    parameter: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All of them, known to be good. A facet without values lets everything through."""

    survey: str
    period: Period
    shortcut: PeriodShortcut | None = None
    asked_by: TrendStep | None = None
    compare: Comparison = Comparison.PREVIOUS
    chosen_days: Period | None = None  # to compare with, where they are chosen
    dimension: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    touchpoint: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()

    @property
    def by(self) -> TrendStep:
        if self.shortcut is PeriodShortcut.ALL:  # how far its answers reach is not known here
            return sensible_by(self.asked_by or TrendStep.MONTH, MOST_DAYS[TrendStep.MONTH])
        return sensible_by(self.asked_by, self.days)

    @property
    def days(self) -> int:
        return self.period.days

    @property
    def previous(self) -> Period | None:
        """The days that the period is compared with: usually as many, just before. All days are compared with none."""
        if self.shortcut is PeriodShortcut.ALL or self.compare is Comparison.NONE:
            return None
        if self.compare is Comparison.PREVIOUS:
            return self.period.previous()
        return self.chosen_days or self.period.year_before()

    @property
    def overlaps(self) -> bool:
        """Whether some answers would be compared with themselves."""
        return bool(self.previous and self.period.overlaps(self.previous))

    def values(self, facet: str) -> tuple[str, ...]:
        return tuple(getattr(self, facet))

    def query(self, **changes: Any) -> str:
        """The address's query string: these filters with the changes, each part in one fixed place."""
        changed = replace(self, **changes)
        pairs = [("survey", changed.survey)]
        pairs += [(facet, value) for facet in FACETS for value in changed.values(facet)]
        if changed.shortcut is None:
            pairs += [("from", changed.period.start.isoformat()), ("to", changed.period.end.isoformat())]
        elif changed.shortcut is not USUAL:
            pairs.append(("period", changed.shortcut.value))
        if changed.asked_by:
            pairs.append(("by", changed.asked_by.value))
        return urlencode(pairs + changed.compare_pairs)

    @property
    def compare_pairs(self) -> list[tuple[str, str]]:
        """The comparison as the address says it; without words, the usual one. One that overlaps is left out."""
        if self.compare is Comparison.PREVIOUS or self.overlaps:
            return []
        if days := self.chosen_days:
            return [("compare_from", days.start.isoformat()), ("compare_to", days.end.isoformat())]
        return [("compare", self.compare.value)]

    def url(self, **changes: Any) -> str:
        """A link to the same page with these changes."""
        return f"?{self.query(**changes)}"

    def urls(self, facet: str, values: Iterable[str], **changes: Any) -> list[str]:
        """A link for each value as the only one of its facet: hundreds, so the rest is written once."""
        mark = f"{facet}={ANY}"
        before, _mark, after = self.url(**{**changes, facet: (ANY,)}).partition(mark)
        return [f"{before}{facet}={quote_plus(value)}{after}" for value in values]

    def without(self, facet: str, value: str) -> str:
        return self.url(**{facet: tuple(kept for kept in self.values(facet) if kept != value)})

    def compared(self, compare: Comparison) -> str:
        return self.url(compare=compare, chosen_days=None)

    def moved(self, period: Period) -> str:
        return self.url(period=period, shortcut=None)


@dataclass(slots=True)
class Reading:
    """An address being read: what could be used of it, and what could not."""

    query: QueryDict
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, parameter: str, message: str) -> None:
        self.problems.append(Problem(parameter, message))

    def one(self, parameter: str, known: Collection[str]) -> str | None:
        """The last value given, if it is a known one."""
        value = self.query.get(parameter) or ""
        if value and value not in known:
            self.refuse(parameter, _("There is no “%(value)s” to choose here.") % {"value": readable(value)})
            return None
        return value or None

    def several(self, parameter: str, known: Collection[str]) -> tuple[str, ...]:
        """Every known value given, once, in the order in which they are known."""
        given = {value for value in self.query.getlist(parameter) if value}
        for value in sorted(given.difference(known))[:3]:
            self.refuse(
                parameter, _("There is no “%(value)s” that you can see.") % {"value": readable(value)}
            )
        return tuple(value for value in known if value in given)

    def day(self, parameter: str) -> date | None:
        value = self.query.get(parameter) or ""
        if not value:
            return None
        try:
            day = date.fromisoformat(value) if DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day and FIRST_DAY <= day <= LAST_DAY:
            return day
        sentence = _("“%(value)s” is not a day. Write it as year-month-day, like 2026-03-31.")
        self.refuse(parameter, sentence % {"value": readable(value)})
        return None


def read_filters(query: QueryDict, vocabulary: Vocabulary, today: date) -> tuple[Filters, list[Problem]]:
    """The filters an address asks for; what is wrong in it is left out and named.

    A code that the member may not see reads exactly like one that does not exist. At least one survey must.
    """
    reading = Reading(query)
    slugs = [survey.slug for survey in vocabulary.surveys]
    period, shortcut = _read_period(reading, today)
    by = reading.one("by", TrendStep.values)
    compare, chosen_days = _read_comparison(reading, period)
    filters = Filters(
        survey=reading.one("survey", slugs) or slugs[0],
        period=period,
        shortcut=shortcut,
        asked_by=TrendStep(by) if by else None,
        compare=compare,
        chosen_days=chosen_days,
        **{facet: reading.several(facet, known) for facet, known in known_values(vocabulary).items()},
    )
    return _without_overlap(reading, filters), reading.problems


def known_values(vocabulary: Vocabulary) -> Mapping[str, Collection[str]]:
    """For each facet the values that a member can choose, in their order."""
    return {
        "dimension": Dimension.values,
        "region": vocabulary.regions,
        "location": vocabulary.locations,
        "channel": Channel.values,
        "stage": Stage.values,
        "touchpoint": vocabulary.touchpoints,
        "mode": Mode.values,
    }


def _read_period(reading: Reading, today: date) -> tuple[Period, PeriodShortcut | None]:
    """Days that were written out go before a shortcut, unless they are its own."""
    chosen = reading.one("period", PeriodShortcut.values)
    shortcut = PeriodShortcut(chosen) if chosen else USUAL
    usual = shortcut_period(shortcut, today), shortcut
    first, last = reading.day("from"), reading.day("to")
    if first is None and last is None:
        return usual
    if first is None and last is not None:
        first = max(FIRST_DAY, last - timedelta(days=89))
    if first is not None and last is None:
        last = max(first, today)
    if first is None or last is None or last < first:
        reading.refuse("to", _("The last day comes before the first."))
        return usual
    period = Period(first, last)
    return (period, shortcut) if chosen and period == usual[0] else (period, None)


def _read_comparison(reading: Reading, period: Period) -> tuple[Comparison, Period | None]:
    """Days that were written out go before a word; one of the two is enough for as many days as the period has."""
    word = reading.one("compare", WITHOUT_DAYS)
    first, last = reading.day("compare_from"), reading.day("compare_to")
    if first is None and last is None:
        return Comparison(word or Comparison.PREVIOUS), None
    length = timedelta(days=period.days - 1)
    if first is None and last is not None:
        first = FIRST_DAY if last - FIRST_DAY < length else last - length
    if last is None and first is not None:
        last = LAST_DAY if LAST_DAY - first < length else first + length
    if first is None or last is None or last < first:
        reading.refuse("compare_to", _("The last day comes before the first."))
        return Comparison.PREVIOUS, None
    return Comparison.CHOSEN, Period(first, last)


def _without_overlap(reading: Reading, filters: Filters) -> Filters:
    """The usual comparison in place of one in which answers would be compared with themselves."""
    chosen = filters.chosen_days
    if chosen and filters.shortcut is PeriodShortcut.ALL:
        reading.refuse("compare_from", _("All days leave none to compare with. Choose a period first."))
    elif filters.overlaps and chosen:
        sentence = _("%(compared)s and %(days)s overlap: some answers would be compared with themselves.")
        days = {"compared": numerals.days(chosen), "days": numerals.days(filters.period)}
        reading.refuse("compare_from", sentence % days)
    elif filters.overlaps:
        reading.refuse(
            "compare", _("The period is longer than a year, so it overlaps the same days a year before.")
        )
    else:
        return filters
    return replace(filters, compare=Comparison.PREVIOUS, chosen_days=None)


def readable(value: str) -> str:
    """The beginning of whatever came, fit to be shown: no controls, nothing that cannot be encoded."""
    start = value[: SHOWN_OF_A_VALUE + 1]
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in start)
    return shown if len(value) <= SHOWN_OF_A_VALUE else f"{shown[:SHOWN_OF_A_VALUE]}…"
