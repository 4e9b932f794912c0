"""Which column seems to hold what. Only ever a suggestion: a person looks at it before anything is read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from surveys.enums import MAX_QUESTIONS
from surveys.importing.mapping import ImportMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from surveys.answering.published import Item, Published
    from surveys.importing.mapping import FileMap
    from surveys.importing.profiles import FileProfile

DATES = frozenset({"date", "day", "datum", "dato", "data", "timestamp", "received", "submitted"})
LOCATIONS = frozenset({"location", "site", "store", "shop", "branch", "outlet", "place"})
TOUCHPOINTS = frozenset({"touchpoint", "channel"})
IDS = frozenset({"id", "ticket", "response id", "reference", "key"})
ENOUGH = 0.5


def suggest(version: Published, profile: FileProfile, earlier: ImportMap | None) -> ImportMap:
    """The map of an earlier import whose columns are all here, or else what the headers say."""
    headers = [header for header in profile.headers if header and profile.headers.count(header) == 1]
    keys = {item.key for item in version.items}
    if earlier and earlier.columns <= set(headers) and earlier.questions.keys() <= keys:
        date = replace(earlier.date, on=None)
        return replace(earlier, ignored=(), skip_bad_rows=False, file=_file(earlier, profile), date=date)
    said = ImportMap()
    free = [header for header in headers if _words(header)]
    places = {
        "date": replace(said.date, column=named(free, DATES)),
        "location": replace(said.location, column=named(free, LOCATIONS)),
        "touchpoint": replace(said.touchpoint, column=named(free, TOUCHPOINTS)),
    }
    said = replace(said, id_column=named(free, IDS), **places)  # type: ignore[arg-type]
    return replace(
        said, questions=_questions(version.items, [one for one in free if one not in said.columns])
    )


def _file(earlier: ImportMap, profile: FileProfile) -> FileMap:
    """How this file is written, as far as it can be seen, whatever the other one was like."""
    # An encoding with a sign for every byte would read UTF-8 without a complaint, and wrongly.
    encoding = "" if profile.is_plainly_utf8 else earlier.file.encoding
    return replace(earlier.file, delimiter=profile.delimiter, sheet=profile.sheet, encoding=encoding)


def _questions(items: Sequence[Item], headers: list[str]) -> dict[str, str]:
    """Best pairs first, each question and each column once."""
    pairs = sorted(
        ((_likeness(item, header), -item.position, item.key, header) for item in items for header in headers),
        reverse=True,
    )
    found: dict[str, str] = {}
    for likeness, _position, key, header in pairs:
        if likeness >= ENOUGH and key not in found and header not in found.values():
            found[key] = header
    return dict(list(found.items())[:MAX_QUESTIONS])


def _likeness(item: Item, header: str) -> float:
    """1 where key or wording is the header; else the share of their words that both have."""
    words = set(_words(header))
    return max(_overlap(words, set(_words(item.key))), _overlap(words, set(_words(item.text))))


def _overlap(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others) if some | others else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("_", " ").lower())


def named(headers: Iterable[str], names: frozenset[str]) -> str:
    """The first header that is one of these words, whatever its case; empty where none is."""
    return next((header for header in headers if " ".join(_words(header)) in names), "")
