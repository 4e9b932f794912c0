"""The filters as a reader sees and changes them: every control leads to another address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from organisation.enums import Channel, Stage
from reports import numerals
from reports.enums import Comparison, PeriodShortcut, TrendStep
from reports.filters import FACETS, WITHOUT_DAYS
from surveys.enums import Dimension, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reports.filters import Filters
    from reports.reading import Asked
    from reports.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Select:
    """Choosing one of the options adds it; what is set already stands in a chip."""

    name: str
    label: str
    first: str
    options: tuple[tuple[str, str], ...]
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    value: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class ComparisonBar:
    """What the period is compared with, and what else it could be. `kept`: what the form of chosen days sends besides."""

    summary: str
    links: tuple[Link, ...]
    kept: tuple[tuple[str, str], ...]
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class FilterBar:
    surveys: tuple[tuple[str, str, bool], ...]
    selects: tuple[Select, ...]
    kept: tuple[tuple[str, str], ...]  # what the form sends besides its selects
    chips: tuple[Chip, ...]
    clear_url: str
    shortcuts: tuple[Link, ...]
    steps: tuple[Link, ...]
    days: str
    chosen: str  # the same in few words
    previous_url: str  # of as many days before
    previous_days: str
    next_url: str
    next_days: str
    first_day: str
    last_day: str
    follows: bool  # the days follow from the shortcut
    comparison: ComparisonBar | None  # None: there is nothing to compare all days with


def filter_bar(asked: Asked) -> FilterBar:
    filters = asked.filters
    names = value_names(asked.vocabulary)
    is_bounded = filters.shortcut is not PeriodShortcut.ALL
    before, after = filters.period.previous(), filters.period.next()
    facets = tuple((facet, value) for facet in FACETS for value in filters.values(facet))
    return FilterBar(
        surveys=tuple((one.slug, one.name, one.slug == filters.survey) for one in asked.vocabulary.surveys),
        selects=tuple(_selects(filters, names)),
        kept=(*facets, *_kept(filters), *filters.compare_pairs),
        chips=tuple(_chips(filters, names)),
        clear_url=filters.url(**dict.fromkeys(FACETS, ())),
        shortcuts=tuple(_shortcuts(filters)),
        steps=tuple(_steps(filters)),
        days=numerals.days_of(filters),
        chosen=str(filters.shortcut.label) if filters.shortcut else numerals.days(filters.period),
        previous_url=filters.moved(before) if before and is_bounded else "",
        previous_days=numerals.days(before) if before else "",
        next_url=filters.moved(after) if after and is_bounded else "",
        next_days=numerals.days(after) if after else "",
        first_day=filters.period.start.isoformat() if is_bounded else "",
        last_day=filters.period.end.isoformat() if is_bounded else "",
        follows=filters.shortcut is not None,
        comparison=_comparison(filters) if is_bounded else None,
    )


def value_names(vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    """For each facet what its values are called."""
    return {
        "dimension": _labels(dict(Dimension.choices)),
        "region": vocabulary.regions,
        "location": {code: place.name for code, place in vocabulary.locations.items()},
        "channel": _labels(dict(Channel.choices)),
        "stage": _labels(dict(Stage.choices)),
        "touchpoint": {code: touchpoint.name for code, touchpoint in vocabulary.touchpoints.items()},
        "mode": _labels(dict(Mode.choices)),
    }


def facet_labels() -> dict[str, tuple[str, str]]:
    """For each facet its name, and the words for no restriction."""
    return {
        "dimension": (_("Dimension"), _("All dimensions")),
        "region": (_("Region"), _("All regions")),
        "location": (_("Location"), _("All locations")),
        "channel": (_("Channel"), _("All channels")),
        "stage": (_("Stage"), _("All stages")),
        "touchpoint": (_("Touchpoint"), _("All touchpoints")),
        "mode": (_("Mode"), _("All modes")),
    }


def _labels(choices: Mapping[str, object]) -> dict[str, str]:
    return {value: str(label) for value, label in choices.items()}


def _selects(filters: Filters, names: Mapping[str, Mapping[str, str]]) -> list[Select]:
    """One for each facet in which there is something to choose."""
    selects = []
    for facet, (label, everything) in facet_labels().items():
        chosen = filters.values(facet)
        left = tuple((value, name) for value, name in names[facet].items() if value not in chosen)
        if len(names[facet]) > 1:
            first = _("Add another …") if chosen else everything
            selects.append(Select(facet, label, first, left, bool(chosen)))
    return selects


def _chips(filters: Filters, names: Mapping[str, Mapping[str, str]]) -> list[Chip]:
    labels = facet_labels()
    return [
        Chip(labels[facet][0], names[facet][value], filters.without(facet, value))
        for facet in FACETS
        for value in filters.values(facet)
    ]


def _shortcuts(filters: Filters) -> Iterator[Link]:
    """Days to compare with that were chosen for one period say nothing about another that moves."""
    usual = {"compare": Comparison.PREVIOUS, "chosen_days": None} if filters.chosen_days else {}
    for one in PeriodShortcut:
        yield Link(str(one.label), filters.url(shortcut=one, **usual), filters.shortcut is one)


def _comparison(filters: Filters) -> ComparisonBar:
    days, chosen = numerals.compared_days(filters), filters.chosen_days
    facets = [(facet, value) for facet in FACETS for value in filters.values(facet)]
    period = [("from", filters.period.start.isoformat()), ("to", filters.period.end.isoformat())]
    return ComparisonBar(
        summary=_("Compared with %(days)s") % {"days": days} if days else _("Not compared"),
        links=tuple(
            Link(str(one.label), filters.compared(one), filters.compare is one)
            for one in map(Comparison, WITHOUT_DAYS)
            if not replace(filters, compare=one, chosen_days=None).overlaps
        ),
        kept=(("survey", filters.survey), *facets, *period, *_kept(filters)),
        first_day=chosen.start.isoformat() if chosen else "",
        last_day=chosen.end.isoformat() if chosen else "",
    )


def _steps(filters: Filters) -> list[Link]:
    """The steps that make a readable trend of this period."""
    possible = [step for step in TrendStep if replace(filters, asked_by=step).by is step]
    return [Link(str(step.label), filters.url(asked_by=step), filters.by is step) for step in possible]


def _kept(filters: Filters) -> list[tuple[str, str]]:
    """A shortcut stays one as long as its days are left as they are."""
    kept = [("period", filters.shortcut.value)] if filters.shortcut else []
    return [*kept, ("by", filters.asked_by.value)] if filters.asked_by else kept
