"""Text that can be stored and shown. Every road by which text comes in passes one of these."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What one person says in one text: an answer, a mention, a reply. What is longer is given back whole, never cut.
LONGEST_TEXT = 10_000
# Half of a character pair: no UTF-8, so neither database takes it. And NUL, which PostgreSQL refuses.
HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
# Tabs and line ends are text; the other control characters are left over from a broken paste or an attack.
# Neither they nor U+FFFE and U+FFFF may stand in XML, and so in no chart, QR code or workbook.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def storable_text(value: str) -> None:
    """Refuse what a database cannot store or a page cannot show, with a ValidationError."""
    if HALF_CHARACTERS.search(value):
        raise ValidationError(
            _("This text holds half a character, which cannot be stored. Type it again."),
            code="half_character",
        )
    if CONTROL_CHARACTERS.search(value):
        raise ValidationError(
            _("This text holds a control character, which cannot be stored. Type it again."),
            code="control_character",
        )


class StorableCharField(forms.CharField):
    """A form's text: stripped, with plain line ends, and certain to be storable."""

    default_validators = [storable_text]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class NameField(StorableCharField):
    """A name, on one line: tabs, line ends and runs of spaces become one space."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value))


def one_line(value: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", value).strip(" ")


def shown_text(value: str, *, max_length: int = 200) -> str:
    """Words from an address, made storable by leaving out what is not, for a search that may find nothing."""
    return CONTROL_CHARACTERS.sub("", HALF_CHARACTERS.sub("", value)).strip()[:max_length]
