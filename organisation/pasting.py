"""Locations pasted from a spreadsheet or a list: one a line, as code, name, region, time zone."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.models import Location
from organisation.text import one_line, storable_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from organisation.models import Region

MAX_LINES = 5000
LONGEST_LINE = 1000
LINE_ENDS = re.compile(r"\r\n|\r|\n")
QUOTED = re.compile(r'"[^"]*"')
COLUMNS = 4


@dataclass(slots=True)
class Pasted:
    """What was read: the locations (unsaved), and what is wrong by the line it stands on."""

    locations: list[Location] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)


def read_locations(
    text: str, *, regions: Mapping[str, Region], taken: frozenset[str], time_zone: str
) -> Pasted:
    """Read every line and find every mistake. `regions` by code; `taken` codes exist already."""
    pasted = Pasted()
    seen: dict[str, int] = {}
    for line, words in _lines(text):
        try:
            location = _location(_cells(words), regions=regions, taken=taken, time_zone=time_zone)
        except ValidationError as error:
            pasted.errors += [(line, message) for message in error.messages]
            continue
        if location.code in seen:
            pasted.errors.append(
                (line, _("Line %(line)d has this code too.") % {"line": seen[location.code]})
            )
        seen.setdefault(location.code, line)
        pasted.locations.append(location)
    return pasted


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not blank, with its number."""
    return ((number, line) for number, line in enumerate(LINE_ENDS.split(text), start=1) if line.strip())


def _cells(line: str) -> list[str]:
    """Cut at tabs, semicolons or commas: the first of them that the line has outside quotes."""
    if len(line) > LONGEST_LINE:
        raise ValidationError(_("This line is too long."))
    storable_text(line)
    unquoted = QUOTED.sub("", line)
    delimiter = next((sign for sign in "\t;" if sign in unquoted), ",")
    cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    return [one_line(cell.strip()) for cell in cells]


def _location(
    cells: list[str], *, regions: Mapping[str, Region], taken: frozenset[str], time_zone: str
) -> Location:
    """The location, or everything that is wrong with it."""
    if len(cells) > COLUMNS:
        raise ValidationError(_("This line has more than code, name, region and time zone."))
    code, name, region, zone = cells + [""] * (COLUMNS - len(cells))
    location = Location(code=code, name=name, region=regions.get(region), time_zone=zone or time_zone)
    mistakes: list[str] = []
    if code in taken:
        mistakes.append(_("There is a location with the code “%(code)s” already.") % {"code": code})
    if region and region not in regions:
        mistakes.append(_("There is no region with the code “%(code)s”.") % {"code": region})
    try:
        location.clean_fields(exclude=["region"])
    except ValidationError as error:
        mistakes += error.messages
    if mistakes:
        raise ValidationError(mistakes)
    return location
