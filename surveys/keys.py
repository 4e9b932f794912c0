"""Short names made from what people write: addresses, measure keys, option keys. Nobody has to think of one."""

from __future__ import annotations

import re
from itertools import count, product
from string import ascii_lowercase
from typing import TYPE_CHECKING

from django.utils.text import slugify

from surveys.enums import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

MEASURE_KEY_LENGTH, ADDRESS_LENGTH = 40, 50
WORDS_IN_KEY = 4
PASSED_OVER = re.compile(
    r"\b(?:a|an|and|any|are|as|at|be|been|by|can|could|did|do|does|for|from|had|has|have|how|i|in|is|it|its|me|my|of|on"
    r"|or|our|rate|so|that|the|their|them|there|these|they|this|to|us|was|we|well|were|what|when|where|which|who|why"
    r"|will|with|would|you|your)\b"
)


def measure_key(text: str, *, taken: AbstractSet[str]) -> str:
    """The first telling words of a question, as the name of a form field that is not taken yet."""
    words = slugify(text).replace("_", " ").replace("-", " ")
    wish = "_".join(PASSED_OVER.sub(" ", words).split()[:WORDS_IN_KEY]) or "question"
    return free_key(wish if wish[0].isalpha() else f"q_{wish}", taken=taken)


def free_key(wish: str, *, taken: AbstractSet[str]) -> str:
    """The key wished for, or with the first number that is free."""
    return _free(wish, taken=taken | RESERVED, length=MEASURE_KEY_LENGTH, joint="_")


def address(name: str, *, taken: AbstractSet[str]) -> str:
    """A survey's name as an address that is not taken yet."""
    return _free(slugify(name).strip("-_") or "survey", taken=taken, length=ADDRESS_LENGTH, joint="-")


def keyed_options(
    labels: Sequence[str], *, before: Iterable[Mapping[str, str]], used: Iterable[str] = ()
) -> list[dict[str, str]]:
    """Options with a key each. A label that was there before keeps its key (its case and spaces may change);
    a new one gets a key that never meant anything else: neither in `before` nor in `used`.
    """
    known = {_plain(option["label"]): option["key"] for option in before}
    fresh = _unused({*known.values(), *used})
    return [{"key": known.get(_plain(label)) or next(fresh), "label": label} for label in labels]


def _unused(taken: AbstractSet[str]) -> Iterator[str]:
    """a, b, ... z, aa, ab, ..."""
    names = ("".join(letters) for length in count(1) for letters in product(ascii_lowercase, repeat=length))
    return (name for name in names if name not in taken)


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()


def _free(wish: str, *, taken: AbstractSet[str], length: int, joint: str) -> str:
    """The wish, or the wish with the first number that is free, within the length."""
    tries = (f"{joint}{number}" if number > 1 else "" for number in count(1))
    names = (wish[: length - len(tail)].rstrip("-_") + tail for tail in tries)
    return next(name for name in names if name not in taken)
