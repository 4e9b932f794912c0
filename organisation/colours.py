"""Colours that can be read, whatever the organisation's own is."""

from __future__ import annotations

# WCAG 2.2: text against its ground.
ENOUGH = 4.5
STEPS = 64


def readable_on_white(colour: str) -> str:
    """The colour (`#rrggbb`), darkened until white words on it, or it on white, have a contrast of 4.5 to 1."""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(STEPS):
        darker = [round(channel * (1 - step / STEPS)) for channel in channels]
        if 1.05 / (luminance(darker) + 0.05) >= ENOUGH:
            return "#" + "".join(f"{channel:02x}" for channel in darker)
    return "#000000"


def luminance(channels: list[int]) -> float:
    """Relative luminance as WCAG defines it, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB)
