"""The entries of a map as plain data gives them, each asked for by its name and kind."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from surveys.answering.answers import is_storable

MAX_TEXT, MAX_ENTRIES = 1_000, 10_000


class BadMapError(Exception):
    """The map says something that cannot be meant. `reasons` are for the person who wrote it."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


class Entries:
    """One table of the map. What it should not hold is noted in `reasons`, which all tables share."""

    def __init__(self, data: object, name: str, reasons: list[str]) -> None:
        self.name, self.reasons = name, reasons
        self.data: dict[object, object] = {}
        if isinstance(data, dict) and len(data) <= MAX_ENTRIES:
            self.data = dict(data)
        else:
            self._note(_("it is no table"), "")

    def _note(self, reason: str, key: str) -> None:
        place = f"[{self.name}] {key}" if self.name else key or _("The map")
        self.reasons.append(f"{place.strip()}: {reason}."[:300])

    def _is_text(self, value: object) -> bool:
        return isinstance(value, str) and len(value) <= MAX_TEXT and is_storable(value)

    def table(self, key: str) -> Entries:
        return Entries(self.data.pop(key, {}), f"{self.name}.{key}".strip("."), self.reasons)

    def text(self, key: str, default: str = "") -> str:
        value = self.data.pop(key, default)
        if not self._is_text(value):
            self._note(_("it is no text of up to %(limit)d characters") % {"limit": MAX_TEXT}, key)
            return default
        return str(value)

    def truth(self, key: str) -> bool:
        value = self.data.pop(key, False)
        if not isinstance(value, bool):
            self._note(_("it is true or false"), key)
        return value is True

    def day(self, key: str) -> date | None:
        value = self.data.pop(key, None)
        try:
            return date.fromisoformat(value) if isinstance(value, str) else _as_day(value)
        except ValueError:
            self._note(_("it is a day such as 2026-01-31"), key)
            return None

    def texts(self) -> dict[str, str]:
        """Text to text; a whole number stands for its digits."""
        result = {}
        for key, value in self.data.items():
            text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
            if self._is_text(key) and self._is_text(text):
                result[str(key).strip()] = str(text).strip()
            else:
                self._note(
                    _("it is no text of up to %(limit)d characters") % {"limit": MAX_TEXT}, _shown(key)
                )
        return result

    def listed(self, key: str) -> tuple[str, ...]:
        value = self.data.pop(key, [])
        if not isinstance(value, list) or len(value) > MAX_ENTRIES or not all(map(self._is_text, value)):
            self._note(_("it is a list of texts"), key)
            return ()
        return tuple(value)

    def tables_of_texts(self) -> dict[str, dict[str, str]]:
        return {str(key): self.table(key).texts() for key in list(self.data) if isinstance(key, str)}

    def end(self) -> None:
        """Whatever was not asked for is a mistake in writing, and not passed over."""
        for key in self.data:
            self._note(_("nothing of that name belongs here"), _shown(key))


def _as_day(value: object) -> date | None:
    if value is None or type(value) is date:
        return value
    raise ValueError(value)


def _shown(key: object) -> str:
    return str(key)[:50].encode("utf-8", "replace").decode().replace("\0", "")
