"""Pictures as they were last looked at and found good, to hold today's against.

`UPDATE_PICTURES=1 .venv/bin/python -m pytest tests/reports/test_pictures.py` draws them anew; look at each before it is
committed.
"""

import os
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parent / "pictures"
# Of 255, over all dots: another version of the drawing library rounds an edge or two; a moved label is ten times that.
TOLERANCE = 1.5


def dots(png):
    """A picture as an array (height, width, 3) of 0..255."""
    with Image.open(BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"), dtype=float)


def difference(one, other):
    """The root of the mean square over all dots and colours; infinite where the sizes differ."""
    return float(np.sqrt(np.mean((one - other) ** 2))) if one.shape == other.shape else float("inf")


def reference(name, png):
    """The dots to compare with."""
    path = FOLDER / f"{name}.png"
    if os.environ.get("UPDATE_PICTURES"):
        with Image.open(BytesIO(png)) as image:
            few = image.convert("RGB").quantize(255, dither=Image.Dither.NONE)
            few.save(path, optimize=True)
    return dots(path.read_bytes())


def lightness(colour):
    """L* of CIELAB (0 black, 100 white) of "#rrggbb": what is left of it on a grey printer. Source: CIE 15:2004."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > (6 / 29) ** 3 else y * (29 / 3) ** 3


def luminance(colour):
    """Relative luminance 0..1, and below the contrast ratio 1..21. Source: WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one, other):
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)
