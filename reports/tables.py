"""A table of a report: typed values for a file, and the same as a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from metrics.comparison import Verdict
from metrics.control import Signal
from reports import numerals
from reports.enums import ResultState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Content(StrEnum):
    """What a column holds. A span is an interval: two columns in a file."""

    TEXT = "text"
    COUNT = "count"
    MEAN = "mean"
    SPAN = "span"
    SHARE = "share"
    SHARE_SPAN = "share_span"
    POINTS = "points"
    POINTS_SPAN = "points_span"
    VERDICT = "verdict"
    SIGNAL = "signal"

    @property
    def is_span(self) -> bool:
        return self in {Content.SPAN, Content.SHARE_SPAN, Content.POINTS_SPAN}


class Audience(StrEnum):
    PAGE = "page"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is its name in a file and never translated, `label` its name for a reader. `only`: for one of them."""

    key: str
    label: str
    content: Content = Content.TEXT
    only: Audience | None = None

    @property
    def is_number(self) -> bool:
        return self.content not in {Content.TEXT, Content.VERDICT, Content.SIGNAL}


@dataclass(frozen=True, slots=True)
class Row:
    """Values by column key; a key without one has nothing to show, and `state` says why."""

    state: ResultState
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def columns_for(self, audience: Audience) -> list[Column]:
        return [column for column in self.columns if column.only in {None, audience}]


VERDICTS: dict[str, Callable[[], str]] = {
    Verdict.HIGHER: lambda: _("Higher"),
    Verdict.LOWER: lambda: _("Lower"),
    Verdict.NO_EVIDENCE: lambda: _("No clear difference"),
    Verdict.TOO_FEW: lambda: _("Too few to compare"),
}
SIGNALS: dict[str, Callable[[], str]] = {
    "": lambda: "",
    Signal.ABOVE: lambda: _("Above the limits"),
    Signal.BELOW: lambda: _("Below the limits"),
    Signal.RUN_ABOVE: lambda: _("Above the usual, in a run"),
    Signal.RUN_BELOW: lambda: _("Below the usual, in a run"),
}
SHOWN: dict[Content, Callable[[Any], str]] = {
    Content.TEXT: str,
    Content.COUNT: numerals.count,
    Content.MEAN: numerals.mean,
    Content.SPAN: numerals.span,
    Content.SHARE: numerals.share,
    Content.SHARE_SPAN: numerals.share_span,
    Content.POINTS: numerals.points,
    Content.POINTS_SPAN: numerals.points_span,
    Content.VERDICT: lambda verdict: VERDICTS[verdict](),
    Content.SIGNAL: lambda signal: SIGNALS[signal](),
}
ABSENT = "–"


def shown_rows(table: Table, most: int) -> list[list[str]]:
    """The first rows as a reader sees them; a row without numbers says why in the first of them."""
    columns = table.columns_for(Audience.PAGE)
    return [_shown_row(columns, row) for row in table.rows[:most]]


def _shown_row(columns: Iterable[Column], row: Row) -> list[str]:
    reason = "" if row.state is ResultState.COMPUTED else str(row.state.label)
    cells = []
    for column in columns:
        value = row.cells.get(column.key)
        if value is None and column.is_number and reason:
            cells.append(reason)
            reason = ""
        else:
            cells.append(ABSENT if value is None else SHOWN[column.content](value))
    return cells
