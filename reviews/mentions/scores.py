"""Scores as other places give them: kept on their own scale, never turned into 1 to 5."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

HIGHEST = 1000
NUMBER = r"[0-9]{1,4}(?:[.,][0-9]{1,2})?"
SCORE = re.compile(rf"({NUMBER})(?:\s*/\s*([0-9]{{1,4}}))?", re.ASCII)


class Score(NamedTuple):
    score: Decimal
    highest: int

    def __str__(self) -> str:
        return f"{self.score.normalize():f}/{self.highest}"


class NoScore(ValueError):
    """The text is no score; the message says why, for whoever wrote it."""


def read_score(text: str, highest: int | None) -> Score:
    """`8` of `highest`, or `8/10`, or `4,5/5`. Raises NoScore: nothing is guessed, least of all the scale."""
    found = SCORE.fullmatch(text)
    if found is None:
        raise NoScore(_("This is no score such as 8 or 8/10."))
    score = Decimal(found[1].replace(",", "."))
    limit = int(found[2]) if found[2] else highest
    if limit is None:
        raise NoScore(_("Say what the highest score is: 8/10, or once for the whole file."))
    if not 1 <= limit <= HIGHEST:
        raise NoScore(_("The highest score lies between 1 and %(limit)d.") % {"limit": HIGHEST})
    if score > limit:
        raise NoScore(_("The score is more than %(highest)d, the highest.") % {"highest": limit})
    return Score(score, limit)
