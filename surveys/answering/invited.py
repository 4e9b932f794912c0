"""Who came by an invitation: found by the token of the personal link, later by a pass that the browser keeps.

The link is exchanged at once for an address that names nobody. Nothing here writes: mail scanners open links too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core import signing
from django.utils import timezone

from surveys.inviting.addresses import recipient_hash
from surveys.inviting.links import TOKEN, hash_of
from surveys.models import Invitation, Unsubscribed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from surveys.models.invitations import InvitationQuerySet

PASSES = "surveys.invitation-pass"
PASS_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Begun:
    """What somebody answered before: of which version, in which language, by measure key as a form gives it."""

    version_id: int
    language: str
    values: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as its recipient meets it; places are named by their codes, the recipient by the address's hash."""

    id: int
    slug: str
    survey_language: str
    language: str
    location: str
    touchpoint: str
    is_finished: bool
    key: bytes = field(repr=False)
    begun: Begun | None = None

    @property
    def is_unsubscribed(self) -> bool:
        return Unsubscribed.objects.filter(pk=self.key).exists()


def invited_by(token: str) -> Invited | None:
    """Whose personal link it is; None for what is no token, and for one that nobody was sent."""
    if not TOKEN.fullmatch(token):
        return None
    return _read(Invitation.objects.of_token(hash_of(token)), timezone.now())


def invited_with(pass_text: str, *, now: datetime) -> Invited | None:
    """Whom the browser's pass names; None where there is none, it is too old, or it was not signed here."""
    try:
        key = signing.TimestampSigner(salt=PASSES).unsign_object(pass_text, max_age=PASS_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return _read(Invitation.objects.filter(pk=key), now)


def sign_pass(invited: Invited) -> str:
    return signing.TimestampSigner(salt=PASSES).sign_object(invited.id)


def _read(rows: InvitationQuerySet, now: datetime) -> Invited | None:
    found = rows.select_related("mailing__survey", "location", "touchpoint", "draft").first()
    if found is None:
        return None
    survey = found.mailing.survey
    return Invited(
        id=found.pk,
        slug=survey.slug,
        survey_language=survey.language,
        language=found.language,
        location=found.location.code,
        touchpoint=found.touchpoint.code,
        is_finished=found.is_finished,
        key=recipient_hash(found),
        begun=_begun(found, now),
    )


def _begun(found: Invitation, now: datetime) -> Begun | None:
    draft = getattr(found, "draft", None)
    if draft is None or draft.expires_at <= now:
        return None
    return Begun(draft.version_id, draft.language, draft.answers)
