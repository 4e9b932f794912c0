"""The flagged responses of a scope, counted from scratch by the scorer's own counter: they are few.

Needs numpy: imported where it is computed, never while a survey is answered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metrics.ratings import Distribution
from reports.queries import MeasureRow, PlaceRow
from reports.suppression import RESPONSES
from scoring.counting import Table, count, summed
from scoring.rows import DIMENSIONS, MODES, WIDTH, plans_of, rows_of
from surveys.enums import Flag
from surveys.models import Response, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.choice import Choice
    from reports.reading import Asked
    from reports.selections import Selection
    from scoring.rows import Row
    from surveys.models.responses import ResponseQuerySet

type Place = tuple[int, int, str]  # location, touchpoint, mode

# Counted at most: more of them are no reading of a page.
MOST_FLAGGED = 50_000
# What stands in which column of a cell of a question, and in how many its ratings do.
MEASURE, *PLACE, VERSION = 0, 2, 3, 4, 5
MODE, RATED = PLACE[-1], 5


class Flagged(NamedTuple):
    """`places` and `measures`: as a report's reader tells them; `apart`: by location, touchpoint and mode, how many there
    are of all and by dimension, whatever the filters; `reasons`: how many of those chosen have each flag.
    """

    places: list[PlaceRow]
    measures: list[MeasureRow]
    apart: dict[Place, Counter[str]]
    responses: int
    reasons: dict[Flag, int]


def read_flagged(
    asked: Asked, choice: Choice, choices: Mapping[tuple[str, int], Selection]
) -> Flagged | None:
    """Of the responses that count; of questions in each of the choices. None: there are more than MOST_FLAGGED."""
    responses = _flagged(asked)
    if len(responses.values_list("pk")[: MOST_FLAGGED + 1]) > MOST_FLAGGED:
        return None
    rows = list(rows_of(responses))
    counted = count(rows, plans_of(row.version for row in rows))
    cells = list(zip(counted.dimensions.keys.tolist(), counted.dimensions.counts.tolist(), strict=True))
    measures = list(_measures(counted.measures, choices))
    reasons, n = _reasons(responses, choice)
    return Flagged(list(_places(cells, choice)), measures, _apart(rows, cells), n, reasons)


def _flagged(asked: Asked) -> ResponseQuerySet:
    """Whatever the facets leave out as well: what may be shown depends on it."""
    period, scope = asked.filters.period, asked.vocabulary.scope
    versions = list(Version.objects.published().filter(survey=asked.survey.id).values_list("pk", flat=True))
    responses = (
        Response.objects.scored()
        .flagged()
        .filter(version__in=versions, received_on__gte=period.start, received_on__lte=period.end)
    )
    return responses if scope is None else responses.filter(location__in=scope)


def _apart(rows: Iterable[Row], cells: Iterable[tuple[list[int], list[int]]]) -> dict[Place, Counter[str]]:
    found: dict[Place, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row.location, row.touchpoint, row.mode][RESPONSES] += len(row.ratings) // WIDTH
    for (_survey, dimension, _day, location, touchpoint, mode, _version), counts in cells:
        found[location, touchpoint, MODES[mode]][DIMENSIONS[dimension]] += counts[0]
    return found


def _places(cells: Iterable[tuple[list[int], list[int]]], choice: Choice) -> Iterable[PlaceRow]:
    """By the parts of each facet, as the other facets let them through."""
    told = [at for at, facet in enumerate(choice.facets) if at == 0 or facet.chosen is not None]
    for (_survey, dimension, _day, location, touchpoint, mode, version), counts in cells:
        parts = (location, touchpoint, MODES[mode])
        lets = [facet.lets(part) for facet, part in zip(choice.facets, parts, strict=True)]
        sums = {DIMENSIONS[dimension]: counts} if counts[0] else {}
        for at in told:
            if all(let for other, let in enumerate(lets) if other != at):
                yield PlaceRow(at, parts[at], True, version, counts[0], sums)


def _measures(cells: Table, choices: Mapping[tuple[str, int], Selection]) -> Iterable[MeasureRow]:
    """By question and version, as each choice lets the places through."""
    for choice, selection in choices.items():
        let = np.ones(len(cells.keys), bool)
        for column, pick in zip(PLACE, selection, strict=True):
            if pick.chosen is not None:
                parts = [MODES.index(one) for one in pick.chosen] if column == MODE else list(pick.chosen)
                let &= np.isin(cells.keys[:, column], parts)
        table = summed([Table(cells.keys[let][:, [MEASURE, VERSION]], cells.counts[let])])
        for (measure, version), n in zip(table.keys.tolist(), table.counts.tolist(), strict=True):
            yield MeasureRow(measure, version, choice, Distribution(*n[:RATED]), *n[RATED:])


def _reasons(responses: ResponseQuerySet, choice: Choice) -> tuple[dict[Flag, int], int]:
    for facet in choice.facets:
        if facet.chosen is not None:
            responses = responses.filter(**{f"{facet.column}__in": facet.chosen})
    counted = Counter(responses.order_by().values_list("flags", flat=True))
    reasons = {flag: sum(n for bits, n in counted.items() if bits & flag) for flag in Flag}
    return {flag: n for flag, n in reasons.items() if n}, counted.total()
