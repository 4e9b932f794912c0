"""The organisation's face on paper: its name, its logo, and its colour dark enough to be read in grey."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from organisation.models import Organisation

# WCAG 2.2, 1.4.3: what words need on white.
CONTRAST = 4.5
# More pixels than this say nothing more on paper, and every file would carry them.
LOGO_SIDE = 600


def face() -> dict[str, Any]:
    organisation = Organisation.objects.get(pk=1)
    return {
        "name": organisation.name,
        "colour": readable(organisation.colour),
        "logo": list(logo(bytes(organisation.logo))) or None,
    }


@lru_cache(maxsize=4)
def logo(content: bytes) -> bytes:
    """The logo as a PNG of a size for paper, whatever kind of picture it was; nothing where it cannot be drawn."""
    from PIL import Image  # noqa: PLC0415 (only who prints pays for it)

    if not content:
        return b""
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as image:
            drawn = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning):
        return b""
    drawn.thumbnail((LOGO_SIDE, LOGO_SIDE))
    picture = BytesIO()
    drawn.save(picture, "PNG")
    return picture.getvalue()


def readable(colour: str) -> str:
    """The colour, darkened until it holds 4.5 to 1 on white: a yellow becomes an ochre."""
    parts = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    while 1.05 / (_luminance(parts) + 0.05) < CONTRAST:
        parts = [part * 19 // 20 for part in parts]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(parts: list[int]) -> float:
    linear = [
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB)
        for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
