"""The ways in to the one form: by a link, in a frame on somebody's website, or by an invitation. Same questions, same
rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from surveys.enums import Mode

if TYPE_CHECKING:
    from surveys.answering.published import Published


@dataclass(frozen=True, slots=True)
class Way:
    """How responses came that came by it, and the names of its addresses."""

    mode: Mode
    page: str
    sending: str

    def page_url(self, version: Published) -> str:
        return reverse(self.page, args=[version.slug])

    def send_url(self, version: Published) -> str:
        return reverse(self.sending, args=[version.slug])

    @property
    def is_framed(self) -> bool:
        return self.mode == Mode.WIDGET

    @property
    def is_invited(self) -> bool:
        """Whether it can be answered once only, and what was answered so far is kept here rather than on the device."""
        return self.mode == Mode.INVITATION

    def save_url(self, version: Published) -> str:
        """Where an unfinished form is kept; nowhere for whoever just came by."""
        return reverse("invited:save", args=[version.slug]) if self.is_invited else ""


LINK = Way(Mode.LINK, "answering:answer", "answering:send")
WIDGET = Way(Mode.WIDGET, "answering:embed", "answering:embed_send")
INVITED = Way(Mode.INVITATION, "invited:answer", "invited:send")
