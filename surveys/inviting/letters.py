"""An invitation as a mail: plain text, the same as HTML, and the headers that mail programs ask for."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from organisation.colours import readable_on_white
from surveys.inviting.links import invitation_link, unsubscribe_link

if TYPE_CHECKING:
    from organisation.models import Organisation
    from surveys.models import Mailing

NAME = "{name}"
NAMED = re.compile(r",?\s*\{name\}")
SAMPLE_NAME, NO_TOKEN = "Anna", "-" * 32
# What no mail may hold: characters that turn the reading order around could make one address look like another.
HIDDEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


@dataclass(frozen=True, slots=True)
class Letter:
    """What one recipient reads. Links are whole addresses."""

    subject: str
    paragraphs: list[str]
    link: str
    unsubscribe: str
    language: str
    is_anonymous: bool
    is_reminder: bool


def letter_to(mailing: Mailing, *, name: str, language: str, token: str, origin: str, turn: int) -> Letter:
    """The mailing's words for one recipient, in their language where it has them."""
    words = mailing.translations.get(language) or {}
    name = shown_name(name)
    subject = shown_name(words.get("subject") or mailing.subject)
    body = words.get("body") or mailing.body
    return Letter(
        subject=subject.replace(NAME, name) if name else NAMED.sub("", subject).strip(),
        paragraphs=[part.strip() for part in with_name(body, name).split("\n\n") if part.strip()],
        link=invitation_link(origin, token),
        unsubscribe=unsubscribe_link(origin, token),
        language=language,
        is_anonymous=mailing.survey.is_anonymous,
        is_reminder=turn > 0,
    )


def sample_of(mailing: Mailing, *, language: str, origin: str) -> Letter:
    """What a recipient named Anna would read. Its link is nobody's."""
    return letter_to(mailing, name=SAMPLE_NAME, language=language, token=NO_TOKEN, origin=origin, turn=0)


def shown_name(name: str) -> str:
    """On one line, whatever Unicode calls the end of one: a mail's header knows more of them than a form."""
    return " ".join(name.translate(HIDDEN).split())


def with_name(text: str, name: str) -> str:
    """The text with the recipient's name; a line that asks for it is left out where there is none."""
    if name:
        return text.replace(NAME, name)
    return "\n".join(line for line in text.split("\n") if NAME not in line)


def message_of(
    letter: Letter, *, to: str, message_id: str, organisation: Organisation
) -> EmailMultiAlternatives:
    """The mail itself. Raises ValueError for a header of more than one line."""
    colour = readable_on_white(organisation.colour)
    with translation.override(letter.language):
        context = {"letter": letter, "organisation": organisation, "colour": colour}
        text = render_to_string("surveys/mail/invitation.txt", context)
        page = render_to_string("surveys/mail/invitation.html", context)
        subject = (
            _("Reminder: %(subject)s") % {"subject": letter.subject} if letter.is_reminder else letter.subject
        )
    message = EmailMultiAlternatives(
        subject,
        text,
        sender(organisation.name),
        [to],
        headers={
            "Message-ID": message_id,
            "List-Unsubscribe": f"<{letter.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(page, "text/html")
    return message


def sender(name: str) -> str:
    """The site's address under the organisation's name."""
    said, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((said or shown_name(name), address))


def message_id(invitation_id: int, turn: int) -> str:
    """The effect key as a Message-ID: the same for the same mail, however often it is made; it tells nothing."""
    digest = hmac.digest(
        settings.SECRET_KEY.encode(), f"surveys.mail:{invitation_id}:{turn}".encode(), "sha256"
    )
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    host = urlsplit(settings.SITE_URL).hostname or domain
    return f"<{digest.hex()[:40]}@{host[:70]}>"
