"""The page of a kiosk, drawn once per version, language and face; each request puts its own pass and place into it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode

from surveys.answering import kiosk_tokens
from surveys.answering.about import drawn_about
from surveys.answering.pages import SLOT, asked, draw, filled, open_slots, promised
from surveys.answering.published import published

if TYPE_CHECKING:
    from datetime import date

    from surveys.answering.kiosk_tokens import KioskPass
    from surveys.answering.places import Address, Face, Kiosk
    from surveys.answering.published import Published

# A kiosk fetches its page and sends its answers by itself, keeps itself by a worker, and stands in nobody's frame.
KIOSK_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
SLOTS = ("pass", "place", "idle_seconds", "at_idle", "address", "about", "promise")


def kiosk_page(version: Published, *, address: Address, kiosk: Kiosk, kiosk_pass: KioskPass, k: str) -> str:
    """The empty form, from memory."""
    own, is_named = reverse("kiosk:kiosk", args=[version.slug]), address.survey.is_review_form
    slots = {
        "pass": escape(kiosk_tokens.sign_pass(kiosk_pass)),
        "place": escape(address.place_name),
        "idle_seconds": str(kiosk.idle_seconds),
        "at_idle": escape(kiosk.at_idle),
        "about": drawn_about(version.language, is_shared=True) if is_named else "",
        "promise": escape(promised(version, is_named=is_named)),
        "address": escape(f"{own}?{urlencode({'k': k})}"),
    }
    return filled(drawn_kiosk(version.version_id, version.language, address.face), slots)


@lru_cache(maxsize=256)
def drawn_kiosk(version_id: int, language: str, face: Face) -> list[str]:
    """The page in pieces, as pages.drawn."""
    version = published(version_id, language)
    context = {
        **asked(version),
        "stops_typing": True,
        "slots": open_slots(*SLOTS),
        "required": " ".join(item.key for item in version.items if item.is_required),
        "home_language": version.languages[0],
    }
    return SLOT.split(draw("surveys/kiosk.html", version, face, context))


def draw_unready(version: Published, *, face: Face, is_forged: bool) -> str:
    """What stands on the screen instead of a kiosk: its address is not ours, or nobody has set a PIN."""
    return draw("surveys/kiosk_unready.html", version, face, {"is_forged": is_forged})


def draw_kiosk_withdrawn(version: Published, *, face: Face) -> str:
    return draw("surveys/kiosk_withdrawn.html", version, face, {})


def draw_kiosk_closed(version: Published, *, face: Face, opens_on: date | None) -> str:
    return draw("surveys/kiosk_closed.html", version, face, {"opens_on": opens_on})


def kiosk_response(content: str, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(content, status=status)
    response.headers["Content-Security-Policy"] = KIOSK_POLICY
    # The device keeps the page by its worker; the browser's own memory must not fill a form in again.
    response.headers["Cache-Control"] = "no-store"
    return response
