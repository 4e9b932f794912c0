"""Lists of recipients: pasted, from a file, or from a program. Good ones come out, and what is wrong with the others."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.models.places import known_time_zone
from organisation.pasting import LINE_ENDS, LONGEST_LINE, QUOTED
from organisation.text import one_line, storable_text
from surveys.importing.tables import Flaw, clean
from surveys.inviting.addresses import normalised
from surveys.models.invitations import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from organisation.models import Location, Touchpoint

MOST_ROWS = 50_000
MOST_FLAWS = 1_000
COLUMNS = ("email", "name", "language", "time_zone", "location", "touchpoint")
# What a file may call them, in small letters, besides our own names.
CALLED = {
    "e-mail": "email",
    "mail": "email",
    "e-mail address": "email",
    "email address": "email",
    "time zone": "time_zone",
    "timezone": "time_zone",
    "language code": "language",
    "location code": "location",
    "touchpoint code": "touchpoint",
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person to invite. Without a location or touchpoint it is the mailing's."""

    email: str
    name: str = ""
    language: str = ""
    time_zone: str = ""
    location: Location | None = None
    touchpoint: Touchpoint | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list may name: languages of the survey, and places by their codes."""

    languages: AbstractSet[str]
    locations: Mapping[str, Location]
    touchpoints: Mapping[str, Touchpoint]


@dataclass(slots=True)
class Listed:
    """`recipients` by their addresses; `flaws` are the first thousand, `refused` counts all."""

    recipients: dict[str, Recipient] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    refused: int = 0

    def refuse(self, flaw: Flaw) -> None:
        self.refused += 1
        if len(self.flaws) < MOST_FLAWS:
            self.flaws.append(flaw)


def pasted_rows(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each line that is not blank with its number: its cells, or why it cannot be read."""
    for number, line in enumerate(LINE_ENDS.split(text), start=1):
        if line.strip():
            yield number, _cells(line)


def _cells(line: str) -> list[str] | str:
    if len(line) > LONGEST_LINE:
        return _("This line is too long.")
    unquoted = QUOTED.sub("", line)
    delimiter = next((sign for sign in "\t;" if sign in unquoted), ",")
    return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])


def read_list(rows: Iterable[tuple[int, Sequence[str] | str]], choices: Choices) -> Listed:
    """Read rows of cells. Where the first one holds no address it names the columns; else they are e-mail, name,
    language, time zone, location, touchpoint. Raises ValidationError for a header without an e-mail column.
    """
    listed, columns = Listed(), None
    for number, cells in rows:
        if isinstance(cells, str):
            listed.refuse(Flaw(number, "", "", cells))
            continue
        if columns is None:
            columns = _header(cells)
            if columns:
                continue
            columns = COLUMNS
        if len(listed.recipients) + listed.refused >= MOST_ROWS:
            listed.refuse(
                Flaw(
                    number, "", "", _("Up to %(limit)d rows are read. Split the list.") % {"limit": MOST_ROWS}
                )
            )
            break
        _add(listed, number, dict(zip(columns, cells, strict=False)), choices)
    return listed


def _header(cells: Sequence[str]) -> tuple[str, ...] | None:
    """The columns that the first row names; None where it is a recipient already."""
    if any("@" in cell for cell in cells):
        return None
    names = [" ".join(cell.lower().replace("_", " ").split()) for cell in cells]
    columns = tuple(CALLED.get(name, name.replace(" ", "_")) for name in names)
    if "email" not in columns:
        raise ValidationError(_("The first row has no column “e-mail” and no address."))
    return columns


def _add(listed: Listed, number: int, cells: Mapping[str, str], choices: Choices) -> None:
    try:
        recipient = read_recipient(cells, choices)
    except ValidationError as error:
        value = clean(cells.get("email", ""))
        listed.refuse(Flaw(number, "", value, " ".join(error.messages)))
        return
    if recipient.email in listed.recipients:
        listed.refuse(Flaw(number, "", recipient.email, _("This address is on the list already.")))
        return
    listed.recipients[recipient.email] = recipient


def read_recipient(cells: Mapping[str, str], choices: Choices) -> Recipient:
    """Raises ValidationError with everything that is wrong. What is not in COLUMNS is passed over."""
    given = {name: one_line(cells.get(name) or "") for name in COLUMNS}
    for value in given.values():
        storable_text(value)
    mistakes: list[str] = []
    if len(given["name"]) > LONGEST_NAME:
        mistakes.append(_("The name is longer than %(limit)d characters.") % {"limit": LONGEST_NAME})
    if given["language"] and given["language"] not in choices.languages:
        mistakes.append(
            _("The survey is not there in the language “%(code)s”.") % {"code": given["language"][:20]}
        )
    location = _chosen(
        choices.locations, given["location"], _("There is no open location “%(code)s”."), mistakes
    )
    touchpoint = _chosen(
        choices.touchpoints, given["touchpoint"], _("There is no open touchpoint “%(code)s”."), mistakes
    )
    email = _checked(lambda: normalised(given["email"]), mistakes)
    if given["time_zone"]:
        _checked(lambda: known_time_zone(given["time_zone"]), mistakes)
    if mistakes:
        raise ValidationError(mistakes)
    return Recipient(email or "", given["name"], given["language"], given["time_zone"], location, touchpoint)


def _chosen[P](places: Mapping[str, P], code: str, reason: str, mistakes: list[str]) -> P | None:
    if code and code not in places:
        mistakes.append(reason % {"code": code[:50]})
    return places.get(code)


def _checked[T](check: Callable[[], T], mistakes: list[str]) -> T | None:
    try:
        return check()
    except ValidationError as error:
        mistakes += error.messages
        return None
