from hashlib import sha256

import pytest

from press.typesetting import HERE, font_folders

FONTS = HERE / "fonts"
LISTED = dict(reversed(line.split()) for line in (FONTS / "sha256.txt").read_text().splitlines())


@pytest.mark.parametrize("name", LISTED)
def test_typeface_is_unchanged(name):
    assert sha256((FONTS / name).read_bytes()).hexdigest() == LISTED[name]


def test_every_typeface_is_listed():
    assert {path.name for path in FONTS.glob("*.ttf")} == set(LISTED)


def test_signs_that_inter_lacks_have_a_typeface():
    assert (font_folders()[1] / "DejaVuSans.ttf").exists()
