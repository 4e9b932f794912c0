"""What the parts in templates/components/ need beyond Django's own tags."""

from collections.abc import Mapping
from typing import Any

from django import template

from organisation.text import LONGEST_TEXT

register = template.Library()
# So much of a long text is shown before "Read more"; what is little longer is shown whole.
SHOWN, LITTLE = 600, 200


@register.filter
def of(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """`errors|of:item.key`: the entry under a key that is itself a variable, or an empty text."""
    return (mapping or {}).get(key, "")


@register.simple_tag
def longest_text() -> int:
    """How many characters a text may have."""
    return LONGEST_TEXT


@register.filter
def beginning(text: str) -> str:
    """What is shown of a text at once: all of it, or whole words up to SHOWN characters."""
    if len(text) <= SHOWN + LITTLE:
        return text
    end = max(text.rfind(" ", 0, SHOWN), text.rfind("\n", 0, SHOWN))
    return text[: end if end > 0 else SHOWN]


@register.filter
def remainder(text: str) -> str:
    """What `beginning` leaves over."""
    return text[len(beginning(text)) :]
