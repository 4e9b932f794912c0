"""Where a customer can go on to after answering, which another room knows: `ONWARD_LINKS` names its function.

The links follow from the location alone. The score is not handed over, so that nothing can depend on it.
"""

from __future__ import annotations

import math
import time
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from surveys.answering.places import MOST_REMEMBERED, REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Callable


# Seconds of the process clock at which the links of a location were read, and how they look in a language.
_remembered: dict[tuple[int, str], tuple[float, str]] = {}


def onward(location_id: int, language: str) -> str:
    """The links as a part of the closing page; nothing where there are none.

    Each process keeps them as long as it keeps an address: everybody who answers asks for them.
    """
    key, now = (location_id, language), time.monotonic()
    read_at, found = _remembered.get(key, (-math.inf, ""))
    if now - read_at > REMEMBERED:
        if len(_remembered) >= MOST_REMEMBERED:
            forget()
        found = _draw(location_id, language)
        _remembered[key] = (now, found)
    return found


def forget() -> None:
    """Read everything afresh, in this process."""
    _remembered.clear()


def _draw(location_id: int, language: str) -> str:
    links = _links_of(settings.ONWARD_LINKS)(location_id)
    if not links:
        return ""
    with translation.override(language):
        return render_to_string("components/public/onward.html", {"links": links})


@cache
def _links_of(name: str) -> Callable[[int], list[tuple[str, str]]]:
    found: Callable[[int], list[tuple[str, str]]] = import_string(name)
    return found
