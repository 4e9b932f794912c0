"""Addresses where something was said. They become links on a page, so only web addresses are taken."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

LONGEST_LINK = 1000
# The same message on the form and in a file's bad rows.
web_address = URLValidator(
    schemes=["http", "https"], message=_("Give a web address that begins with https:// or http://.")
)
