"""The address of a breakdown: the report's filters, and by which ways. What a click leads to is another address."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from reports.breakdown.enums import LineOrder, Way
from reports.filters import Filters, Problem, Reading
from reports.reading import ask

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import QueryDict

    from reports.reading import Asked
    from reports.vocabulary import Vocabulary

OWN = ("rows", "columns", "order")
# Where a click leads: the first of these that can still tell something apart.
NEXT = (Way.LOCATION, Way.TOUCHPOINT, Way.MODE, Way.MEASURE, Way.VERSION, Way.WEEKDAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownFilters(Filters):
    """The report's filters, and the ways of rows and columns."""

    rows: Way = Way.LOCATION
    columns: Way | None = None
    order: LineOrder = LineOrder.SCORE

    @property
    def ways(self) -> tuple[Way, ...]:
        return (self.rows, self.columns) if self.columns else (self.rows,)

    def query(self, **changes: Any) -> str:
        """The address's query string: that of the filters, then what is a breakdown's own."""
        changed = replace(self, **changes)
        pairs = [("rows", changed.rows.value)]
        if changed.columns:
            pairs.append(("columns", changed.columns.value))
        if changed.order is not LineOrder.SCORE:
            pairs.append(("order", changed.order.value))
        return f"{Filters.query(changed)}&{urlencode(pairs)}"

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
        changes = {**(row or {}), **(column or {})}
        narrowed = replace(self, **changes)
        kept = [way for way, line in zip(self.ways, (row, column), strict=False) if line is None]
        other = next((way for way in kept if _tells_apart(way, narrowed)), None)
        rows = next(way for way in NEXT if way is not other and _tells_apart(way, narrowed))
        return self.url(**changes, rows=rows, columns=other)


def _tells_apart(way: Way, filters: Filters) -> bool:
    if way in {Way.LOCATION, Way.TOUCHPOINT, Way.MODE}:
        return len(filters.values(way.value)) != 1
    return True


def ask_breakdown(query: QueryDict, vocabulary: Vocabulary, *, now: datetime) -> Asked:
    """What an address asks for; its filters are `BreakdownFilters`. At least one survey must be visible."""
    asked = ask(query, vocabulary, now=now)
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
    problems: tuple[Problem, ...] = (*asked.problems, *reading.problems)
    return replace(asked, filters=filters, problems=problems)


def breakdown_filters(filters: Filters) -> BreakdownFilters:
    """Of an address that was read as that of a breakdown."""
    if not isinstance(filters, BreakdownFilters):
        raise TypeError("These are the filters of a report.")
    return filters
