"""The code on a card: its print run, its serial and a check sign, in signs that nobody mistakes for one another.

Eight signs in two groups, such as `2223-2257`: four of the run, three of the serial, one that checks them. The print
run says the rest: survey, version, location and touchpoint. The check sign is the weighted sum of the others in the
field of 32 elements, with the powers of a generator as weights; it finds every single wrong sign and every two
signs that changed places (as Verhoeff 1969 asks of a check digit).
"""

from __future__ import annotations

import re
from typing import NamedTuple

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I
BASE = len(SIGNS)
RUN_SIGNS, SERIAL_SIGNS = 4, 3
MOST_RUNS, MOST_SERIALS = BASE**RUN_SIGNS, BASE**SERIAL_SIGNS
# x^5 + x^2 + 1, whose root generates the field.
POLYNOMIAL = 0b100101
CODE = re.compile(rf"[{SIGNS}]{{{RUN_SIGNS + SERIAL_SIGNS + 1}}}")
IN_ADDRESS = re.compile(r"[?&]card=([0-9A-Za-z-]+)")


class CardCode(NamedTuple):
    run: int
    serial: int


class BadCode(ValueError):
    """No card has this code: a sign is missing, wrong or in another's place."""


def code_of(run: int, serial: int) -> str:
    """The code as it is printed. Raises BadCode for what does not fit into it."""
    if not (0 <= run < MOST_RUNS and 0 <= serial < MOST_SERIALS):
        raise BadCode(f"{run}, {serial}")
    body = _signs(run, RUN_SIGNS) + _signs(serial, SERIAL_SIGNS)
    return f"{body[:4]}-{body[4:]}{_check_sign(body)}"


def read_code(text: str) -> CardCode:
    """What a clerk typed or a scanner read: the code, with or without its hyphen, or the card's whole address.

    Raises BadCode.
    """
    found = IN_ADDRESS.search(text)
    plain = (found[1] if found else text).upper().replace("-", "").replace(" ", "")
    if not CODE.fullmatch(plain) or _check_sign(plain[:-1]) != plain[-1]:
        raise BadCode(text[:50])
    return CardCode(_number(plain[:RUN_SIGNS]), _number(plain[RUN_SIGNS:-1]))


def _signs(number: int, length: int) -> str:
    return "".join(SIGNS[number // BASE**place % BASE] for place in reversed(range(length)))


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number * BASE + SIGNS.index(sign)
    return number


def _check_sign(signs: str) -> str:
    total = 0
    for sign in signs:
        total = _doubled(total ^ SIGNS.index(sign))
    return SIGNS[total]


def _doubled(element: int) -> int:
    """Times the generator: a shift, and what goes over the top comes back in at the bottom."""
    shifted = element << 1
    return shifted ^ POLYNOMIAL if shifted & BASE else shifted
