"""One row of a file becomes one checked mention, or the flaws that keep it from being one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.text import LONGEST_TEXT, one_line, storable_text
from reviews.enums import MentionSource
from reviews.mentions.entries import LONGEST_AUTHOR, LONGEST_SOURCE, Mention
from reviews.mentions.links import LONGEST_LINK, plain_address
from reviews.mentions.mapping import COLUMNS
from reviews.mentions.scores import NoScore, read_score
from surveys.importing.days import parse_day, wrong_day
from surveys.importing.entries import BadMapError
from surveys.importing.tables import Flaw, clean

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from reviews.mentions.mapping import MentionMap
    from reviews.mentions.scores import Score
    from surveys.answering.places import Place
    from surveys.importing.places import Places
    from surveys.importing.tables import Row

LIMITS = {"text": LONGEST_TEXT, "author": LONGEST_AUTHOR, "source": LONGEST_SOURCE, "link": LONGEST_LINK}


class MentionReader:
    """Reads the rows of one file under one map. Raises BadMapError when the two do not fit.

    `own` are the keys of the locations that whoever imports may see; any other is as good as none.
    """

    def __init__(
        self,
        *,
        said: MentionMap,
        headers: Sequence[str],
        locations: Places,
        touchpoints: Places,
        own: Collection[int],
        now: datetime,
    ) -> None:
        self.said, self.locations, self.touchpoints, self.own, self.now = (
            said,
            locations,
            touchpoints,
            own,
            now,
        )
        self.kinds = {name.casefold(): value for value, name in _source_names()}
        reasons = [*_misfits(said, headers), *self._wrong_for_all()]
        if reasons:
            raise BadMapError(reasons)
        self.at = {what: headers.index(header) for what, header in said.columns.items()}

    def read(self, row: Row) -> Mention | list[Flaw]:
        if row.flaw:
            return [row.flaw]
        cells = _Cells(row, self)
        location = cells.place("location", self.locations)
        touchpoint = cells.place("touchpoint", self.touchpoints)
        text, score = cells.text("text"), cells.score()
        said_on = cells.day("date", location) if "date" in self.at else self._day_of_all(location)
        answered_on = cells.answered(location, said_on)
        source, source_name = self._source(cells.text("source"))
        link, author = cells.link(), one_line(cells.text("author"))
        if not text and score is None and not cells.flaws:
            cells.refuse("text", "", _("Neither words nor a score stand in this row."))
        if cells.flaws or location is None or touchpoint is None or said_on is None:
            return cells.flaws
        return Mention(
            location_id=location.id,
            touchpoint_id=touchpoint.id,
            said_on=said_on,
            source=source,
            source_name=source_name,
            link=link,
            author=author,
            text=text,
            score=score,
            answered_on=answered_on,
        )

    def _source(self, text: str) -> tuple[str, str]:
        """Which kind of source a cell names; what is none is the name of one, of the kind that the file is."""
        if not text:
            return self.said.source, self.said.source_name
        kind = self.kinds.get(text.casefold())
        return (kind, "") if kind else (self.said.source, one_line(text))

    def today(self, location: Place | None) -> date:
        return (location or self.locations.default).day(self.now)

    def _day_of_all(self, location: Place | None) -> date:
        return self.said.on or self.today(location)

    def _wrong_for_all(self) -> list[str]:
        """What is wrong with the words that go for every row."""
        reasons = []
        whole = self.locations.whole_file
        if not self.said.columns.get("location") and (whole is None or whole.id not in self.own):
            reasons.append(_("Choose the location of the rows, or the column that holds it."))
        if not self.said.columns.get("touchpoint") and self.touchpoints.whole_file is None:
            reasons.append(_("Choose the touchpoint of the rows, or the column that holds it."))
        if self.said.on and (reason := wrong_day(self.said.on, self.today(whole), "")):
            reasons.append(reason)
        return reasons


class _Cells:
    """The cells of a row by what they hold, and what is wrong with them."""

    def __init__(self, row: Row, reader: MentionReader) -> None:
        self.row, self.reader, self.said = row, reader, reader.said
        self.flaws: list[Flaw] = []

    def refuse(self, what: str, text: str, reason: str) -> None:
        self.flaws.append(Flaw(self.row.number, self.said.columns.get(what, ""), clean(text), reason))

    def text(self, what: str) -> str:
        """A text that can be stored; empty where there is none or it is refused."""
        at = self.reader.at.get(what)
        text = self.row.cells[at].strip().replace("\r\n", "\n").replace("\r", "\n") if at is not None else ""
        limit = LIMITS.get(what, LONGEST_TEXT)
        if len(text) > limit:
            self.refuse(what, text, _("It is longer than %(limit)d characters.") % {"limit": limit})
            return ""
        try:
            storable_text(text)
        except ValidationError as error:
            self.refuse(what, text, error.messages[0])
            return ""
        return text

    def place(self, what: str, places: Places) -> Place | None:
        if what not in self.reader.at:
            return places.whole_file
        text = self.text(what)
        place, reason = places.find(text)
        if place is not None and what == "location" and place.id not in self.reader.own:
            place, reason = None, _("No place has this code or name.")
        if place is None:
            self.refuse(what, text, reason)
        return place

    def day(self, what: str, location: Place | None) -> date | None:
        text = self.text(what)
        day = parse_day(text, self.said.date_format)
        if reason := wrong_day(day, self.reader.today(location), self.said.date_format):
            self.refuse(what, text, reason)
            return None
        return day

    def answered(self, location: Place | None, said_on: date | None) -> date | None:
        if not self.text("answered"):
            return None
        day = self.day("answered", location)
        if day and said_on and day < said_on:
            self.refuse("answered", str(day), _("It was answered before it was said."))
        return day

    def score(self) -> Score | None:
        text = self.text("score")
        try:
            return read_score(text, self.said.scale_max) if text else None
        except NoScore as error:
            self.refuse("score", text, str(error))
            return None

    def link(self) -> str:
        text = self.text("link")
        try:
            return plain_address(text) if text else ""
        except ValidationError as error:
            self.refuse("link", text, error.messages[0])
            return ""


def _source_names() -> list[tuple[str, str]]:
    return [(source.value, name) for source in MentionSource for name in (source.value, str(source.label))]


def _misfits(said: MentionMap, headers: Sequence[str]) -> list[str]:
    """Why no row could be read at all."""
    reasons = []
    for what, header in said.columns.items():
        told = {"what": COLUMNS[what], "header": clean(header)}
        if header not in headers:
            reasons.append(_("%(what)s: the file has no column “%(header)s”.") % told)
        elif list(headers).count(header) > 1:
            reasons.append(_("%(what)s: more than one column has the header “%(header)s”.") % told)
    if not {"text", "score"} & set(said.columns):
        reasons.append(_("Say which column holds what was said, or the score."))
    return reasons
