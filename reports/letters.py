"""Mails of this room to members: plain text, the same as HTML, and what goes with them."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from organisation.colours import readable_on_white
from surveys.inviting.letters import sender, shown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organisation.models import Organisation

LONGEST_SUBJECT = 180


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What one member reads. `points` are one sentence each, `scores` name, value and interval of each, `facts` pairs
    of name and value; links are whole addresses. `why` says why the mail came; `unsubscribe` is where one has no more of them, by one click.
    """

    subject: str
    heading: str
    points: list[str]
    facts: list[tuple[str, str]]
    notes: list[str]
    link: str
    link_words: str
    why: str
    language: str
    attached: Attached | None = None
    unsubscribe: str = ""
    scores: Sequence[tuple[str, str, str]] = ()


def message_of(
    letter: Letter, *, to: str, message_id: str, organisation: Organisation
) -> EmailMultiAlternatives:
    """The mail itself. Whatever a subject is made of, it is one line."""
    colour = readable_on_white(organisation.colour)
    with translation.override(letter.language):
        context = {"letter": letter, "organisation": organisation, "colour": colour}
        text = render_to_string("reports/mail/letter.txt", context)
        page = render_to_string("reports/mail/letter.html", context)
    message = EmailMultiAlternatives(
        shown_name(letter.subject)[:LONGEST_SUBJECT],
        text,
        sender(organisation.name),
        [to],
        headers={"Message-ID": message_id, **_leaving(letter), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(page, "text/html")
    if letter.attached:
        message.attach(letter.attached.name, letter.attached.content, letter.attached.content_type)
    return message


def _leaving(letter: Letter) -> dict[str, str]:
    """What mail programs put a button beside (RFC 8058)."""
    if not letter.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def delivery_id(delivery: int) -> str:
    """The effect key as a Message-ID: the same for the same mail, however often it is made; it tells nothing."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"reports.delivery:{delivery}".encode(), "sha256")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    host = urlsplit(settings.SITE_URL).hostname or domain
    return f"<{digest.hex()[:40]}@{host[:70]}>"
