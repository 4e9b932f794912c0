"""Addresses where something was said. They become links on a page, so only web addresses are taken."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from reviews.models.reviews import LONGEST

LONGEST_LINK = LONGEST["link"]
# The same message on the form and in a file's bad rows.
web_address = URLValidator(
    schemes=["http", "https"], message=_("Give a web address that begins with https:// or http://.")
)


def plain_address(text: str) -> str:
    """The address with its scheme in small letters, as the database asks for. Raises ValidationError."""
    web_address(text)
    scheme, mark, rest = text.partition("://")
    return f"{scheme.lower()}{mark}{rest}"
