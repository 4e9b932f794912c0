"""What hangs or stands where customers are: a poster and a table tent with the survey's code for a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from cards.printing.squares import squares_of
from press import typesetting
from press.faces import face
from surveys.answering.published import Published, published

if TYPE_CHECKING:
    from surveys.queries.sharing import Link


def poster_pdf(version_id: int, link: Link, *, paper: str, language: str) -> bytes:
    return typesetting.pdf(
        "cards/printing/poster.typ", form=_form(published(version_id, language), link), paper=paper
    )


def tent_pdf(version_id: int, link: Link, *, paper: str, language: str) -> bytes:
    """To be folded into a triangle: two faces that stand back to back, a base and a strip to glue."""
    return typesetting.pdf(
        "cards/printing/tent.typ", form=_form(published(version_id, language), link), paper=paper
    )


def _form(version: Published, link: Link) -> dict[str, Any]:
    with translation.override(version.language):
        return {
            "language": version.language,
            "document": f"{version.title} · {link.location.name}",
            "title": version.title,
            "place": "" if link.location.is_default else link.location.name,
            "address": link.short,
            "qr": squares_of(link.url).as_svg(),
            "face": face(),
            "words": {
                "scan": _("Scan the code with your phone’s camera."),
                "open": _("Or open"),
                "anonymous": _("Your answers are anonymous.") if version.is_anonymous else "",
                "alt": _("QR code of the survey"),
                "fold": _("Fold here"),
                "glue": _("Glue this strip to the inside of the other end"),
            },
        }
