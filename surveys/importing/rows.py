"""One row of a file becomes one checked response, or the flaws that keep it from being one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from metrics.questionnaire import straight_line
from surveys.answering.answers import SCALE, Answers, read_answers
from surveys.enums import Answer, Flag, Kind
from surveys.importing.days import parse_day, wrong_day
from surveys.importing.entries import BadMapError
from surveys.importing.fitting import misfits, option_texts
from surveys.importing.tables import Flaw, Row, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from surveys.answering.places import Place
    from surveys.answering.published import Item, Published
    from surveys.importing.mapping import ImportMap
    from surveys.importing.places import Places

# Every key of an imported response is made under this one, so the same row is the same response for ever.
NAMESPACE = uuid.UUID("0c5ff3f4-9b0e-4f6a-9d8f-5f5f0d5ad3a1")
MAX_ID = 200
REMEMBERED_DAYS = 10_000


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A checked response on its way in. Places are codes: a new one has no key yet."""

    number: int
    id: uuid.UUID
    location: str
    touchpoint: str
    received_on: date
    answers: Answers
    flags: int


@dataclass(frozen=True, slots=True)
class Column:
    """Where a question's answers stand, and what each text stands for: the values that `read_answers` takes."""

    index: int
    header: str
    key: str
    kind: str
    meanings: Mapping[str, Sequence[str]]
    offers_not_applicable: bool = True
    separator: str = ""


class RowReader:
    """Reads the rows of one file under one map. Raises BadMapError when the two do not fit the survey."""

    def __init__(
        self,
        *,
        version: Published,
        said: ImportMap,
        headers: list[str],
        locations: Places,
        touchpoints: Places,
        origin: str,
        now: datetime,
    ) -> None:
        self.version, self.said, self.origin = version, said, origin
        self.locations, self.touchpoints = locations, touchpoints
        self.now = now
        self._days: dict[str, date | None] = {}
        self._todays: dict[str, date] = {}
        # Without a date every row gets the day that it is now, in the file's location or else in the default one.
        self.today = self._today(locations.whole_file or locations.default)
        reasons = [*misfits(version, said, headers, locations, touchpoints), *self._wrong_day_of_file()]
        if reasons:
            raise BadMapError(reasons)
        at = {header: index for index, header in enumerate(headers)}
        self.columns = [_column(item, said, at) for item in version.items if said.questions.get(item.key)]
        self.header_of = {column.key: column.header for column in self.columns}
        self.date_at, self.id_at = at.get(said.date.column), at.get(said.id_column)
        self.location_at, self.touchpoint_at = at.get(said.location.column), at.get(said.touchpoint.column)

    def read(self, row: Row) -> GoodRow | list[Flaw]:
        if row.flaw:
            return [row.flaw]
        flaws: list[Flaw] = []
        cells = row.cells
        location = self._place(row, self.locations, self.location_at, flaws)
        touchpoint = self._place(row, self.touchpoints, self.touchpoint_at, flaws)
        day = self._day(row, location, flaws)
        key = self._id(row, flaws)
        answers = self._answers(row.number, cells, flaws)
        if flaws or location is None or touchpoint is None or day is None or key is None:
            return flaws
        flags = int(Flag.STRAIGHT_LINE) if straight_line(answers.ratings) else 0
        return GoodRow(row.number, key, location.code, touchpoint.code, day, answers, flags)

    def _place(self, row: Row, places: Places, at: int | None, flaws: list[Flaw]) -> Place | None:
        if at is None:
            return places.whole_file
        text = row.cells[at].strip()
        place, reason = places.find(text)
        if place is None:
            flaws.append(Flaw(row.number, places.said.column, clean(text), reason))
        return place

    def _day(self, row: Row, location: Place | None, flaws: list[Flaw]) -> date | None:
        today = self._today(location or self.locations.default)
        if self.date_at is None:
            return self.said.date.on or self.today
        text = row.cells[self.date_at].strip()
        if text not in self._days:
            if len(self._days) >= REMEMBERED_DAYS:
                self._days.clear()
            self._days[text] = parse_day(text, self.said.date.format)
        day = self._days[text]
        reason = wrong_day(day, today, self.said.date.format)
        if reason:
            flaws.append(Flaw(row.number, self.said.date.column, clean(text), reason))
        return day

    def _wrong_day_of_file(self) -> list[str]:
        on = self.said.date.on
        reason = wrong_day(on, self.today, "") if on else ""
        return [f"[date] on: {reason}"] if reason else []

    def _today(self, location: Place) -> date:
        zone = location.time_zone
        if zone not in self._todays:
            self._todays[zone] = location.day(self.now)
        return self._todays[zone]

    def _id(self, row: Row, flaws: list[Flaw]) -> uuid.UUID | None:
        """From the row's own id, or else from its place in this very file and sheet."""
        if self.id_at is None:
            return uuid.uuid5(NAMESPACE, f"{self.version.survey_id} row {self.origin} {row.number}")
        text = row.cells[self.id_at].strip()
        if not text or len(text) > MAX_ID:
            reason = _("The id is too long.") if text else _("The id is missing.")
            flaws.append(Flaw(row.number, self.said.id_column, clean(text), reason))
            return None
        return uuid.uuid5(NAMESPACE, f"{self.version.survey_id} id {text}")

    def _answers(self, number: int, cells: list[str], flaws: list[Flaw]) -> Answers:
        given: dict[str, Sequence[str]] = {}
        unread: set[str] = set()
        for column in self.columns:
            text = cells[column.index].strip()
            values = column.meanings.get(text)
            if values is None:
                values, reason = _read_other(column, text)
                if reason:
                    unread.add(column.key)
                    flaws.append(Flaw(number, column.header, clean(text), reason))
            given[column.key] = values
        answers = read_answers(self.version, given)
        for key, reason in answers.errors.items():
            # One reason for a cell is enough, and a row with unread cells is not an empty one.
            if key not in unread and (key or not unread):
                flaws.append(self._flaw(number, key, given, reason))
        return answers

    def _flaw(self, number: int, key: str, given: Mapping[str, Sequence[str]], reason: str) -> Flaw:
        value = "; ".join(given.get(key, ()))
        if value == Answer.NOT_APPLICABLE:
            reason = _("The map says “does not apply”, which this question does not offer.")
        return Flaw(number, self.header_of.get(key, ""), clean(value), reason)


def _column(item: Item, said: ImportMap, at: Mapping[str, int]) -> Column:
    header = said.questions[item.key]
    own = said.question_values.get(item.key, {})
    if item.is_rating:
        meanings = {sign: sign for sign in SCALE} | {"": ""} | dict(said.values) | dict(own)
        blank = {"", str(Answer.BLANK)}
        values = {text: [] if sign in blank else [str(sign)] for text, sign in meanings.items()}
    elif item.kind == Kind.TEXT:
        values = {}
    else:
        values = {"": [], **{text: [key] for text, key in option_texts(item).items()}}
        values |= {text: [] if key == Answer.BLANK else [key] for text, key in own.items()}
    separator = said.file.choices_separator if item.kind == Kind.SEVERAL_CHOICES else ""
    return Column(at[header], header, item.key, item.kind, values, item.allows_not_applicable, separator)


def _read_other(column: Column, text: str) -> tuple[Sequence[str], str]:
    """A text, several choices in one cell, or something of which nobody said what it stands for."""
    if column.kind == Kind.TEXT:
        return [text], ""
    if column.kind == Kind.RATING:
        return [], _("This is no rating from 1 to 5, and the map does not say what it stands for.")
    parts = [part.strip() for part in text.split(column.separator)] if column.separator else [text]
    chosen = [column.meanings.get(part) for part in parts if part]
    if None in chosen:
        return [], _("This is none of the question’s answers, and the map does not say what it stands for.")
    return [key for keys in chosen for key in keys or ()], ""
