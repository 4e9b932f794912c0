"""What is pasted into a website to show a survey there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisation.models import Location, Organisation, Touchpoint
    from surveys.models import Survey

MODES = ("button", "inline", "timed")
SECONDS = 10


@dataclass(frozen=True, slots=True)
class Snippet:
    """The attributes of a script tag, in the survey's language and the organisation's colour."""

    source: str
    attributes: Mapping[str, str]

    @property
    def html(self) -> str:
        """To be shown, so it is no markup of ours: a page that names it has to escape it."""
        attributes = format_html_join("", ' data-{}="{}"', self.attributes.items())
        return "".join(format_html('<script src="{}"{} async></script>', self.source, attributes))


def snippet_of(
    survey: Survey,
    *,
    mode: str,
    after: int,
    location: Location,
    touchpoint: Touchpoint,
    organisation: Organisation,
    origin: str,
) -> Snippet:
    """`origin` is used where SITE_URL says nothing; `after` are seconds, for the mode that waits."""
    with translation.override(survey.language):
        words = {"label": gettext("Give feedback"), "close": pgettext("a dialog", "Close")}
    given = {"survey": survey.slug, "mode": mode, "at": location.code, "tp": touchpoint.code}
    if mode == "timed":
        given["after"] = str(after)
    if mode == "inline":
        del words["close"]
    source = f"{settings.SITE_URL or origin}{reverse('answering:widget')}"
    return Snippet(source, {**given, **words, "colour": organisation.colour})
