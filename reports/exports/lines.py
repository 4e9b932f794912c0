"""Responses as lines of CSV: put together by hand, because a million of them are."""

from __future__ import annotations

import json
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from organisation.models import Location, Touchpoint
from reports.exports.columns import SIGNS
from reports.frames import STARTS_A_FORMULA
from surveys.enums import Answer, Flag, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reports.exports.columns import Columns, QuestionColumn
    from surveys.answering.published import Published

END = "\r\n"
NOT_ASKED = "~"  # behind every response's ratings, for whatever its version did not ask
WORDS = {**SIGNS, NOT_ASKED: "", ".": ""}
DASHED = 36  # characters of a UUID
QUOTED = frozenset(',"\r\n')

type Stored = tuple[str, Any, Any, int, int, str, str, int, str]


def quoted(text: str) -> str:
    """A field of CSV."""
    return '"' + text.replace('"', '""') + '"' if not QUOTED.isdisjoint(text) else text


def guarded(text: str) -> str:
    """The same where a spreadsheet may open it: an apostrophe keeps it from being a formula."""
    return quoted(f"'{text}" if text.startswith(STARTS_A_FORMULA) else text)


class Places(dict[int, str]):
    """What a line says of a location or touchpoint, by key; looked up when it is first met."""

    def __init__(self, told: Callable[[int], Iterable[str]], field: Callable[[str], str]) -> None:
        self._told, self._field = told, field

    def __missing__(self, key: int) -> str:
        self[key] = ",".join(self._field(text) for text in self._told(key))
        return self[key]


class Days(dict[date, str]):
    """How a day is written: a million lines have a few hundred of them."""

    def __missing__(self, day: date) -> str:
        self[day] = day.isoformat()
        return self[day]


def location_told(key: int) -> tuple[str, str, str]:
    place = Location.objects.select_related("region").get(pk=key)
    return place.code, place.name, place.region.name if place.region else ""


def touchpoint_told(key: int) -> tuple[str, str, str, str]:
    touchpoint = Touchpoint.objects.get(pk=key)
    return touchpoint.code, touchpoint.name, touchpoint.channel, touchpoint.stage


class Lines:
    """Makes the lines of one file. `is_guarded`: for spreadsheets; `has_labels`: options by what they are called."""

    def __init__(self, columns: Columns, slug: str, *, is_guarded: bool, has_labels: bool) -> None:
        self.columns, self.slug = columns, slug
        self.field = guarded if is_guarded else quoted
        self.has_labels = has_labels
        self.locations = Places(location_told, self.field)
        self.touchpoints = Places(touchpoint_told, self.field)
        self.days = Days()
        self.flags = {bits: flags_told(bits) for bits in range(256)}

    def head(self) -> str:
        return ",".join(self.columns.names) + END

    def of(self, version: Published, rows: Sequence[Stored]) -> str:
        """Lines of responses of one version."""
        start = f",{quoted(self.slug)},{version.number},"
        rated, others = self._rated(version), self._others(version)
        nothing = "," * len(self.columns.others) + END
        places, touchpoints, flags, days = self.locations, self.touchpoints, self.flags, self.days
        if rows and len(rows[0][0]) != DASHED:
            rows = [(dashed(row[0]), *row[1:]) for row in rows]
        return "".join(
            [
                f"{key}{start}{days[day]},{moment(at) if at else ''},{places[location]},{touchpoints[touchpoint]},"
                f"{mode},{flags[bits]}{rated(ratings)}{nothing if answers == '{}' else others(json.loads(answers)) + END}"
                for key, day, at, location, touchpoint, mode, ratings, bits, answers in rows
            ]
        )

    def _rated(self, version: Published) -> Callable[[str], str]:
        """From a response's ratings to its columns of ratings, each with a comma before it."""
        at = {item.key: item.position - 1 for item in version.items if item.is_rating}
        wanted = [at.get(column.measure, -1) for column in self.columns.ratings]
        if not wanted:
            return lambda _ratings: ""
        picked = itemgetter(*wanted)

        is_asked = -1 not in wanted

        def rated(ratings: str) -> str:
            if is_asked and ratings.isdigit():
                return "," + ",".join(picked(ratings))
            joined = "," + ",".join(picked(ratings + NOT_ASKED))
            for sign, word in WORDS.items():
                if sign in joined:
                    joined = joined.replace(sign, word)
            return joined

        return rated

    def _others(self, version: Published) -> Callable[[Mapping[str, str | list[str]]], str]:
        """From a response's answers to its columns of choices and texts, each with a comma before it."""
        labels = {item.key: {one.key: one.label for one in item.options} for item in version.items}
        columns, field = self.columns.others, self.field
        told = labels if self.has_labels else {}
        return lambda answers: "".join(
            "," + field(_answer(column, answers, told.get(column.measure, {}))) for column in columns
        )


def _answer(column: QuestionColumn, answers: Mapping[str, str | list[str]], labels: Mapping[str, str]) -> str:
    given = answers.get(column.measure)
    if given is None:
        return ""
    if column.kind != Kind.TEXT and Answer.UNREADABLE in given:  # a mark on paper
        return SIGNS[Answer.UNREADABLE]
    if column.option:
        return "1" if column.option in given else "0"
    text = given if isinstance(given, str) else " ".join(given)
    return labels.get(text, text) if column.kind == Kind.SINGLE_CHOICE else text


def flags_told(bits: int) -> str:
    """straight_line too_fast"""
    return " ".join(flag.name.lower() for flag in Flag if bits & flag)


def dashed(key: str) -> str:
    """A UUID as it is usually written: SQLite keeps its digits alone."""
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def moment(at: Any) -> str:
    return str(at.isoformat())


def last_of(rows: Sequence[Stored]) -> tuple[Any, str]:
    """(day, key) of the last row."""
    return rows[-1][1], rows[-1][0]
