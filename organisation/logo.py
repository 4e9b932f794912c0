"""A logo as it was sent: what it is, is read from its bytes, never from its name."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

MAX_BYTES = 200_000
MAX_SIDE = 4000
CONTENT_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


class NotALogo(Exception):
    """The file cannot be used; the message says why, to the person who sent it."""


@dataclass(frozen=True, slots=True)
class Logo:
    content: bytes
    content_type: str


def read_logo(content: bytes) -> Logo:
    """The picture in these bytes: a PNG, JPEG or WebP that can be drawn to its last pixel."""
    if len(content) > MAX_BYTES:
        raise NotALogo(_("The file is larger than %(kilobytes)d KB.") % {"kilobytes": MAX_BYTES // 1000})
    return Logo(content, CONTENT_TYPES[_drawn_format(content)])


def _drawn_format(content: bytes) -> str:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (only who uploads a logo pays for it)

    try:
        with Image.open(BytesIO(content), formats=list(CONTENT_TYPES)) as image:
            if max(image.size) > MAX_SIDE:
                raise NotALogo(_("The picture is wider or taller than %(side)d pixels.") % {"side": MAX_SIDE})
            image.load()
            return str(image.format)
    except UnidentifiedImageError as error:
        raise NotALogo(_("The file is no PNG, JPEG or WebP picture.")) from error
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Warning) as error:
        raise NotALogo(_("The picture is damaged.")) from error
