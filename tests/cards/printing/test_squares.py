import qrcode
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode.util import MODE_8BIT_BYTE, QRData

from cards.printing.squares import Squares, squares_of, squares_of_all

ADDRESS = "https://feedback.example.org/s/service/?at=brno&tp=counter&v=3&card="


def drawn(squares):
    """The squares as a picture with the quiet zone that a reader needs."""
    size = squares.side + 8
    image = Image.new("1", (size, size), 1)
    for place, sign in enumerate(f"{squares.bits:0{squares.side**2}b}"):
        image.putpixel((4 + place % squares.side, 4 + place // squares.side), sign == "0")
    return image.resize((size * 5, size * 5)).convert("L")


def read(squares):
    return zxingcpp.read_barcode(drawn(squares)).text


def from_scratch(address, like):
    """The same code by the library alone, with the size and mask that the first one has."""
    first = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    first.add_data(QRData(like.encode(), mode=MODE_8BIT_BYTE), optimize=0)
    first.best_fit()
    code = qrcode.QRCode(
        version=first.version,
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        border=0,
        mask_pattern=first.best_mask_pattern(),
    )
    code.add_data(QRData(address.encode(), mode=MODE_8BIT_BYTE), optimize=0)
    code.make(fit=False)
    rows = code.get_matrix()
    return Squares(len(rows), int("".join(str(int(dark)) for row in rows for dark in row), 2))


def test_code_is_read_back():
    assert read(squares_of(ADDRESS + "2223-2257")) == ADDRESS + "2223-2257"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=8, max_size=8), min_size=1, max_size=4))
def test_codes_made_from_one_another_are_those_made_from_scratch(ends):
    addresses = [ADDRESS + end for end in ends]

    assert list(squares_of_all(addresses)) == [from_scratch(address, addresses[0]) for address in addresses]


def test_picture_draws_every_dark_square_once():
    squares = Squares(side=3, bits=0b110_001_111)

    assert 'viewBox="0 0 3 3"' in squares.as_svg()
    assert 'd="M0 0h2v1h-2zM2 1h1v1h-1zM0 2h3v1h-3z"' in squares.as_svg()
