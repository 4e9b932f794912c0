"""Very many answers from one connection within minutes: perhaps somebody who stuffs the ballot, perhaps a coach party.
They are kept and held, so an editor decides.

Each process counts for itself and in memory alone. What it remembers is a hash under a key of its own that is never
stored, so nothing leads from an answer to where it came from.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections import deque
from hashlib import blake2b
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from datetime import datetime
    from ipaddress import IPv4Address, IPv6Address
    from uuid import UUID

    from django.http import HttpRequest

KEY = secrets.token_bytes(32)
MOST_REMEMBERED = 10_000
# One screen by the door takes more than one connection: some queue there all day.
KIOSK_TIMES = 3
# As proxies write an address: with the port, which is another for each connection, and IPv6 in brackets.
WITH_PORT = re.compile(r"(?P<six>\[[^]]*\])(:\d+)?|(?P<four>[0-9.]+):\d+")

# By connection and survey: the last submissions, each with the second of the process clock at which it came.
_recent: dict[bytes, deque[tuple[float, UUID]]] = {}
_remembering = threading.Lock()


def connection_of(request: HttpRequest) -> str:
    """The public address that it came from, else nothing: a private one is a proxy's or the house's own network."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    found = _read(address)
    return str(found) if found is not None and found.is_global else ""


def _read(address: str) -> IPv4Address | IPv6Address | None:
    written = address.strip('"')
    if port := WITH_PORT.fullmatch(written):
        written = (port["six"] or port["four"]).strip("[]")
    try:
        found = ip_address(written)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_one_too_many(connection: str, survey_id: int, submission: UUID) -> bool:
    """Whether CROWD_SIZE others came from there within CROWD_MINUTES; the same one sent again is no other."""
    most, now = settings.CROWD_SIZE, time.monotonic()
    if not connection or most < 1:
        return False
    recent = _recent_of(connection, survey_id, most)
    if any(known == submission for _at, known in recent):
        return False
    span: int = settings.CROWD_MINUTES * 60
    is_full = len(recent) == most and now - recent[0][0] < span
    recent.append((now, submission))
    return is_full


def is_more_than_a_kiosk_takes(kiosk: str, submission: UUID, answered_at: datetime) -> bool:
    """Whether KIOSK_TIMES CROWD_SIZE others were answered there in the same CROWD_MINUTES: by whoever took the address
    along. What a device kept counts at the time of its answering, so days without a connection are no crowd.
    """
    most: int = settings.CROWD_SIZE * KIOSK_TIMES
    if most < 1:
        return False
    span = int(answered_at.timestamp()) // (settings.CROWD_MINUTES * 60)
    recent = _remembered(f"{kiosk} {span}", most)
    if any(known == submission for _at, known in recent):
        return False
    is_full = len(recent) == most
    recent.append((0, submission))
    return is_full


def forget() -> None:
    _recent.clear()


def _recent_of(connection: str, survey_id: int, most: int) -> deque[tuple[float, UUID]]:
    # Of IPv6 one household has a whole network, so that is what counts.
    network = connection if "." in connection else ":".join(ip_address(connection).exploded.split(":")[:4])
    return _remembered(f"{survey_id} {network}", most)


def _remembered(name: str, most: int) -> deque[tuple[float, UUID]]:
    key = blake2b(name.encode(), key=KEY, digest_size=16).digest()
    with _remembering:
        recent = _recent.pop(key, None)
        if recent is None:
            recent = deque(maxlen=most)
            if len(_recent) >= MOST_REMEMBERED:
                # Whichever was not heard of for the longest time: the dictionary keeps the order.
                del _recent[next(iter(_recent))]
        _recent[key] = recent
    return recent
