"""`/reports/stop/<token>/`: leaving an alert by the link of its mail. Only a POST changes anything.

Mail programs send the POST of RFC 8058 by themselves, without a cookie; the token is what says that it may.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from organisation.queries import the_organisation
from reports.alerts.actions import leave_alert
from reports.alerts.leaving import recipient_by
from reports.schedules.leaving_views import CLICKS
from reports.sharing.public_views import closed_to_machines

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from reports.models import AlertRecipient


@require_http_methods(["GET", "HEAD", "POST"])
def alert_stop(request: HttpRequest, token: str) -> HttpResponseBase:
    recipient = recipient_by(token)
    if recipient is None:
        # The same for a link that is not whole and for one by which somebody has left.
        return _page(request, None, status=HTTPStatus.NOT_FOUND)
    with translation.override(recipient.member.language or recipient.alert.language):
        if request.method != "POST":
            return _page(request, recipient)
        if not any(request.POST.get(name) == value for name, value in CLICKS.items()):
            return _page(request, recipient, status=HTTPStatus.BAD_REQUEST)
        leave_alert(recipient=recipient, now=timezone.now())
        return _page(request, recipient, is_left=True)


def _page(
    request: HttpRequest,
    recipient: AlertRecipient | None,
    *,
    is_left: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponseBase:
    context = {"organisation": the_organisation(), "recipient": recipient, "is_left": is_left}
    return closed_to_machines(render(request, "reports/sections/alert_stop.html", context, status=status))
