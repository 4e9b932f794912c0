import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.colours import luminance, readable_on_white


def contrast(colour):
    return 1.05 / (luminance([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) + 0.05)


# WCAG 2.2, definition of contrast ratio: black on white is 21 to 1; #767676 is the lightest grey that passes AA.
@pytest.mark.parametrize(("colour", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54)])
def test_contrast_of_known_colours(colour, ratio):
    assert contrast(colour) == pytest.approx(ratio, abs=0.01)


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_any_colour_becomes_readable(colour):
    assert contrast(readable_on_white(colour)) >= 4.5


def test_readable_colour_stays_as_it_is():
    assert readable_on_white("#1f5f8b") == "#1f5f8b"
