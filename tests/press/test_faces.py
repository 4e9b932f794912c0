from io import BytesIO

import pytest
from PIL import Image

from organisation.models import Organisation
from press.faces import face, logo, readable
from tests.house.test_tokens import contrast
from tests.organisation.pictures import picture


@pytest.mark.parametrize("colour", ["#ffffff", "#ffee00", "#7fd1ff", "#1f5f8b", "#000000", "#00ff00"])
def test_colour_can_be_read_on_white(colour):
    assert contrast(readable(colour), "#ffffff") >= 4.5


def test_colour_that_can_be_read_stays_as_it_is():
    assert readable("#1f5f8b") == "#1f5f8b"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_logo_of_every_kind_becomes_a_picture_for_paper(kind):
    with Image.open(BytesIO(logo(picture(kind, (1200, 300))))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (600, 150))


@pytest.mark.parametrize("content", [b"", b"a picture"])
def test_what_is_no_picture_is_no_logo(content):
    assert logo(content) == b""


def test_face_without_a_logo_is_a_name(db):
    Organisation.objects.update(name="Bakery", logo=b"a picture", logo_type="image/png")

    assert face() == {"name": "Bakery", "colour": "#1f5f8b", "logo": None}
