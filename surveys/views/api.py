"""`/api/`: what other programs send with a key. Every answer is JSON; an error says what was wrong in `error`."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from surveys.actions.access_keys import TooManyCalls, use_access_key
from surveys.actions.bounces import report_bounces
from surveys.actions.recipients import MailingEnded, add_recipients
from surveys.inviting.reports import NotUnderstood, read_bounces, read_delivery_report, read_recipients
from surveys.models import Mailing
from surveys.queries.mailings import choices_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from surveys.models import AccessKey

REPORTS = frozenset({"message/rfc822", "multipart/report", "message/delivery-status"})

type KeyedView[**P] = Callable[Concatenate[HttpRequest, AccessKey, P], JsonResponse]


def keyed(scope: str) -> Callable[[KeyedView[...]], Callable[..., JsonResponse]]:
    """Open a view to programs whose key is good for `scope`, a field of AccessKey."""

    def decorate(view: KeyedView[...]) -> Callable[..., JsonResponse]:
        @csrf_exempt
        @require_POST
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: int) -> JsonResponse:
            key = _key_of(request, scope)
            try:
                return key if isinstance(key, JsonResponse) else view(request, key, **kwargs)
            except NotUnderstood as reason:
                return error(400, str(reason))
            except RequestDataTooBig:
                return error(413, _("That is more than this address accepts. Send it in parts."))

        return guarded

    return decorate


def _key_of(request: HttpRequest, scope: str) -> AccessKey | JsonResponse:
    """The key that the request brings, or why it opens nothing here."""
    begins, _blank, given = request.headers.get("Authorization", "").partition(" ")
    try:
        key = use_access_key(given.strip(), now=timezone.now()) if begins == "Bearer" else None
    except TooManyCalls:
        return error(429, _("This key may be used 60 times a minute."), headers={"Retry-After": "60"})
    if key is None:
        reason = _("Send a valid key as “Authorization: Bearer …”.")
        return error(401, reason, headers={"WWW-Authenticate": "Bearer"})
    return key if getattr(key, scope) else error(403, _("This key is not good for that."))


def error(status: int, text: str, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({"error": text}, status=status, headers=headers)


@keyed("may_add_recipients")
def recipients(request: HttpRequest, key: AccessKey, mailing_id: int) -> JsonResponse:
    """Good rows are added, bad ones come back with their reasons: nothing is lost, nothing is there twice."""
    by = key.created_by
    mailing = Mailing.objects.visible_to(by).select_related("survey").filter(pk=mailing_id).first()
    if mailing is None:
        return error(404, _("There is no mailing with this number."))
    listed = read_recipients(request.body, choices_for(mailing.survey, by))
    try:
        known = add_recipients(
            mailing=mailing, recipients=listed.recipients.values(), by=by, now=timezone.now()
        )
    except MailingEnded:
        return error(409, _("This mailing was stopped. Make a new one to invite more people."))
    refused = [{"row": flaw.row, "email": flaw.value, "reason": flaw.reason} for flaw in listed.flaws]
    said = {"added": len(listed.recipients) - len(known), "known": known, "refused": refused}
    return JsonResponse(said, status=422 if refused and not listed.recipients else 200)


@keyed("may_report_bounces")
def bounces(request: HttpRequest, _key: AccessKey) -> JsonResponse:
    """Bounces as JSON, or one delivery report as a mail server sends it."""
    is_report = request.content_type in REPORTS
    reports = read_delivery_report(request.body) if is_report else read_bounces(request.body)
    return JsonResponse({"noted": report_bounces(reports, now=timezone.now())})
