import re

import pytest

from surveys.inviting.links import TOKEN, derived_token, hash_of, new_nonce, token_of
from surveys.models import Invitation
from tests.factories.invitations import make_invitation


def test_token_has_192_bits_and_stands_in_an_address():
    token = derived_token(new_nonce(), "key")

    assert TOKEN.fullmatch(token)
    assert len(token) * 6 == 192


def test_token_is_derived_anew_from_what_is_stored(db):
    invitation = Invitation.objects.get(pk=make_invitation().pk)

    token = token_of(invitation)

    assert Invitation.objects.of_token(hash_of(token)).get() == invitation
    assert token == token_of(invitation)


def test_database_alone_gives_nobody_a_link(db, settings):
    invitation = make_invitation()
    token = token_of(invitation)
    settings.SECRET_KEY = "another"

    with pytest.raises(LookupError):
        token_of(invitation)

    stored = " ".join(str(value) for value in Invitation.objects.values().get(pk=invitation.pk).values())
    assert not re.search(re.escape(token), stored)


def test_token_is_found_with_a_key_that_was_replaced(db, settings):
    invitation = make_invitation()
    token = token_of(invitation)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    assert token_of(invitation) == token


def test_each_invitation_has_a_token_of_its_own():
    assert len({derived_token(new_nonce(), "key") for _ in range(100)}) == 100
