"""Which words a comment is found by: one rule, worked out here, so that every database finds the same.

A word is a run of letters and digits of any script. Case, accents and signs that are not seen make no difference:
`Děkuji`, `DEKUJI` and `de<soft hyphen>kuji` are one word. A comment is found when it has every word asked for;
a word with a star behind it stands for all that begin so (docs/decisions/0021).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# What is asked for beyond this is left out; a longer word counts as its beginning.
MOST_ASKED, LONGEST = 10, 60
WORD = re.compile(r"[^\W_]+")
ASKED = re.compile(r"[^\W_]+\*?")
# Letters that Unicode does not take apart into a letter and its accent.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)
# Accents, and signs that are not seen: joiners, soft hyphens, directions of writing.
UNSEEN = frozenset({"Mn", "Me", "Cf"})


class Asked(NamedTuple):
    """A word that a comment must have; or, where it `begins`, one that begins so."""

    word: str
    begins: bool = False


def words_of(*texts: str) -> str:
    """Every word once, in order, with blanks between: what is stored beside the text and searched."""
    return " ".join(sorted({word[:LONGEST] for text in texts for word in WORD.findall(_folded(text))}))


def words_asked(text: str) -> list[Asked]:
    """What somebody looks for, each once, in the order in which it was written."""
    found = dict.fromkeys(
        Asked(word.rstrip("*")[:LONGEST], word.endswith("*")) for word in ASKED.findall(_folded(text))
    )
    return list(found)[:MOST_ASKED]


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    seen = "".join(sign for sign in apart if unicodedata.category(sign) not in UNSEEN)
    return unicodedata.normalize("NFKC", seen).casefold().translate(PLAIN)
