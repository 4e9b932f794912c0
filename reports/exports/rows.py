"""The responses behind a scope, read in the order of their days: by key, so that reading can go on where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import TextField
from django.db.models.functions import Cast

from reports.choice import choose
from surveys.models import Response, Version

if TYPE_CHECKING:
    from reports.exports.lines import Stored
    from reports.reading import Asked
    from surveys.models.responses import ResponseQuerySet

OTHERS = ("received_at", "location_id", "touchpoint_id", "mode", "ratings", "flags")


def responses_behind(asked: Asked) -> ResponseQuerySet:
    """Those that the scores of this scope are made of: counted, in its days, let through by its facets.

    A dimension chooses questions, not responses, and leaves all of them in.
    """
    choice, period, scope = (
        choose(asked.filters, asked.vocabulary),
        asked.filters.period,
        asked.vocabulary.scope,
    )
    # Known by their keys: a join would make PostgreSQL guess how many there are, and read them all for each piece.
    versions = Version.objects.published().filter(survey=asked.survey.id).values_list("pk", flat=True)
    rows = Response.objects.scored().filter(
        version__in=list(versions), received_on__gte=period.start, received_on__lte=period.end
    )
    for facet in choice.facets:
        if facet.chosen is not None:
            rows = rows.filter(**{f"{facet.column}__in": facet.chosen})
    return rows if scope is None else rows.filter(location__in=scope)


def next_rows(
    responses: ResponseQuerySet, version: int, after: tuple[Any, Any] | None, limit: int
) -> list[Stored]:
    """The next so many of a version, in the order of its index; `after` is the (day, key) of the last one read.

    The rest of that day and the days that follow are asked for apart: each is a stretch of the index.
    """
    rows = responses.filter(version=version)
    if after is None:
        return _read(rows, limit)
    day, key = after
    rest = _read(rows.filter(received_on=day, pk__gt=key), limit)
    missing = limit - len(rest)
    return [*rest, *_read(rows.filter(received_on__gt=day), missing)] if missing else rest


def _read(rows: ResponseQuerySet, limit: int) -> list[Stored]:
    plain = rows.order_by("received_on", "pk").annotate(
        told_key=Cast("pk", TextField()), told_answers=Cast("answers", TextField())
    )
    found = plain.values_list("told_key", "received_on", *OTHERS, "told_answers")[:limit]
    return list(found)
