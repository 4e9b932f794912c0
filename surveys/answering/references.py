"""What a customer can name an answer by, and how it gets to the closing page.

Web servers write addresses down, beside who asked and beside personal links. So the address of the closing page holds
the reference sealed, and for some minutes only: it leads nobody from a line of a log to a response.
"""

from __future__ import annotations

import base64
import re
import secrets
from typing import TYPE_CHECKING

from django.core import signing
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from uuid import UUID

SALT = "surveys.reference"
SHOWN_SECONDS = 15 * 60
NONCE_BYTES = 8
REFERENCE = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}")


def reference(submission_id: UUID) -> str:
    """Eight letters and digits that a customer can read out: the start of the response's own key."""
    letters = base64.b32encode(submission_id.bytes).decode()
    return f"{letters[:4]}-{letters[4:8]}"


def sealed(submission_id: UUID) -> str:
    """The reference for an address; never the same twice."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    hidden = nonce + _mixed(reference(submission_id).encode(), nonce)
    return signing.TimestampSigner(salt=SALT).sign(base64.urlsafe_b64encode(hidden).decode())


def unsealed(text: str) -> str:
    """The reference; empty for what was not sealed here, or too long ago."""
    try:
        given = signing.TimestampSigner(salt=SALT).unsign(text, max_age=SHOWN_SECONDS)
        hidden = base64.urlsafe_b64decode(given)
        found = _mixed(hidden[NONCE_BYTES:], hidden[:NONCE_BYTES]).decode()
    except (signing.BadSignature, ValueError):
        return ""
    # After a change of the site's key it would be other letters.
    return found if REFERENCE.fullmatch(found) else ""


def _mixed(text: bytes, nonce: bytes) -> bytes:
    """With as many bytes that only this site can make of the nonce; doing it again takes them out."""
    stream = salted_hmac(SALT, nonce, algorithm="sha256").digest()
    return bytes(one ^ other for one, other in zip(text, stream, strict=False))
