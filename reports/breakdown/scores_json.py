"""A breakdown for programs. Documented in docs/scores-json.md; the names in it are stable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.breakdown.address import breakdown_filters
from reports.scores_json import change_told, scope_told, score_told

if TYPE_CHECKING:
    from reports.breakdown.results import Breakdown, CellResult, Head


def breakdown_told(breakdown: Breakdown) -> dict[str, Any]:
    """All of it: nothing that the page does not show, nothing rounded below six decimals."""
    filters, only = breakdown_filters(breakdown.filters), breakdown.only
    return {
        **scope_told(breakdown),
        "responses": breakdown.responses,
        "not_yet_counted": breakdown.waiting,
        "rows_way": breakdown.rows_way.value,
        "columns_way": breakdown.columns_way.value if breakdown.columns_way else None,
        "order": filters.order.value,
        "dimension": breakdown.dimension or None,
        "only": {"way": only.way.value, "code": only.code, "name": only.name} if only else None,
        "total": score_told(breakdown.total) if breakdown.dimension or only else None,
        "compared_at_once": breakdown.compared,
        "columns": [_head(column) for column in breakdown.columns],
        "rows": [{**_head(row.head), "cells": [_cell(cell) for cell in row.cells]} for row in breakdown.rows],
    }


def _head(head: Head) -> dict[str, Any]:
    return {
        "code": head.code,
        "name": head.name,
        "score": score_told(head.score) if head.score else None,
    }


def _cell(cell: CellResult) -> dict[str, Any]:
    return {
        **score_told(cell.score),
        "against_the_others": change_told(cell.against) if cell.against else None,
    }
