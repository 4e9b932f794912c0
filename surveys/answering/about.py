"""What a customer may leave on a review form besides the answers: a name, an address, and two consents."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from surveys.answering.answers import is_seen, is_storable
from surveys.models import Contact
from surveys.models.contacts import LONGEST_EMAIL, LONGEST_NAME, LONGEST_PHONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.safestring import SafeString

# With a hyphen, which no measure key has.
NAME, EMAIL, PHONE, PUBLISH, REACH = "your-name", "your-email", "your-phone", "may-publish", "may-contact"
FIELDS = frozenset({NAME, EMAIL, PHONE, PUBLISH, REACH})
LONGEST = {NAME: LONGEST_NAME, EMAIL: LONGEST_EMAIL, PHONE: LONGEST_PHONE}
NUMBER = re.compile(r"\+?[0-9][0-9 ()/.-]*")
DIGITS = range(5, 16)
# Whatever script a name is written in, it needs none of these.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

type Given = Mapping[str, Sequence[str]]


def read_about(given: Given) -> tuple[Contact | None, dict[str, str]]:
    """What is to be kept, None where nothing was left; and what is wrong with it, by field."""
    texts = {name: _read(given.get(name, ())) for name in LONGEST}
    errors = {name: error for name, text in texts.items() if text and (error := _wrong(name, text))}
    may_reach, is_reachable = bool(given.get(REACH)), bool(texts[EMAIL] or texts[PHONE])
    if is_reachable and not may_reach:
        errors[REACH] = _("Please tick this box, or leave e-mail and phone empty: we keep them only with it.")
    elif may_reach and not is_reachable:
        errors[EMAIL] = _("Please leave an e-mail address or a phone number, or take the tick away.")
    contact = Contact(
        name=texts[NAME],
        email=texts[EMAIL],
        phone=texts[PHONE],
        consent_publish=bool(given.get(PUBLISH)),
        consent_contact=may_reach,
    )
    says_something = texts[NAME] or is_reachable or contact.consent_publish or may_reach
    return (contact if says_something else None), errors


def _read(values: Sequence[str]) -> str:
    """On one line and without signs that turn it around, by which “nimda” reads as “admin”; nothing where there is
    nothing to read.
    """
    text = " ".join(TURNING.sub("", " ".join(values)).split())
    return text if is_seen(text) or not is_storable(text) else ""


def _wrong(name: str, text: str) -> str:
    if len(text) > LONGEST[name]:
        return _("Please use at most %(limit)d characters; this text has %(count)d.") % {
            "limit": LONGEST[name],
            "count": len(text),
        }
    if not is_storable(text):
        return _("This text holds a character that cannot be stored. Please remove it.")
    if name == EMAIL and not _is_email(text):
        return _("Please check this e-mail address.")
    digits = sum(character.isdigit() for character in text)
    if name == PHONE and not (NUMBER.fullmatch(text) and digits in DIGITS):
        return _("Please check this phone number.")
    return ""


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def read_name(given: Given) -> str:
    """The name alone; nothing where it cannot be kept."""
    name = _read(given.get(NAME, ()))
    return "" if _wrong(NAME, name) else name


def draw_about(
    language: str,
    values: Given,
    errors: Mapping[str, str],
    *,
    is_shared: bool = False,
    is_saved: bool = False,
) -> SafeString:
    """The fields with what was given. `errors` may name other fields, too. On a device that is shared, the browser is to
    remember nothing and to offer nothing; where an unfinished form is saved, it is said of what.
    """
    fields = {
        name.replace("-", "_"): {"value": " ".join(values.get(name, ())), "error": errors.get(name, "")}
        for name in FIELDS
    }
    with translation.override(language):
        return render_to_string(
            "components/public/about.html", {**fields, "is_shared": is_shared, "is_saved": is_saved}
        )


@lru_cache(maxsize=32)
def drawn_about(language: str, *, is_shared: bool = False, is_saved: bool = False) -> SafeString:
    """The empty fields, from memory."""
    return draw_about(language, {}, {}, is_shared=is_shared, is_saved=is_saved)
