"""What a request passes through, beyond Django's own: a short way for customers, a second factor for staff."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.handlers.exception import convert_exception_to_response
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

PUBLIC_PREFIXES = (
    "/s/",
    "/i/",
    "/kiosk/",
    "/at/",
    "/reports/shared/",
    "/reports/stop/",
    "/favicon.ico",
    "/healthz",
    "/readyz",
    "/organisation/logo",
    "/organisation/colours.css",
)
SECOND_FACTOR_EXEMPT = ("/account/",)


def refuse_other_encodings(get_response: GetResponse) -> GetResponse:
    """What names an encoding that is not read here would be misread: nothing of it is stored."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if not getattr(request, "is_understood", True):
            raise BadRequest("Only UTF-8 is read here.")
        return get_response(request)

    return handle


def public_pages(get_response: GetResponse) -> GetResponse:
    """Customers' pages know no session, no sign-in and no CSRF cookie (the form token binds the form), so they
    turn off here, before the middleware that only staff need.
    """
    view = cast("GetResponse", convert_exception_to_response(_resolve_and_call))

    def handle(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PUBLIC_PREFIXES):
            return get_response(request)
        response = view(request)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return handle


def _resolve_and_call(request: HttpRequest) -> HttpResponseBase:
    match = resolve(request.path_info)
    request.resolver_match = match
    return _patiently(lambda: match.func(request, *match.args, **match.kwargs))


def _patiently(answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """A kept connection may be dead since the database restarted. A customer's request can be answered twice: a
    page changes nothing, and a response has its own key.
    """
    try:
        return answer()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return answer()


def require_second_factor(get_response: GetResponse) -> GetResponse:
    """Sends signed-in staff without a second factor to set one up, before they can do anything else."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if settings.REQUIRE_SECOND_FACTOR and _lacks_second_factor(request):
            return redirect("mfa_index")
        return get_response(request)

    return handle


def _lacks_second_factor(request: HttpRequest) -> bool:
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415 (its models need the app registry)

    if request.path_info.startswith(SECOND_FACTOR_EXEMPT) or not request.user.is_authenticated:
        return False
    return not is_mfa_enabled(request.user)
