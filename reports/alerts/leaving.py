"""Leaving an alert by the link of its mail: its token says who, so nobody has to sign in for it."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from reports.models import AlertRecipient

SALT = "reports.alerts.leaving"


def leaving_link(recipient: AlertRecipient) -> str:
    return f"{recipient.alert.origin}{reverse('reports:alert_stop', args=[token_of(recipient)])}"


def token_of(recipient: AlertRecipient) -> str:
    return signing.Signer(salt=SALT).sign(str(recipient.pk))


def recipient_by(token: str) -> AlertRecipient | None:
    """None: the link is not whole, or somebody has left by it already."""
    try:
        key = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return AlertRecipient.objects.filter(pk=key).select_related("alert", "member").first()
