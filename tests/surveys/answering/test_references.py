from uuid import UUID, uuid4

import pytest
from django.core import signing

from surveys.answering import references
from surveys.answering.references import SALT, reference, sealed, unsealed


def test_reference_is_the_start_of_the_key():
    assert reference(UUID(int=0)) == "AAAA-AAAA"


def test_what_was_sealed_comes_back():
    key = uuid4()

    assert unsealed(sealed(key)) == reference(key)


def test_an_address_tells_nobody_the_reference_and_is_never_the_same():
    key = uuid4()
    first, second = sealed(key), sealed(key)

    assert first.partition(":")[0] != second.partition(":")[0]
    assert reference(key) not in first + second


def test_an_address_from_a_log_shows_nothing_any_more(monkeypatch):
    kept = sealed(uuid4())

    monkeypatch.setattr(references, "SHOWN_SECONDS", -1)

    assert unsealed(kept) == ""


def test_after_a_change_of_the_key_no_other_reference_is_shown(settings):
    kept = sealed(uuid4())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    assert unsealed(kept) == ""


@pytest.mark.parametrize("given", ["", "x", "ABCD-EFGH", ":::", "\0", "\ud800"])
def test_anything_else_is_none(given):
    assert unsealed(given) == ""


@pytest.mark.parametrize("text", ["", "é", "A", "QUJD"])
def test_what_is_sealed_and_no_key_is_none(text):
    assert unsealed(signing.TimestampSigner(salt=SALT).sign(text)) == ""
