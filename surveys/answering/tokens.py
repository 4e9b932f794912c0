"""The form token: signed, it says which submission this is, of which version, from where, and since when.

It binds the form without a session or a cookie, so it works inside an iframe, and it makes a double click, a
retry and a replay one and the same row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing

from surveys.enums import Mode

SALT = "surveys.form-token"
INVITED = "surveys.invited-form-token"


@dataclass(frozen=True, slots=True)
class FormToken:
    """`invitation` is the key of the invitation that these answers use up; None for whoever just came by."""

    submission: UUID
    version_id: int
    location: str
    touchpoint: str
    mode: Mode
    issued_at: datetime
    invitation: int | None = None

    def is_expired(self, *, now: datetime) -> bool:
        return now - self.issued_at > timedelta(hours=settings.FORM_TOKEN_HOURS)


def issue(*, version_id: int, location: str, touchpoint: str, mode: Mode, now: datetime) -> FormToken:
    """A token for a new submission, at the second of `now`; places are named by their codes."""
    return FormToken(uuid4(), version_id, location, touchpoint, mode, now.replace(microsecond=0))


def sign(token: FormToken) -> str:
    issued = int(token.issued_at.timestamp())
    parts = [token.submission.hex, token.version_id, token.location, token.touchpoint, token.mode, issued]
    if token.invitation is None:
        return signing.Signer(salt=SALT).sign_object(parts)
    return signing.Signer(salt=INVITED).sign_object([*parts, token.invitation])


def read(text: str) -> FormToken | None:
    """The token that was signed here, however old; None for anything else, and for one of an invitation: what an
    invited person sends is stored only where the invitation is used up along with it.
    """
    return _read(text, SALT)


def read_invited(text: str) -> FormToken | None:
    """The token that was signed here for an invitation, however old; None for anything else."""
    return _read(text, INVITED)


def _read(text: str, salt: str) -> FormToken | None:
    try:
        submission, version_id, location, touchpoint, mode, issued, *invitation = signing.Signer(
            salt=salt
        ).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    at = datetime.fromtimestamp(issued, tz=UTC)
    return FormToken(UUID(submission), version_id, location, touchpoint, Mode(mode), at, *invitation)
