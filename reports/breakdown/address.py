"""The address of a breakdown: the report's filters, and by which ways. What a click leads to is another address."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote_plus, urlencode

from django.utils.translation import gettext as _

from reports.breakdown.enums import LineOrder, Way
from reports.filters import ANY, FACETS, Filters, Problem, Reading
from reports.reading import ask
from surveys.models import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from django.http import QueryDict

    from reports.reading import Asked
    from reports.vocabulary import Vocabulary

# Ways that are narrowed to one of their lines, by the name that says so in the address; no other filter does.
ONLY = {"weekday": Way.WEEKDAY, "version": Way.VERSION, "question": Way.MEASURE}
BREAKDOWN = "by-"  # how the names of breakdowns begin
OWN = ("rows", "columns", "order", *ONLY)
WEEKDAY_CODES = tuple(str(day) for day in range(1, 8))
# Where a click leads: the first of these that can still tell something apart.
NEXT = (Way.LOCATION, Way.TOUCHPOINT, Way.MODE, Way.MEASURE, Way.VERSION, Way.WEEKDAY)


class Only(NamedTuple):
    """One line of a way: the only column of the breakdown by two ways that it is taken from."""

    way: Way
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownFilters(Filters):
    """The report's filters, the ways of rows and columns; or in place of columns a single line of a way."""

    rows: Way = Way.LOCATION
    columns: Way | None = None
    order: LineOrder = LineOrder.SCORE
    only: Only | None = None

    @property
    def across(self) -> Way | None:
        """By what the rows are told apart, whether all of it is shown or a single line."""
        return self.only.way if self.only else self.columns

    @property
    def ways(self) -> tuple[Way, ...]:
        return (self.rows, self.across) if self.across else (self.rows,)

    @property
    def own_pairs(self) -> list[tuple[str, str]]:
        """What an address of a breakdown says besides the report's filters."""
        pairs = [("rows", self.rows.value)]
        if self.columns:
            pairs.append(("columns", self.columns.value))
        if self.order is not LineOrder.SCORE:
            pairs.append(("order", self.order.value))
        return pairs + [
            (name, self.only.code) for name, way in ONLY.items() if self.only and way is self.only.way
        ]

    def query(self, **changes: Any) -> str:
        """The address's query string: that of the filters, then what is a breakdown's own."""
        changed = replace(self, **changes)
        return f"{Filters.query(changed)}&{urlencode(changed.own_pairs)}"

    def of_the_report(self) -> str:
        """The same filters for the report's own page."""
        return Filters.query(self)

    def drilled(self, row: Mapping[str, Any] | None, column: Mapping[str, Any] | None = None) -> str:
        """What lies behind a row, a column or, with both, a cell; '' where nothing can be narrowed to it.

        `row` and `column` are the changes that narrow the filters to a line; None: it is not chosen. What was chosen
        is told apart no more, and the first way that still can be takes its place.
        """
        if not (row or column) or {} in (row, column):
            return ""
        given = [line for line in (row, column) if line and "only" in line]
        if len(given) + (self.only is not None) > 1:
            return ""  # there is room for one of them
        changes = {**(row or {}), **(column or {})}
        narrowed = replace(self, **changes)
        kept = [
            way
            for way, line in zip((self.rows, self.columns), (row, column), strict=True)
            if way and not line
        ]
        other = next((way for way in kept if _tells_apart(way, narrowed)), None)
        if narrowed.only and other:
            return self.url(**changes, rows=other, columns=None)
        rows = next(way for way in NEXT if way is not other and _tells_apart(way, narrowed))
        return self.url(**changes, rows=rows, columns=other)

    def drilled_each(self, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """`drilled` of many rows."""
        return [url for (url,) in self.drilled_cells(rows, [None])]

    def drilled_cells(
        self, rows: Iterable[Mapping[str, Any]], columns: Iterable[Mapping[str, Any] | None]
    ) -> list[list[str]]:
        """`drilled` of cells, row by row. In a column their links differ in one value, so what stands around it is
        written once.
        """
        told = [(row, *_with_any(row)) for row in rows]
        found: list[list[str]] = [[] for _row in told]
        for column in columns:
            around: dict[tuple[str, ...], tuple[str, str]] = {}
            for urls, (row, anyone, code) in zip(found, told, strict=True):
                if anyone is None:
                    urls.append(self.drilled(row, column))
                    continue
                if (names := tuple(row)) not in around:
                    before, _code, after = self.drilled(anyone, column).partition(f"={ANY}")
                    around[names] = before, after
                before, after = around[names]
                urls.append(f"{before}={code}{after}" if before else "")
        return found


def _with_any(narrowing: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, str]:
    """What narrows to a line as it would to any other, and the code of this one as an address has it; None: it is not
    narrowed by a code.
    """
    match narrowing:
        case {"only": Only(way, code)}:
            return {**narrowing, "only": Only(way, ANY)}, quote_plus(code)
        case {"survey": str(code)}:
            return {"survey": ANY}, quote_plus(code)
    if len(narrowing) == 1:
        for name, value in narrowing.items():
            if name in FACETS and len(value) == 1:
                return {name: (ANY,)}, quote_plus(value[0])
    return None, ""


def _tells_apart(way: Way, filters: BreakdownFilters) -> bool:
    if filters.only and way is filters.only.way:
        return False
    if way in {Way.LOCATION, Way.TOUCHPOINT, Way.MODE}:
        return len(filters.values(way.value)) != 1
    return True


def chapter_name(filters: BreakdownFilters) -> str:
    """How it is called where it goes into a file, a mail or a link. The order of its rows is no part of it."""
    parts = [filters.rows.value]
    if filters.columns:
        parts.append(filters.columns.value)
    parts += [
        f"{name}.{filters.only.code}"
        for name, way in ONLY.items()
        if filters.only and way is filters.only.way
    ]
    return BREAKDOWN + "-".join(parts)


def ask_breakdown(query: QueryDict, vocabulary: Vocabulary, *, now: datetime) -> Asked:
    """What an address asks for; its filters are `BreakdownFilters`. At least one survey must be visible."""
    return broken_down(ask(query, vocabulary, now=now), query)


def broken_down(asked: Asked, query: QueryDict) -> Asked:
    """The same, told apart by the ways that a query names."""
    reading = Reading(query)
    rows = Way(reading.one("rows", Way.values) or Way.LOCATION)
    chosen = reading.one("columns", Way.values)
    columns = Way(chosen) if chosen else None
    if columns is rows:
        reading.refuse("columns", _("Rows and columns have to be told apart by different things."))
        columns = None
    order = LineOrder(reading.one("order", LineOrder.values) or LineOrder.SCORE)
    told = {one.name: getattr(asked.filters, one.name) for one in fields(Filters)}
    filters = BreakdownFilters(**told, rows=rows, columns=columns, order=order)
    filters = replace(filters, only=_read_only(reading, filters, asked.vocabulary))
    problems: tuple[Problem, ...] = (*asked.problems, *reading.problems)
    return replace(asked, filters=filters, problems=problems)


def _read_only(reading: Reading, filters: BreakdownFilters, vocabulary: Vocabulary) -> Only | None:
    """At most one, and only where there are no columns: a line is a column itself."""
    given = [name for name in ONLY if reading.query.get(name)]
    if not given:
        return None
    name, way = given[0], ONLY[given[0]]
    if len(given) > 1:
        reading.refuse(given[1], _("Choose a day of the week, a version or a question, one at a time."))
    elif filters.columns:
        reading.refuse(
            "columns", _("Beside one day of the week, version or question there is no room for columns.")
        )
    elif way is filters.rows:
        reading.refuse("rows", _("Rows and columns have to be told apart by different things."))
    elif way is Way.MEASURE and filters.rows is Way.SURVEY:
        reading.refuse(name, _("Each survey has questions of its own."))
    elif way is Way.MEASURE and filters.dimension:
        reading.refuse("dimension", _("A question has a dimension of its own. Leave out one of the two."))
    elif code := reading.one(name, _codes(way, filters, vocabulary)):
        return Only(way, code)
    return None


def _codes(way: Way, filters: BreakdownFilters, vocabulary: Vocabulary) -> Collection[str]:
    """The lines that there can be, answered or not."""
    if way is Way.WEEKDAY:
        return WEEKDAY_CODES
    is_of_all = filters.rows is Way.SURVEY
    surveys = vocabulary.surveys if is_of_all else (vocabulary.survey(filters.survey),)
    asked = Question.objects.filter(version__survey__in=[survey.id for survey in surveys])
    asked = asked.exclude(version__number=None).exclude(measure__dimension="")
    column = "version__number" if way is Way.VERSION else "measure__key"
    return {str(code) for code in asked.values_list(column, flat=True).distinct()}


def breakdown_filters(filters: Filters) -> BreakdownFilters:
    """Of an address that was read as that of a breakdown."""
    if not isinstance(filters, BreakdownFilters):
        raise TypeError("These are the filters of a report.")
    return filters
