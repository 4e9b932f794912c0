"""The front door, health, and the pages that say what went wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from feedback_site.navigation import first_page
from feedback_site.styleguide import pages
from organisation.access import MemberRequest, members
from organisation.rules import may_enter
from scoring.queries import oldest_unscored_age

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


HINTS = {
    400: _("Please go back and try again."),
    403: _("An administrator of your organisation can give you another role."),
    404: _("Please check the address for a typing mistake, or ask whoever gave it to you."),
    500: _("Please try again in a minute."),
}


@require_safe
@members(may_enter)
def home(request: MemberRequest) -> HttpResponse:
    """The member's first room; for roles whose rooms are not built yet, a page that says so."""
    page = first_page(request.user)
    return redirect(page) if page else render(request, "home.html")


@members(may_enter)
def closed(request: MemberRequest) -> HttpResponse:
    """A page of allauth's that this site does not offer."""
    raise Http404


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for beside a page that names no icon of its own, as Django's admin."""
    return redirect(static("mark.svg"))


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, and the oldest unscored response is younger than the alarm's age."""
    try:
        age = oldest_unscored_age(now=timezone.now())
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    late = age > timedelta(seconds=settings.SCORING_ALARM_SECONDS)
    return JsonResponse(
        {"database": True, "oldest_unscored_seconds": age.total_seconds()}, status=503 if late else 200
    )


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, *pages.page(request.GET.get("page", ""), request.GET.get("colour", "")))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _refusal(request, 413, _("That is more than this page accepts."))
    if isinstance(exception, TooManyFieldsSent):
        return _refusal(request, 400, _("That form has more fields than this page accepts."))
    return _refusal(request, 400, _("That request could not be understood."))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, 403, _("Your role does not open this page."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, 404, _("There is no page at this address."))


def not_trusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For Django's check of where a form came from."""
    said = _("This page was open for too long, or your sign-in has changed since.")
    hint = _("Nothing was saved. Go back, copy what you typed, load the page again, and send it again.")
    return _refusal(request, 403, said, hint)


def failed(request: HttpRequest) -> HttpResponse:
    # Without the request: whatever failed may be what the shell would ask for.
    reason = _("Something went wrong on our side. Nothing you sent before is lost.")
    with translation.override(translation.get_language_from_request(request)):
        page = render_to_string("refusal.html", {"status": 500, "reason": reason, "hint": HINTS[500]})
    return HttpResponse(page, status=500)


def _refusal(
    request: HttpRequest, status: int, reason: _StrPromise, hint: _StrPromise | None = None
) -> HttpResponse:
    """In the frame of whoever asked: a member's own, with the way on, or that of customers and strangers."""
    member = getattr(request, "user", None)
    template = "staff/refusal.html" if member is not None and member.is_authenticated else "refusal.html"
    context = {"status": status, "reason": reason, "hint": hint or HINTS.get(status, HINTS[400])}
    # Customers' pages pass no LocaleMiddleware: the language would be that of whoever came before.
    with translation.override(translation.get_language_from_request(request)):
        return render(request, template, context, status=status)
