"""Days as a file writes them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

EARLIEST = date(1990, 1, 1)


def parse_day(text: str, wanted: str) -> date | None:
    """The day that a cell holds in the writing wanted, or as a date cell; None where it holds none."""
    try:
        return datetime.strptime(text, wanted).date()  # noqa: DTZ007 (a day, as it is written)
    except ValueError:
        pass
    try:
        # A date cell of a spreadsheet has no writing of its own and is read as this one.
        return date.fromisoformat(text[:10]) if text[4:5] == "-" and text[10:11] in {"", " ", "T"} else None
    except ValueError:
        return None


def wrong_day(day: date | None, today: date, wanted: str) -> str:
    """Why nothing can have been said on that day, in words; empty where it can."""
    if day is None:
        return _("This is no day written as %(format)s.") % {"format": wanted}
    if day > today:
        return _("This day is yet to come.")
    if day < EARLIEST:
        return _("This day is before 1990.")
    return ""
