"""Addresses under which customers find a survey, and their QR codes."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from surveys.answering.kiosk_tokens import KioskPlace, sign_place

if TYPE_CHECKING:
    from organisation.models import Location, Touchpoint
    from surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Link:
    """Where the answers given under `url` are counted."""

    url: str
    location: Location
    touchpoint: Touchpoint

    @property
    def short(self) -> str:
        """To be read from paper and typed."""
        return self.url.partition("://")[2]


def link_to(survey: Survey, *, location: Location, touchpoint: Touchpoint, origin: str) -> Link:
    """The survey's address at a place, always with both codes: a printed one stays true when another place becomes
    the default. `origin` ("https://example.org") is used where SITE_URL says nothing.
    """
    query = urlencode({"at": location.code, "tp": touchpoint.code})
    path = reverse("answering:answer", args=[survey.slug])
    return Link(f"{settings.SITE_URL or origin}{path}?{query}", location, touchpoint)


def kiosk_link(
    survey: Survey, *, location: Location, touchpoint: Touchpoint, origin: str, edition: int = 1
) -> Link:
    """The address of a kiosk at a place. It is signed: a kiosk's place is the editor's to choose, not the customer's."""
    place = KioskPlace(survey.pk, location.code, touchpoint.code, edition)
    path = reverse("kiosk:kiosk", args=[survey.slug], query={"k": sign_place(place)})
    return Link(f"{settings.SITE_URL or origin}{path}", location, touchpoint)


def qr_code(url: str) -> bytes:
    """The address as an SVG picture, dark on white, with the quiet zone that readers need around it."""
    import qrcode  # noqa: PLC0415 (only pages that show one need it)
    from qrcode.image.svg import SvgPathFillImage  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(url)
    picture = BytesIO()
    code.make_image(image_factory=SvgPathFillImage).save(picture)
    return picture.getvalue()
