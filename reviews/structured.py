"""What the public page says to programs: schema.org, as JSON that no text can break out of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.models import Review
    from reviews.queries.public import Counted

# A script element ends at `</script`, whatever JSON thinks of it.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def as_json(data: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 (escaped here)


def described(*, name: str, url: str, counts: Counted, reviews: Iterable[Review]) -> dict[str, Any]:
    """A place of business with its rating and the reviews on the page. A mean of nothing is left out."""
    place: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": name,
        "url": url,
        "review": [_review(one) for one in reviews],
    }
    if counts.mean is not None:
        place["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(counts.mean, 2),
            "ratingCount": counts.rated,
            "reviewCount": counts.published,
            "bestRating": 5,
            "worstRating": 1,
        }
    return place


def _review(review: Review) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Review",
        "datePublished": review.said_on.isoformat(),
        "author": {"@type": "Person", "name": review.name or "Anonymous"},
        "reviewBody": review.text,
    }
    if review.score:
        rating = {"@type": "Rating", "ratingValue": review.score, "bestRating": 5, "worstRating": 1}
        found["reviewRating"] = rating
    return found
