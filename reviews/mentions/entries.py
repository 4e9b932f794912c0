"""A mention as somebody typed it or a file holds it, checked, and what tells it from every other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.models.reviews import LONGEST

if TYPE_CHECKING:
    from datetime import date

    from reviews.mentions.scores import Score

LONGEST_AUTHOR, LONGEST_SOURCE = LONGEST["author"], LONGEST["source_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something said about the organisation elsewhere. Places are keys."""

    location_id: int
    touchpoint_id: int
    said_on: date
    source: str
    source_name: str = ""
    link: str = ""
    author: str = ""
    text: str = ""
    score: Score | None = None
    answered_on: date | None = None

    @property
    def digest(self) -> str:
        """The same for the same mention in whichever file. With a link it is known by source, link and author, so that
        a word mended there makes no second one; without, by all that was said, when and where.
        """
        known = [self.source, self.source_name, self.link, self.author]
        if not self.link:
            known += [str(self.location_id), self.said_on.isoformat(), str(self.score or ""), self.text]
        # Lengths, so that no two lists of texts run together alike.
        told = "".join(f"{len(part)}:{part}" for part in known)
        return hashlib.sha256(told.encode()).hexdigest()
