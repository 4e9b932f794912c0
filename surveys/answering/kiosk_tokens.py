"""What a kiosk shows to be one of ours. Its address is signed with the place where it stands; its page holds a pass
that says of which version the answers are, from where, and since when.

The device makes the key of each submission itself, so that any number of customers can answer while there is no
connection. See docs/decisions/0016.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing

PLACES = "surveys.kiosk-place"
PAGES = "surveys.kiosk-pass"


@dataclass(frozen=True, slots=True)
class KioskPlace:
    """Where a kiosk of a survey stands; places are named by their codes. See KioskRule for the edition."""

    survey_id: int
    location: str
    touchpoint: str
    edition: int = 1


@dataclass(frozen=True, slots=True)
class KioskPass:
    """What the page of a kiosk may send: answers to that version, from that place, not given before that moment."""

    version_id: int
    location: str
    touchpoint: str
    issued_at: datetime
    edition: int = 1


def sign_place(place: KioskPlace) -> str:
    """The same for the same place: a printed code stays true."""
    return signing.Signer(salt=PLACES).sign_object(
        [place.survey_id, place.location, place.touchpoint, place.edition]
    )


def read_place(text: str) -> KioskPlace | None:
    """None for anything that was not signed here as a kiosk's place."""
    parts = _unsigned(text, PLACES)
    return KioskPlace(*parts) if parts else None


def sign_pass(kiosk_pass: KioskPass) -> str:
    issued = int(kiosk_pass.issued_at.timestamp())
    parts = [kiosk_pass.version_id, kiosk_pass.location, kiosk_pass.touchpoint, issued, kiosk_pass.edition]
    return signing.Signer(salt=PAGES).sign_object(parts)


def read_pass(text: str) -> KioskPass | None:
    """None for anything that was not signed here as a kiosk's pass, however old it is."""
    parts = _unsigned(text, PAGES)
    if parts is None:
        return None
    version_id, location, touchpoint, issued, edition = parts
    return KioskPass(version_id, location, touchpoint, datetime.fromtimestamp(issued, tz=UTC), edition)


def _unsigned(text: str, salt: str) -> list[Any] | None:
    try:
        parts: list[Any] = signing.Signer(salt=salt).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    return parts
