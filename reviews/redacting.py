"""Taking personal data out of a text: plain text in, plain text out."""

from __future__ import annotations

import re
from typing import NamedTuple

from reviews.enums import RedactionKind

MARK = "[…]"
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{5,22}\d(?!\w)")
FEWEST_DIGITS = 7


class Phrase(NamedTuple):
    """Words to be taken out, and what they are."""

    kind: RedactionKind
    text: str


def suggestions(text: str) -> list[Phrase]:
    """What looks like an e-mail address or a phone number, each once, in the order of the text."""
    found = [(match.start(), Phrase(RedactionKind.EMAIL, match[0])) for match in EMAIL.finditer(text)]
    found += [
        (match.start(), Phrase(RedactionKind.PHONE, match[0]))
        for match in PHONE.finditer(text)
        if sum(character.isdigit() for character in match[0]) >= FEWEST_DIGITS
    ]
    return list(dict.fromkeys(phrase for _start, phrase in sorted(found)))


def redacted(text: str, phrase: str) -> tuple[str, int]:
    """The text with a mark in place of each occurrence, whatever its case, and how many there were. What a mark itself is
    made of is no occurrence.
    """
    wanted, mark = re.escape(phrase), re.escape(MARK)
    found = list(re.finditer(wanted if MARK in phrase else f"{mark}|{wanted}", text, re.IGNORECASE))
    taken = [match.span() for match in found if match[0] != MARK]
    kept, end = [], 0
    for start, after in taken:
        kept += [text[end:start], MARK]
        end = after
    return "".join(kept) + text[end:], len(taken)
