"""What the parts in templates/components/ need beyond Django's own tags."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """`errors|of:item.key`: the entry under a key that is itself a variable, or an empty text."""
    return (mapping or {}).get(key, "")
