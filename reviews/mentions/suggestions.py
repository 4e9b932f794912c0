"""Which column of a file seems to hold what of a mention. Only ever a suggestion."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reviews.mentions.mapping import MentionMap
from surveys.importing.suggestions import DATES, LOCATIONS, TOUCHPOINTS, named

if TYPE_CHECKING:
    from surveys.importing.profiles import FileProfile

NAMES = {
    "text": frozenset({"text", "comment", "review", "content", "message", "body", "post", "review text"}),
    "author": frozenset({"author", "name", "user", "reviewer", "from", "customer", "reviewer name"}),
    "date": DATES | {"posted", "published", "created", "created at", "review date"},
    "score": frozenset({"score", "rating", "stars", "points", "grade", "star rating"}),
    "link": frozenset({"link", "url", "address", "permalink", "review url"}),
    "source": frozenset({"source", "site", "platform", "network", "channel", "where"}),
    "answered": frozenset({"answered", "answered on", "replied", "reply date", "responded"}),
    "location": LOCATIONS - {"site"},
    "touchpoint": TOUCHPOINTS - {"channel"},
}


def suggest(profile: FileProfile, earlier: MentionMap | None) -> MentionMap:
    """The map of an earlier file whose columns are all here, or else what the headers say."""
    headers = [header for header in profile.headers if header and profile.headers.count(header) == 1]
    if earlier and set(earlier.columns.values()) <= set(headers):
        return replace(earlier, file=MentionMap().file, on=None, skip_bad_rows=False)
    found = {what: named(headers, names) for what, names in NAMES.items()}
    return MentionMap(columns={what: header for what, header in found.items() if header})
