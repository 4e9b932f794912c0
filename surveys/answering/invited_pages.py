"""What an invited customer sees besides the form: that the link cannot be used, was used, or what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from surveys.answering import pages, places
from surveys.answering.words import told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from surveys.answering.published import Published


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the pages of templates/surveys/invited.html, by its name, and the status that it is answered with."""

    name: str
    status: int


UNKNOWN = Notice("unknown", 404)
LOST = Notice("lost", 403)
USED = Notice("used", 410)
UNSUBSCRIBED = Notice("unsubscribed", 200)
SAVED = Notice("saved", 200)
LEAVING = Notice("leaving", 200)
LEFT = Notice("left", 200)
NOT_UNDERSTOOD = Notice("not_understood", 400)


def notice_page(
    notice: Notice,
    *,
    language: str = "",
    version: Published | None = None,
    given: Mapping[str, Sequence[str]] | None = None,
    url: str = "",
) -> HttpResponse:
    """The page in the language that was asked for, else in the one that is active. `url` is where it leads on;
    answers that could not be stored stand on it, to be copied.
    """
    with translation.override(language or translation.get_language()):
        content = render_to_string(
            "surveys/invited.html",
            {
                "organisation": places.face(),
                "notice": notice.name,
                "days": max(1, settings.DRAFT_HOURS // 24),
                "answers": told(version, given) if version and given else [],
                "url": url,
                "referrer": "no-referrer",
            },
        )
    return pages.invited_response(content, status=notice.status)
