"""A table of a report: typed values for a file, and the same as a reader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from typing import TYPE_CHECKING, Any, overload

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metrics.comparison import Verdict
from metrics.control import Signal
from reports.enums import ResultState
from reports.notation import Notation, notation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


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
    opens: str = ""  # the last part of a number's path, where its cells can be opened

    @property
    def is_number(self) -> bool:
        return self.content not in {Content.TEXT, Content.VERDICT, Content.SIGNAL}


@dataclass(frozen=True, slots=True)
class Row:
    """Values by column key; a key without one has nothing to show, and `state` says why."""

    state: ResultState
    cells: Mapping[str, Any]
    path: str = ""  # of the score that its numbers belong to


@dataclass(frozen=True, slots=True)
class Rows[Line](Sequence[Row]):
    """Rows that are made when they are asked for: a page shows the first of them, a file all."""

    lines: Sequence[Line]
    row_of: Callable[[Line], Row]

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(map(self.row_of, self.lines[at]))
        return self.row_of(self.lines[at])

    def __iter__(self) -> Iterator[Row]:
        return map(self.row_of, self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]

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


@cache
def _words(language: str | None) -> dict[str, str]:
    """What verdicts and signals are called, looked up once."""
    return {value: word() for words in (VERDICTS, SIGNALS) for value, word in words.items()}


SHOWN: dict[Content, Callable[[Notation, Any], str]] = {
    Content.TEXT: lambda _notation, text: str(text),
    Content.COUNT: Notation.count,
    Content.MEAN: Notation.mean,
    Content.SPAN: Notation.span,
    Content.SHARE: Notation.share,
    Content.SHARE_SPAN: Notation.share_span,
    Content.POINTS: Notation.points,
    Content.POINTS_SPAN: Notation.points_span,
}
WORDS = {Content.VERDICT, Content.SIGNAL}
ABSENT = "–"


def shown_rows(table: Table, most: int) -> list[list[str]]:
    """The first rows as a reader sees them; a row without numbers says why in the first of them."""
    written = notation()
    words = _words(get_language()).__getitem__
    columns = [
        (
            column.key,
            words if column.content in WORDS else partial(SHOWN[column.content], written),
            column.is_number,
        )
        for column in table.columns_for(Audience.PAGE)
    ]
    return [_shown_row(columns, row) for row in table.rows[:most]]


def _shown_row(columns: Sequence[tuple[str, Callable[[Any], str], bool]], row: Row) -> list[str]:
    reason = "" if row.state is ResultState.COMPUTED else str(row.state.label)
    cells = []
    for key, shown, is_number in columns:
        value = row.cells.get(key)
        if value is None and is_number and reason:
            cells.append(reason)
            reason = ""
        else:
            cells.append(ABSENT if value is None else shown(value))
    return cells
