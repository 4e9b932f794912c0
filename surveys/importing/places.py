"""Locations and touchpoints as a file writes them: by the map's own words, a code, or a name. Never nearly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisation.models import Location, Touchpoint
from surveys.answering.places import Place
from surveys.importing.tables import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.importing.mapping import PlaceMap

MAX_NEW = 500
MAX_CODE, MAX_NAME = 50, 100


class Places:
    """Finds the place of each row's text, and notes those that would be new.

    `new` holds code and name of what the map allows to be created, `new_texts` the codes by what the file says.
    """

    def __init__(self, known: Iterable[Place], said: PlaceMap) -> None:
        self.said = said
        self.by_code = {place.code: place for place in known}
        self.new: dict[str, str] = {}
        self.new_texts: dict[str, str] = {}
        self._default = next(place for place in self.by_code.values() if place.is_default)
        self._by_name: dict[str, list[Place]] = {}
        for place in self.by_code.values():
            self._by_name.setdefault(place.name, []).append(place)
        self._found: dict[str, Place] = {}

    @property
    def whole_file(self) -> Place | None:
        """The place of every row; None when a column says it, or when there is none with the map's code."""
        if self.said.column:
            return None
        return self.by_code.get(self.said.code) if self.said.code else self._default

    @property
    def default(self) -> Place:
        return self._default

    def find(self, text: str) -> tuple[Place | None, str]:
        """The place that a cell names, or None and the reason."""
        found = self._found.get(text)
        if found is None:
            found, reason = self._look_up(text)
            if found is None:
                return None, reason
            self._found[text] = found
        return found, ""

    def _look_up(self, text: str) -> tuple[Place | None, str]:
        code = self.said.values.get(text, "")
        if code:
            return self._coded(code, text)
        if not text:
            return None, _("No place is given here.")
        if text in self.by_code and text not in self.new:
            return self.by_code[text], ""
        named = self._by_name.get(text, [])
        if len(named) == 1:
            return named[0], ""
        if named:
            return None, _("More than one place has this name. Say its code in the map.")
        return self._created(text)

    def _coded(self, code: str, name: str) -> tuple[Place | None, str]:
        """The place with the code that the map gives; texts with the same code are the same place."""
        if code in self.by_code:
            return self.by_code[code], ""
        if not self.said.create:
            return None, _("There is no place with the code “%(code)s”.") % {"code": code}
        return self._added(code, name)

    def _created(self, name: str) -> tuple[Place | None, str]:
        if not self.said.create:
            return None, _("No place has this code or name.")
        code = slugify(name)[:MAX_CODE].strip("-_")
        if not code or code in self.by_code or not name.isprintable() or len(name) > MAX_NAME:
            return None, _("No code can be made of this name, or it is taken. Say its code in the map.")
        return self._added(code, name)

    def _added(self, code: str, name: str) -> tuple[Place | None, str]:
        if len(self.new) >= MAX_NEW:
            return None, _("This would be new place number %(number)d. Is this the right column?") % {
                "number": MAX_NEW + 1
            }
        self.new[code] = clean(name, MAX_NAME) or code
        self.new_texts[name] = code
        self.by_code[code] = Place(
            0, code, self.new[code], is_default=False, time_zone=self._default.time_zone
        )
        return self.by_code[code], ""


def known_locations() -> list[Place]:
    rows = Location.objects.order_by("name").values_list("id", "code", "name", "is_default", "time_zone")
    return [Place(*row) for row in rows]


def known_touchpoints() -> list[Place]:
    rows = Touchpoint.objects.order_by("name").values_list("id", "code", "name", "is_default")
    return [Place(*row) for row in rows]
