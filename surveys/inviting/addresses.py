"""An e-mail address as it is stored, and the keyed hash by which it is remembered without being kept."""

from __future__ import annotations

import hmac
import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from surveys.models.invitations import LONGEST_ADDRESS

if TYPE_CHECKING:
    from surveys.models import Invitation

VALID = EmailValidator()


def normalised(text: str) -> str:
    """The address in small letters, its domain in ASCII. Raises ValidationError for what is none.

    Letters beyond ASCII before the @ are refused, as many mail servers do; so is a domain that the older rules of
    the codec would turn into somebody else's: straße.example is not strasse.example.
    """
    address = unicodedata.normalize("NFC", text).strip()
    local, at, domain = address.rpartition("@")
    try:
        plain = domain.encode("idna")
        is_same = domain.isascii() or plain.decode("idna") == domain.lower()
    except UnicodeError:
        raise ValidationError(_("This is no e-mail address.")) from None
    if not is_same:
        raise ValidationError(_("Write what follows the @ in its plain form, which begins with xn--."))
    address = f"{local}{at}{plain.decode('ascii')}".lower()
    if not address.isascii():
        raise ValidationError(_("Letters with accents before the @ are not supported."))
    if len(address) > LONGEST_ADDRESS or '"' in local:
        raise ValidationError(_("This is no e-mail address."))
    try:
        VALID(address)
    except ValidationError:
        raise ValidationError(_("This is no e-mail address.")) from None
    return address


def recipient_hash(invitation: Invitation) -> bytes:
    """By which the recipient is known, the address erased or not."""
    return bytes(invitation.address_hash) if invitation.address_hash else address_hash(invitation.email)


def address_hash(address: str) -> bytes:
    """HMAC-SHA256 of a normalised address under CONTACT_KEY: 32 bytes."""
    return hmac.digest(settings.CONTACT_KEY.encode(), address.encode(), "sha256")
