"""The map: which column of a file holds which answer, and what stands in it. Written as TOML or by the page."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from surveys.enums import Answer, Mode
from surveys.importing.entries import BadMapError, Entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ENCODINGS = ("utf-8", "utf-16", "cp1250", "cp1252", "iso8859-1", "iso8859-2", "iso8859-15", "mac-roman")
SIGNS = frozenset({"1", "2", "3", "4", "5", Answer.NOT_APPLICABLE, Answer.BLANK})
DATE_FORMAT = "%Y-%m-%d"
DATE_SIGNS = frozenset("YymdbBjHIMSfpaAz")
MAX_TOML, MAX_CODE = 1_000_000, 50
CODE_SIGNS = re.compile(r"[a-z0-9][a-z0-9_-]*")
DELIMITER = re.compile(r"[\t!#-&(-/:-@\[-`{-~]")


@dataclass(frozen=True, slots=True)
class FileMap:
    """How the file is written. Empty means: as its bytes say."""

    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    # Between the answers to a question that takes several.
    choices_separator: str = ";"


@dataclass(frozen=True, slots=True)
class DateMap:
    """A column and its format, or one day for the whole file, or neither: today."""

    column: str = ""
    format: str = DATE_FORMAT
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A column whose texts are codes, names or keys of `values`, or one code for the whole file, or neither."""

    column: str = ""
    code: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    create: bool = False


@dataclass(frozen=True, slots=True)
class ImportMap:
    file: FileMap = field(default_factory=FileMap)
    # Measure key -> header of its column.
    questions: Mapping[str, str] = field(default_factory=dict)
    # What stands in a rating column -> 1 to 5, x (does not apply) or - (left blank).
    values: Mapping[str, str] = field(default_factory=dict)
    # The same for one question, before `values`; for a choice: what stands there -> the option's key.
    question_values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date: DateMap = field(default_factory=DateMap)
    location: PlaceMap = field(default_factory=PlaceMap)
    touchpoint: PlaceMap = field(default_factory=PlaceMap)
    id_column: str = ""
    mode: str = Mode.IMPORT
    skip_bad_rows: bool = False
    # Columns from which nothing is read, so that leaving them out is seen.
    ignored: tuple[str, ...] = ()

    @property
    def columns(self) -> set[str]:
        """The headers that the map speaks of."""
        others = {self.date.column, self.location.column, self.touchpoint.column, self.id_column}
        return {*self.questions.values(), *others} - {""}

    def as_data(self) -> dict[str, Any]:
        """The map as JSON and TOML hold it, without what is empty; `read_map` reads it back."""
        data = {
            "mode": self.mode,
            "skip_bad_rows": self.skip_bad_rows,
            "ignored": list(self.ignored),
            "file": _filled(
                delimiter=self.file.delimiter,
                encoding=self.file.encoding,
                sheet=self.file.sheet,
                choices_separator=self.file.choices_separator,
            ),
            "questions": dict(self.questions),
            "values": dict(self.values),
            "question_values": {key: dict(values) for key, values in self.question_values.items()},
            "date": _date_data(self.date),
            "location": _place_data(self.location),
            "touchpoint": _filled(
                column=self.touchpoint.column, code=self.touchpoint.code, values=dict(self.touchpoint.values)
            ),
            "id": _filled(column=self.id_column),
        }
        return {key: value for key, value in data.items() if value not in ({}, [])}


def _filled(**entries: Any) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value not in ("", {})}


def _date_data(day: DateMap) -> dict[str, Any]:
    if day.column:
        return {"column": day.column, "format": day.format}
    return _filled(on=day.on.isoformat() if day.on else "")


def _place_data(place: PlaceMap) -> dict[str, Any]:
    data = _filled(column=place.column, code=place.code, values=dict(place.values))
    return {**data, "create": place.create} if place.column else data


def read_toml(text: str) -> ImportMap:
    """The map in a TOML text. Raises BadMapError, whatever the text."""
    if len(text) > MAX_TOML:
        raise BadMapError([_("The map is too long.")])
    try:
        return read_map(tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        reason = str(error)[:200] if isinstance(error, tomllib.TOMLDecodeError) else _("it cannot be read")
        raise BadMapError([_("The map is not TOML: %(reason)s.") % {"reason": reason.rstrip(".")}]) from error


def read_map(data: object) -> ImportMap:
    """The map in plain data, as JSON or TOML gives it. Raises BadMapError with everything that is wrong."""
    entries = Entries(data, "", [])
    result = ImportMap(
        file=_read_file(entries.table("file")),
        questions=entries.table("questions").texts(),
        values=entries.table("values").texts(),
        question_values=entries.table("question_values").tables_of_texts(),
        date=_read_date(entries.table("date")),
        location=_read_place(entries.table("location"), may_create=True),
        touchpoint=_read_place(entries.table("touchpoint"), may_create=False),
        id_column=_read_id(entries.table("id")),
        mode=entries.text("mode", Mode.IMPORT),
        skip_bad_rows=entries.truth("skip_bad_rows"),
        ignored=entries.listed("ignored"),
    )
    entries.end()
    reasons = entries.reasons or [
        *_wrong_in_file(result),
        *_wrong_in_values(result),
        *_wrong_in_places(result),
    ]
    if reasons:
        raise BadMapError(reasons)
    return result


def _read_file(entries: Entries) -> FileMap:
    result = FileMap(
        delimiter=entries.text("delimiter"),
        encoding=entries.text("encoding").lower().replace("_", "-"),
        sheet=entries.text("sheet"),
        choices_separator=entries.text("choices_separator", ";"),
    )
    entries.end()
    return result


def _read_date(entries: Entries) -> DateMap:
    result = DateMap(
        column=entries.text("column").strip(),
        format=entries.text("format", DATE_FORMAT),
        on=entries.day("on"),
    )
    entries.end()
    return result


def _read_place(entries: Entries, *, may_create: bool) -> PlaceMap:
    result = PlaceMap(
        column=entries.text("column").strip(),
        code=entries.text("code"),
        values=entries.table("values").texts(),
        create=entries.truth("create") if may_create else False,
    )
    entries.end()
    return result


def _read_id(entries: Entries) -> str:
    column = entries.text("column").strip()
    entries.end()
    return column


def _wrong_in_file(said: ImportMap) -> list[str]:
    wrong = []
    if said.file.delimiter and not DELIMITER.fullmatch(said.file.delimiter):
        wrong.append(_("[file] delimiter is one sign such as “,”, “;” or a tab."))
    if said.file.encoding and said.file.encoding not in ENCODINGS:
        wrong.append(_("[file] encoding is one of %(names)s.") % {"names": ", ".join(ENCODINGS)})
    if said.mode not in Mode.values:
        wrong.append(_("mode is one of %(names)s.") % {"names": ", ".join(Mode.values)})
    if not said.questions:
        wrong.append(_("[questions] names no column."))
    twice = {header for header in said.questions.values() if list(said.questions.values()).count(header) > 1}
    wrong += [
        _("Two questions take the column “%(header)s”.") % {"header": header} for header in sorted(twice)
    ]
    return wrong


def _wrong_in_values(said: ImportMap) -> list[str]:
    reason = _("[values] “%(text)s”: it stands for “%(sign)s”, which is none of 1 to 5, “x” and “-”.")
    wrong = [reason % {"text": text, "sign": sign} for text, sign in said.values.items() if sign not in SIGNS]
    unmapped = sorted(said.question_values.keys() - said.questions.keys())
    reason = _("[question_values.%(key)s] is about a question that [questions] does not name.")
    return [*wrong, *(reason % {"key": key} for key in unmapped)]


def _wrong_in_places(said: ImportMap) -> list[str]:
    wrong = []
    if said.date.column and said.date.on:
        wrong.append(_("[date] has a column or one day for the whole file, not both."))
    if said.date.column and not is_date_format(said.date.format):
        wrong.append(_("[date] format says where year, month and day stand, such as %Y-%m-%d or %d.%m.%Y."))
    for name, place in (("location", said.location), ("touchpoint", said.touchpoint)):
        if place.column and place.code:
            wrong.append(_("[%(name)s] has a column or one code, not both.") % {"name": name})
        if (place.values or place.create) and not place.column:
            wrong.append(_("[%(name)s] says what values mean, but not in which column.") % {"name": name})
        bad = [code for code in (place.code, *place.values.values()) if code and not is_code(code)]
        wrong += [
            _("[%(name)s] “%(code)s” cannot be a code.") % {"name": name, "code": code[:50]} for code in bad
        ]
    return wrong


def is_code(text: str) -> bool:
    return len(text) <= MAX_CODE and CODE_SIGNS.fullmatch(text) is not None


def is_date_format(text: str) -> bool:
    """Whether the format says a whole date, in signs that mean the same everywhere, and each once."""
    found = [sign for sign in re.findall(r"%(.?)", text, re.DOTALL) if sign != "%"]
    signs = set(found)
    in_year = {"j"} <= signs or ("d" in signs and bool(signs & {"m", "b", "B"}))
    return len(found) == len(signs) and signs <= DATE_SIGNS and bool(signs & {"Y", "y"}) and in_year
