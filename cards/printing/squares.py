"""QR codes as pictures that stay sharp at any size. Each is made once; those of a print run from one another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qrcode.main import QRCode

BYTE = 8


@dataclass(frozen=True, slots=True)
class Squares:
    """A code of `side` times `side` squares; the first bit is the square at the top left, 1 is dark."""

    side: int
    bits: int

    def as_svg(self) -> str:
        """Black on nothing, one unit a square, without the quiet zone: the paper is white."""
        signs, side = f"{self.bits:0{self.side**2}b}", self.side
        dark = (
            f"M{run.start()} {row}h{len(run[0])}v1h-{len(run[0])}z"
            for row in range(side)
            for run in re.finditer("1+", signs[row * side : (row + 1) * side])
        )
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{"".join(dark)}"/></svg>'


def squares_of(address: str) -> Squares:
    return next(squares_of_all([address]))


def squares_of_all(addresses: Sequence[str]) -> Iterator[Squares]:
    """The codes of addresses that are equally long, as those of a print run are.

    In a QR code of a given size and mask each square is a sum of bits, without carry, of what it holds (Reed-Solomon
    is linear, and the mask is added). So one code is another plus what the bits that differ change, and what each
    changes is found out once. (ISO/IEC 18004; 10,000 codes take under a second instead of two minutes.)
    """
    first = addresses[0].encode()
    plain = _code(first)
    plain.best_fit()
    make = _Maker(version=plain.version, mask=plain.best_mask_pattern())
    base, side = make(first)
    changes: dict[tuple[int, int], int] = {}
    for address in addresses:
        bits = base
        for place in _differing_bits(first, address.encode()):
            if place not in changes:
                changes[place] = base ^ make(_flipped(first, *place))[0]
            bits ^= changes[place]
        yield Squares(side, bits)


@dataclass(frozen=True, slots=True)
class _Maker:
    version: int
    mask: int

    def __call__(self, content: bytes) -> tuple[int, int]:
        """All squares as one number, and how many there are on a side."""
        code = _code(content, version=self.version, mask=self.mask)
        code.make(fit=False)
        rows: list[list[bool]] = code.get_matrix()
        return int("".join("1" if dark else "0" for row in rows for dark in row), 2), len(rows)


def _code(content: bytes, *, version: int | None = None, mask: int | None = None) -> QRCode:
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415 (only who prints pays for it)
    from qrcode.main import QRCode  # noqa: PLC0415
    from qrcode.util import MODE_8BIT_BYTE, QRData  # noqa: PLC0415

    code = QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)
    code.add_data(QRData(content, mode=MODE_8BIT_BYTE, check_data=False), optimize=0)
    return code


def _differing_bits(one: bytes, other: bytes) -> Iterator[tuple[int, int]]:
    for place, (mine, its) in enumerate(zip(one, other, strict=True)):
        yield from ((place, bit) for bit in range(BYTE) if (mine ^ its) >> bit & 1)


def _flipped(content: bytes, place: int, bit: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
