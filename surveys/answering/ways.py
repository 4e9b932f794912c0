"""The ways in to the one form: by a link, or in a frame on somebody's website. Same questions, same rules."""

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


LINK = Way(Mode.LINK, "answering:answer", "answering:send")
WIDGET = Way(Mode.WIDGET, "answering:embed", "answering:embed_send")
