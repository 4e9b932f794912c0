from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing

from surveys.answering import tokens
from surveys.enums import Mode

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def issue(**given):
    return tokens.issue(
        **{
            "version_id": 7,
            "location": "elmgate",
            "touchpoint": "checkout",
            "mode": Mode.KIOSK,
            "now": NOW,
            **given,
        }
    )


def test_token_is_read_as_it_was_signed():
    token = issue()

    assert tokens.read(tokens.sign(token)) == token


def test_token_names_a_new_submission_each_time():
    assert issue().submission != issue().submission


@pytest.mark.parametrize("text", ["", "x", "a:b", "\0", "é" * 50, "W10:abc", "1" * 100_000])
def test_read_gives_nothing_for_what_was_not_signed_here(text):
    assert tokens.read(text) is None


def test_read_gives_nothing_for_a_token_whose_content_was_changed():
    signed = tokens.sign(issue())
    other = tokens.sign(issue(version_id=8))

    forged = other.rsplit(":", 1)[0] + ":" + signed.rsplit(":", 1)[1]

    assert tokens.read(forged) is None


def test_read_gives_nothing_for_something_else_that_this_site_signed():
    assert tokens.read(signing.Signer(salt="another").sign_object(["x"])) is None


def test_token_of_an_invitation_is_read_only_as_one():
    ordinary, invited = issue(), replace(issue(), invitation=41)

    assert tokens.read_invited(tokens.sign(invited)) == invited
    assert tokens.read(tokens.sign(invited)) is None
    assert tokens.read_invited(tokens.sign(ordinary)) is None


def test_token_expires_after_the_hours_that_are_set(settings):
    settings.FORM_TOKEN_HOURS = 20
    token = issue()

    assert not token.is_expired(now=NOW + timedelta(hours=20))
    assert token.is_expired(now=NOW + timedelta(hours=20, seconds=1))
