"""What a shared link shows to anybody who has it: a stored report, its pictures and its document. Nothing leads on."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from organisation.queries import the_organisation
from reports.schedules.letters import file_name
from reports.sharing.queries import shared_by
from reports.stored_page import stored_chart, stored_document, stored_page
from reports.views import PICTURE_CSP

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

# Neither a search machine nor the next website hears of the address, and an ended link has ended everywhere.
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponseBase:
    link = shared_by(token, at=timezone.now())
    if link is None:
        return ended(request)

    def address(name: str) -> str:
        return reverse("reports:shared_chart", args=[token, name])

    with translation.override(link.report.language):
        context = {
            **stored_page(link.report, address),
            "link": link,
            "document_url": reverse("reports:shared_file", args=[token]),
            "time_zone": the_organisation().time_zone,
            "organisation": the_organisation(),
        }
        return closed_to_machines(render(request, "reports/sharing/shared.html", context))


@require_safe
def shared_file(request: HttpRequest, token: str) -> HttpResponseBase:
    link = shared_by(token, at=timezone.now())
    if link is None:
        return ended(request)
    return closed_to_machines(stored_document(link.report, file_name(link.report)))


@csp_override(PICTURE_CSP)
@require_safe
def shared_chart(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    link = shared_by(token, at=timezone.now())
    if link is None:
        return ended(request)
    return closed_to_machines(stored_chart(request, link.report, name))


def ended(request: HttpRequest) -> HttpResponse:
    """The same for a link that never was, is over, or was revoked."""
    context = {"organisation": the_organisation()}
    page = render(request, "reports/sharing/ended.html", context, status=HTTPStatus.NOT_FOUND)
    closed_to_machines(page)
    return page


def closed_to_machines(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
