"""The lines of each way: what they are called, which answers are in them, and how filters are narrowed to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from organisation.enums import Channel, Stage
from reports import numerals
from reports.breakdown.address import Only
from reports.breakdown.enums import Way
from surveys.enums import Dimension, Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import date

    from reports.breakdown.queries import Material
    from reports.periods import Period
    from reports.vocabulary import KnownTouchpoint

# By which column of the answers each way tells them apart.
AXES = {
    Way.REGION: "location",
    Way.LOCATION: "location",
    Way.TOUCHPOINT: "touchpoint",
    Way.CHANNEL: "touchpoint",
    Way.STAGE: "touchpoint",
    Way.MODE: "mode",
    Way.SURVEY: "survey",
    Way.MEASURE: "measure",
    Way.VERSION: "version",
    Way.WEEKDAY: "weekday",
    Way.TIME: "time",
}
FACETS = ("location", "touchpoint", "mode")


class Line(NamedTuple):
    """`parts`: the values of the axis that are in it. No part is in two lines of a way."""

    code: str
    name: str
    parts: frozenset[Hashable]
    narrowing: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a way in their usual order, also those that the filters leave out."""

    way: Way
    lines: tuple[Line, ...]

    @property
    def axis(self) -> str:
        return AXES[self.way]

    @property
    def is_of_a_facet(self) -> bool:
        return self.axis in FACETS

    def at(self, code: str) -> int | None:
        """The number of the line with this code; None: there is none."""
        return next((at for at, line in enumerate(self.lines) if line.code == code), None)

    def number_of(self) -> dict[Hashable, int]:
        """By part, the number of its line."""
        return {part: at for at, line in enumerate(self.lines) for part in line.parts}


def lines_of(way: Way, material: Material) -> Lines:
    return Lines(way, tuple(MAKERS[way](material)))


def _regions(material: Material) -> Iterable[Line]:
    places = material.vocabulary.locations.values()
    for code, name in material.vocabulary.regions.items():
        parts = frozenset(place.pk for place in places if place.region and place.region.code == code)
        yield Line(code, name, parts, {"region": (code,)})
    if without := frozenset(place.pk for place in places if place.region is None):
        yield Line("", _("Without a region"), without, {})


def _locations(material: Material) -> Iterable[Line]:
    for code, place in material.vocabulary.locations.items():
        yield Line(code, place.name, frozenset({place.pk}), {"location": (code,)})


def _touchpoints(material: Material) -> Iterable[Line]:
    for code, touchpoint in material.vocabulary.touchpoints.items():
        yield Line(code, touchpoint.name, frozenset({touchpoint.pk}), {"touchpoint": (code,)})


def _channels(material: Material) -> Iterable[Line]:
    yield from _grouped(material, Channel.choices, "channel", lambda touchpoint: touchpoint.channel)


def _stages(material: Material) -> Iterable[Line]:
    yield from _grouped(material, Stage.choices, "stage", lambda touchpoint: touchpoint.stage)


def _grouped(
    material: Material,
    choices: Sequence[tuple[str, Any]],
    facet: str,
    group_of: Callable[[KnownTouchpoint], str],
) -> Iterable[Line]:
    touchpoints = material.vocabulary.touchpoints.values()
    for code, label in choices:
        if parts := frozenset(one.pk for one in touchpoints if group_of(one) == code):
            yield Line(code, str(label), parts, {facet: (code,)})


def _modes(material: Material) -> Iterable[Line]:
    """Those by which something came at all, whatever the filters."""
    for code, label in Mode.choices:
        if code in material.modes:
            yield Line(code, str(label), frozenset({code}), {"mode": (code,)})


def _surveys(material: Material) -> Iterable[Line]:
    for survey in material.surveys:
        yield Line(survey.slug, survey.name, frozenset({survey.id}), {"survey": survey.slug})


def _measures(material: Material) -> Iterable[Line]:
    """In the order in which they are asked. A key says which one in its survey only."""
    several = len(material.surveys) > 1
    for key, question in material.questions.items():
        code = f"{question.survey}.{question.key}" if several else question.key
        only = {"only": Only(Way.MEASURE, code), "dimension": ()}
        narrowing = {"dimension": (question.dimension,)} if several else only
        yield Line(code, question.wording, frozenset({key}), narrowing)


def _versions(material: Material) -> Iterable[Line]:
    """By number: of several surveys those with the same number are together."""
    numbers = material.numbers
    for number in sorted({numbers[version] for version in material.versions if version in numbers}):
        parts = frozenset(version for version, one in numbers.items() if one == number)
        only = {"only": Only(Way.VERSION, str(number))}
        yield Line(str(number), _("Version %(number)s") % {"number": number}, parts, only)


def _weekdays(_material: Material) -> Iterable[Line]:
    for day, name in WEEKDAYS.items():
        code = str(day + 1)
        yield Line(code, str(name), frozenset({day}), {"only": Only(Way.WEEKDAY, code)})


def _times(material: Material) -> Iterable[Line]:
    for start, period in material.buckets:
        yield _time(start, period, numerals.bucket(period, material.filters.by))


def _time(start: date, period: Period, name: str) -> Line:
    return Line(period.start.isoformat(), name, frozenset({start}), {"period": period, "shortcut": None})


def name_of_dimension(code: str) -> str:
    return str(Dimension(code).label) if code else _("Each question")


MAKERS: dict[Way, Callable[[Material], Iterable[Line]]] = {
    Way.REGION: _regions,
    Way.LOCATION: _locations,
    Way.TOUCHPOINT: _touchpoints,
    Way.CHANNEL: _channels,
    Way.STAGE: _stages,
    Way.MODE: _modes,
    Way.SURVEY: _surveys,
    Way.MEASURE: _measures,
    Way.VERSION: _versions,
    Way.WEEKDAY: _weekdays,
    Way.TIME: _times,
}
