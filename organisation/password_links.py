"""The link with which a member sets a password: it works once, and for a few days."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from organisation.models import Member

logger = logging.getLogger(__name__)
# How long the administrator who asked for a link may look at it.
SHOWN_FOR = timedelta(minutes=15)
SESSION_KEY = "password_link"


def password_link(member: Member, request: HttpRequest) -> str:
    """The whole address. Setting a password, signing in or a change of e-mail makes it worthless."""
    words = {"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)}
    path = reverse("account_reset_password_from_key", kwargs=words)
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def allow_to_see(member: Member, request: HttpRequest, *, now: datetime) -> None:
    """Let this session see the member's link for a while. The link itself is kept nowhere."""
    request.session[SESSION_KEY] = {"member": member.pk, "until": (now + SHOWN_FOR).timestamp()}


def may_see(member: Member, request: HttpRequest, *, now: datetime) -> bool:
    allowed = request.session.get(SESSION_KEY, {})
    return bool(allowed.get("member") == member.pk and now.timestamp() < allowed.get("until", 0))


def mail_password_link(member: Member, request: HttpRequest) -> bool:
    """Whether the link went out by mail: not without a mail server, nor when it refuses."""
    if not settings.MAIL_HOST:
        return False
    organisation = Organisation.objects.only("name").get(pk=1)
    context = {"member": member, "organisation": organisation, "link": password_link(member, request)}
    subject = _("%(organisation)s: set your password") % {"organisation": organisation}
    body = render_to_string("organisation/mail/password_link.txt", context)
    try:
        send_mail(subject, body, None, [member.email])
    except (SMTPException, OSError):
        logger.exception("The password link could not be mailed.")
        return False
    return True
