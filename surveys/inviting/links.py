"""The personal link of an invitation. Its token has 192 bits; the database knows only its SHA-256.

The token is derived from the invitation's nonce and the site's secret key, so that a mail that is made again after a
crash, or a reminder, holds the same link, and the database alone gives nobody one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from surveys.models import Invitation

NONCE_BYTES, TOKEN_BYTES = 16, 24
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
PURPOSE = b"surveys.invitation-token"


def new_nonce() -> bytes:
    return secrets.token_bytes(NONCE_BYTES)


def token_of(invitation: Invitation) -> str:
    """The token in the invitation's link: 32 letters, digits, hyphens and underscores.

    Raises LookupError when the key that it was derived from is neither the site's nor one of its fallbacks.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = derived_token(bytes(invitation.nonce), key)
        if hash_of(token) == bytes(invitation.token_hash):
            return token
    raise LookupError("The key from which this invitation's link was made is gone.")


def renewed_token(invitation: Invitation) -> tuple[bytes, str]:
    """What is to be stored from now on, and the token: derived with the key that the site has now."""
    token = derived_token(bytes(invitation.nonce), settings.SECRET_KEY)
    return hash_of(token), token


def derived_token(nonce: bytes, key: str) -> str:
    digest = hmac.digest(key.encode(), PURPOSE + nonce, "sha256")
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()


def hash_of(token: str) -> bytes:
    """What is stored of a token. A text that cannot be one has a hash too: nobody has it."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()


def invitation_link(origin: str, token: str) -> str:
    """`origin` is scheme and host, without a slash at its end."""
    return f"{origin}/i/{token}/"


def unsubscribe_link(origin: str, token: str) -> str:
    return f"{origin}/i/{token}/unsubscribe/"
