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
from reports.renderings import PICTURES
from reports.schedules.letters import file_name
from reports.sharing.comments import comments_behind
from reports.sharing.queries import ever_was, shared_by
from reports.stored_page import stored_chart, stored_document, stored_page
from reports.views import PICTURE_CSP

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from reports.renderings import Kind

# Neither a search machine nor the next website hears of the address, and an ended link has ended everywhere.
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponseBase:
    opened = shared_by(token, at=timezone.now())
    if opened is None:
        return ended(request, token)

    def address(name: str, kind: Kind) -> str:
        return reverse("reports:shared_chart", kwargs={"token": token, "name": name, "kind": kind})

    with translation.override(opened.report.language):
        context = {
            **stored_page(opened.report, address, PICTURES),
            "link": opened.link,
            "comments": comments_behind(opened.link),
            "document_url": reverse("reports:shared_file", args=[token]),
            "time_zone": the_organisation().time_zone,
            "organisation": the_organisation(),
        }
        return closed_to_machines(render(request, "reports/sharing/shared.html", context))


@require_safe
def shared_file(request: HttpRequest, token: str) -> HttpResponseBase:
    opened = shared_by(token, at=timezone.now())
    if opened is None:
        return ended(request, token)
    return closed_to_machines(stored_document(opened.report, file_name(opened.report)))


@csp_override(PICTURE_CSP)
@require_safe
def shared_chart(request: HttpRequest, token: str, name: str, kind: Kind) -> HttpResponseBase:
    """As a picture: a file of its numbers would hold more than the page and the document show."""
    opened = shared_by(token, at=timezone.now())
    if opened is None:
        return ended(request, token)
    return closed_to_machines(stored_chart(request, opened.report, name, kind))


def ended(request: HttpRequest, token: str) -> HttpResponseBase:
    """The same for a link that is over, was revoked or cleared away; one that never was is not complete."""
    was = ever_was(token)
    context = {"organisation": the_organisation(), "was": was}
    status = HTTPStatus.GONE if was else HTTPStatus.NOT_FOUND
    return closed_to_machines(render(request, "reports/sharing/ended.html", context, status=status))


def closed_to_machines(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
