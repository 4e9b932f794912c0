"""`/reports/leave/<token>/`: no more of a schedule, for its recipient. Only a POST changes anything.

Mail programs send the POST of RFC 8058 by themselves: without a cookie, and not to be led elsewhere. The token in the
address is what says that it may.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organisation.queries import the_organisation
from reports.schedules.actions import leave_schedule
from reports.schedules.leaving import leaver_of
from reports.sharing.public_views import closed_to_machines

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from reports.schedules.leaving import Leaver

CLICKS = {"List-Unsubscribe": "One-Click", "wish": "leave"}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponseBase:
    leaver = leaver_of(token)
    if leaver is None:
        return _page(request, {"is_known": False}, HTTPStatus.NOT_FOUND)
    with translation.override(_language(leaver)):
        if request.method != "POST":
            return _page(request, {"is_known": True, "leaver": leaver})
        if not any(request.POST.get(name) == value for name, value in CLICKS.items()):
            return _page(request, {"is_known": True, "leaver": leaver}, HTTPStatus.BAD_REQUEST)
        if leaver.row:
            leave_schedule(schedule=leaver.row.schedule, by=leaver.row.member, now=timezone.now())
        return _page(request, {"is_known": True, "leaver": leaver._replace(row=None)})


def _language(leaver: Leaver) -> str | None:
    """Of the mail that led here, where it is known."""
    own = leaver.row.member.language if leaver.row else ""
    return own or (leaver.schedule.language if leaver.schedule else translation.get_language())


def _page(
    request: HttpRequest, context: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponseBase:
    said = {"organisation": the_organisation(), **context}
    page: HttpResponse = render(request, "reports/sections/leave.html", said, status=status)
    return closed_to_machines(page)
