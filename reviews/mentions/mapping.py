"""What the columns of a file of mentions hold, as it is kept with the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.utils.translation import gettext_lazy as _

from reviews.enums import MentionSource
from surveys.importing.mapping import DATE_FORMAT, FileMap, PlaceMap

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a column may hold, each at most once.
COLUMNS = {
    "text": _("What was said"),
    "author": _("Author"),
    "date": _("Day"),
    "score": _("Score"),
    "link": _("Link"),
    "source": _("Source"),
    "answered": _("Answered on"),
    "location": _("Location"),
    "touchpoint": _("Touchpoint"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionMap:
    """`columns` says in which column each thing stands, by its header; the rest goes for every row.

    `scale_max` is the highest score where a cell says only a number, such as 10; None where each says it: 8/10.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    file: FileMap = field(default_factory=FileMap)
    date_format: str = DATE_FORMAT
    on: date | None = None
    source: str = MentionSource.OTHER
    source_name: str = ""
    scale_max: int | None = None
    location_code: str = ""
    touchpoint_code: str = ""
    skip_bad_rows: bool = False

    @property
    def location(self) -> PlaceMap:
        return _place(self.columns.get("location", ""), self.location_code)

    @property
    def touchpoint(self) -> PlaceMap:
        return _place(self.columns.get("touchpoint", ""), self.touchpoint_code)

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it; `of` reads it back."""
        return {
            "columns": dict(self.columns),
            "file": {
                "delimiter": self.file.delimiter,
                "encoding": self.file.encoding,
                "sheet": self.file.sheet,
            },
            "date_format": self.date_format,
            "on": self.on.isoformat() if self.on else "",
            "source": self.source,
            "source_name": self.source_name,
            "scale_max": self.scale_max,
            "location_code": self.location_code,
            "touchpoint_code": self.touchpoint_code,
            "skip_bad_rows": self.skip_bad_rows,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        on = data["on"]
        day = date.fromisoformat(on) if on else None
        return cls(**{**data, "file": FileMap(**data["file"]), "on": day})


def _place(column: str, code: str) -> PlaceMap:
    return PlaceMap(column=column, code="" if column else code)
