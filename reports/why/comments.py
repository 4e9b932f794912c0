"""The comments behind a number: where the comment box shows them, how many there are, or why none is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.enums import PeriodShortcut
from reports.filters import FACETS
from reviews.queries.comments import chosen_comments, count_of
from surveys.enums import RATING_LABELS, Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisation.models import Member
    from reports.filters import Filters
    from reports.reading import Asked

# What the comment box can be narrowed by, one value at a time.
SHARED = ("region", "location", "touchpoint")


class CommentsLink(NamedTuple):
    """`n` goes up to one more than the comment box counts; without any there is no address."""

    label: str
    n: int
    url: str


def comments_query(asked: Asked, filters: Filters) -> dict[str, str] | None:
    """The comment box narrowed to the same responses; None where it cannot be."""
    chosen = {
        facet: filters.values(facet) for facet in FACETS if facet != "dimension" and filters.values(facet)
    }
    if any(facet not in SHARED or len(values) > 1 for facet, values in chosen.items()):
        return None
    query = {"survey": asked.survey.slug, **{facet: values[0] for facet, values in chosen.items()}}
    if filters.shortcut is not PeriodShortcut.ALL:
        query |= {"first": filters.period.start.isoformat(), "last": filters.period.end.isoformat()}
    return query


def comment_links(asked: Asked, filters: Filters, reader: Member) -> list[CommentsLink]:
    """All of them; by score where the number is about overall, else those that rate its dimension low."""
    query = comments_query(asked, filters)
    if query is None:
        return []
    found = [_link(asked, reader, query, _("All comments"))]
    if not found[0].n:
        return found
    for dimension in filters.dimension:
        if dimension != Dimension.OVERALL:
            label = _("That rate it 1 or 2")
            found.append(_link(asked, reader, {**query, "low": dimension}, label))
        else:
            found += [
                _link(asked, reader, {**query, "score": str(score)}, f"{score} {RATING_LABELS[score]}")
                for score in sorted(RATING_LABELS)
            ]
    return found


def _link(asked: Asked, reader: Member, query: Mapping[str, str], label: str) -> CommentsLink:
    n = count_of(chosen_comments(reader, comment_values(asked, query)))
    url = f"{reverse('reviews:comments')}?{urlencode(query)}" if n else ""
    return CommentsLink(label, n, url)


def comment_values(asked: Asked, query: Mapping[str, str]) -> dict[str, Any]:
    """What the comment box makes of such an address."""
    vocabulary = asked.vocabulary
    regions = {place.region.code: place.region_id for place in vocabulary.locations.values() if place.region}
    known: dict[str, Mapping[str, Any]] = {
        "survey": {asked.survey.slug: asked.survey.id},
        "region": regions,
        "location": {code: place.pk for code, place in vocabulary.locations.items()},
        "touchpoint": {code: touchpoint.pk for code, touchpoint in vocabulary.touchpoints.items()},
    }
    return {name: known[name][value] if name in known else value for name, value in query.items()}
