from datetime import UTC, datetime

import pytest
from django.core import signing

from surveys.answering import tokens
from surveys.answering.kiosk_tokens import (
    PAGES,
    PLACES,
    KioskPass,
    KioskPlace,
    read_pass,
    read_place,
    sign_pass,
    sign_place,
)
from surveys.enums import Mode

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACE = KioskPlace(7, "main", "service")
PASS = KioskPass(3, "main", "service", AT)


def test_place_and_pass_are_read_as_they_were_signed():
    assert read_place(sign_place(PLACE)) == PLACE
    assert read_pass(sign_pass(PASS)) == PASS


def test_place_signed_twice_is_the_same_address():
    assert sign_place(PLACE) == sign_place(PLACE)


@pytest.mark.parametrize("text", ["", "forged", "W10:x", "\0", "\ud800", "é:é", "x" * 100_000])
def test_what_was_not_signed_here_is_neither(text):
    assert (read_place(text), read_pass(text)) == (None, None)


def test_one_kind_is_not_taken_for_another():
    form = tokens.issue(version_id=3, location="main", touchpoint="service", mode=Mode.LINK, now=AT)

    assert PLACES != PAGES
    assert read_pass(sign_place(PLACE)) is None
    assert read_place(sign_pass(PASS)) is None
    assert read_pass(tokens.sign(form)) is None
    assert read_pass(signing.Signer(salt="other").sign_object([3, "main", "service", 0])) is None
