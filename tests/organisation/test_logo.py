from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.logo import MAX_BYTES, MAX_SIDE, Logo, NotALogo, read_logo
from tests.organisation.pictures import picture


@pytest.mark.parametrize(
    ("kind", "content_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
def test_read_logo_knows_a_picture_by_its_bytes(kind, content_type):
    content = picture(kind)

    assert read_logo(content) == Logo(content, content_type)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", id="svg"),
        pytest.param(picture("GIF"), id="gif"),
        pytest.param(picture("TIFF"), id="tiff"),
        pytest.param(b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", id="a signature alone"),
        pytest.param(picture("PNG")[:40], id="half a png"),
        pytest.param(picture("JPEG", (300, 300))[:400], id="half a jpeg"),
        pytest.param(picture("WEBP")[:20], id="half a webp"),
    ],
)
def test_read_logo_refuses_what_is_no_whole_picture(content):
    with pytest.raises(NotALogo):
        read_logo(content)


def test_read_logo_refuses_a_large_file():
    with pytest.raises(NotALogo, match="larger than 200 KB"):
        read_logo(picture() + bytes(MAX_BYTES))


def test_read_logo_refuses_a_picture_that_unpacks_to_a_great_size():
    with pytest.raises(NotALogo, match="wider or taller"):
        read_logo(picture("PNG", (MAX_SIDE + 1, 1)))


@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.data())
def test_read_logo_never_fails_otherwise(kind, data):
    content = bytearray(picture(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    with suppress(NotALogo):
        assert read_logo(bytes(content)).content == bytes(content)
