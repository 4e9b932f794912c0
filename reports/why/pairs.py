"""The ratings of single responses side by side: each measure's, with the response's own overall.

Needs numpy: imported where it is computed, never while a survey is answered.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metrics.ratings import HIGHEST, LOWEST
from reports.exports.rows import responses_behind
from scoring.rows import WIDTH, plans_of
from surveys.enums import Dimension
from surveys.models import Version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from reports.reading import Asked
    from scoring.rows import Plan

    type Floats = NDArray[np.float64]

ZERO = ord("0")


class Pairs(NamedTuple):
    """`measures`: by measure, what was given to it and overall, by responses that gave both; the newest first.

    `is_cut`: there are more responses than were read.
    """

    measures: dict[int, tuple[Floats, Floats]]
    responses: int
    is_cut: bool


def read_pairs(asked: Asked, most: int) -> Pairs:
    """Of the newest responses that the scores of this scope are made of."""
    versions = list(Version.objects.published().filter(survey=asked.survey.id).values_list("pk", flat=True))
    newest = _newest(asked, versions, most + 1)
    by_version: dict[int, list[str]] = defaultdict(list)
    for _day, version, ratings in newest[:most]:
        by_version[version].append(ratings)
    plans = plans_of(by_version)
    found: dict[int, list[tuple[Floats, Floats]]] = defaultdict(list)
    for version, texts in by_version.items():
        if version in plans:
            for measure, pair in pairs_of(texts, plans[version]):
                found[measure].append(pair)
    measures = {measure: _joined(parts) for measure, parts in found.items()}
    return Pairs(measures, len(newest[:most]), len(newest) > most)


def pairs_of(texts: Iterable[str], plan: Plan) -> Iterable[tuple[int, tuple[Floats, Floats]]]:
    """Of the responses of one version. Overall is the weighted mean of what was given to its questions."""
    signs = "".join(text.ljust(WIDTH, ".")[:WIDTH] for text in texts).encode("ascii")
    ratings = np.frombuffer(signs, np.uint8).reshape(-1, WIDTH).astype(float) - ZERO
    ratings[(ratings < LOWEST) | (ratings > HIGHEST)] = np.nan
    turned = [item.position for item in plan.items if item.is_reversed]
    ratings[:, turned] = LOWEST + HIGHEST - ratings[:, turned]
    asked = [item for item in plan.items if item.dimension == Dimension.OVERALL and item.weight]
    given = ratings[:, [item.position for item in asked]]
    weights = np.where(np.isnan(given), 0.0, np.array([item.weight for item in asked], float))
    whole = weights.sum(1)
    overall = np.where(whole > 0, np.nansum(given * weights, axis=1) / np.where(whole > 0, whole, 1), np.nan)
    for item in plan.items:
        if item.dimension != Dimension.OVERALL:
            both = ~np.isnan(ratings[:, item.position]) & ~np.isnan(overall)
            yield item.measure, (ratings[both, item.position], overall[both])


def _newest(asked: Asked, versions: Iterable[int], most: int) -> list[tuple[date, int, str]]:
    """Each version by itself, so that an index has its responses in the order of their days."""
    behind = responses_behind(asked)
    lists = [
        behind.filter(version=version)
        .order_by("-received_on", "-pk")
        .values_list("received_on", "version_id", "ratings")[:most]
        for version in versions
    ]
    return list(islice(merge(*lists, key=lambda row: row[0], reverse=True), most))


def _joined(parts: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    first, second = zip(*parts, strict=True)
    return np.concatenate(first), np.concatenate(second)
