"""The only place where rows become data frames: a table of a report, flat and typed, ready for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.tables import Audience, Content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandas import DataFrame

    from metrics.intervals import Interval
    from reports.tables import Column, Row, Table

DECIMALS = 6
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def frame_of(table: Table) -> DataFrame:
    """One row for each of the table's, with its state; intervals as two columns, numbers to six decimals.

    Texts that a spreadsheet would take for a formula begin with an apostrophe.
    """
    from pandas import DataFrame  # noqa: PLC0415 - half a second that only files pay

    columns = table.columns_for(Audience.FILE)
    rows = [[row.state.value, *_cells(columns, row)] for row in table.rows]
    return DataFrame(rows, columns=["state", *_names(columns)], dtype=object)


def csv_of(table: Table) -> str:
    return str(frame_of(table).to_csv(index=False, lineterminator="\r\n"))


def _names(columns: Iterable[Column]) -> Iterable[str]:
    for column in columns:
        if column.content.is_span:
            yield from (f"{column.key}_low", f"{column.key}_high")
        else:
            yield column.key


def _cells(columns: Iterable[Column], row: Row) -> Iterable[Any]:
    for column in columns:
        value = row.cells.get(column.key)
        if column.content.is_span:
            yield from _ends(value)
        elif column.content is Content.TEXT:
            yield _harmless(str(value or ""))
        else:
            yield round(value, DECIMALS) if isinstance(value, float) else value


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    if interval is None:
        return None, None
    return round(interval.low, DECIMALS), round(interval.high, DECIMALS)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
