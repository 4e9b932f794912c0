"""Where a customer can go on to after answering, which another room knows: `ONWARD_LINKS` names its function.

The links follow from the location alone. The score is not handed over, so that nothing can depend on it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable


def onward(location_id: int, language: str) -> str:
    """The links as a part of the closing page; nothing where there are none."""
    links = _links_of(settings.ONWARD_LINKS)(location_id)
    if not links:
        return ""
    with translation.override(language):
        return render_to_string("components/public/onward.html", {"links": links})


@cache
def _links_of(name: str) -> Callable[[int], list[tuple[str, str]]]:
    found: Callable[[int], list[tuple[str, str]]] = import_string(name)
    return found
