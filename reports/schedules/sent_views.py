"""Reports that were sent: the list of one's own, and each as it was."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from organisation.access import members
from organisation.rules import may_read_reports
from reports.clearing import sent_kept_until
from reports.models import SentReport, StoredReport
from reports.page import whole_at
from reports.schedules.actions import leave_schedule
from reports.schedules.clocks import own_zone
from reports.schedules.letters import file_name
from reports.sections import section_page
from reports.stored_page import stored_book, stored_chart, stored_document, stored_page
from reports.storing import may_still_read
from reports.views import PICTURE_CSP

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from organisation.access import MemberRequest
    from reports.renderings import Kind, WholeKind

ROWS_ON_A_PAGE = 25


@require_safe
@members(may_read_reports)
def sent(request: MemberRequest) -> HttpResponse:
    rows = SentReport.objects.visible_to(request.user).select_related("delivery").order_by("-due_at", "-pk")
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, sent_kept_until(one)) for one in page],
        "time_zone": own_zone(request.user),
    }
    return section_page(request, "sent", context)


@require_safe
@members(may_read_reports)
def sent_report(request: MemberRequest, report_id: UUID) -> HttpResponse:
    if cleared := SentReport.objects.visible_to(request.user).filter(pk=report_id).cleared().first():
        return _gone(request, cleared)
    found, stored = _kept(request, report_id)

    def address(name: str, kind: Kind) -> str:
        return reverse("reports:sent_chart", kwargs={"report_id": report_id, "name": name, "kind": kind})

    def whole(kind: WholeKind) -> str:
        return reverse("reports:sent_file", kwargs={"report_id": report_id, "kind": kind})

    context = {
        **stored_page(stored, address),
        "sent": found,
        "downloads": whole_at(whole),
        "live_url": f"{reverse('reports:overview')}?{stored.filters}",
        "is_going_on": bool(
            found.schedule and found.schedule.recipients.filter(member=request.user).exists()
        ),
        "kept_until": sent_kept_until(found),
        "time_zone": own_zone(request.user),
    }
    return render(request, "reports/sections/sent_report.html", context)


@require_safe
@members(may_read_reports)
def sent_file(request: MemberRequest, report_id: UUID, kind: WholeKind) -> HttpResponse:
    _found, stored = _kept(request, report_id)
    return stored_document(stored, file_name(stored)) if kind == "pdf" else stored_book(stored)


@csp_override(PICTURE_CSP)
@require_safe
@members(may_read_reports)
def sent_chart(request: MemberRequest, report_id: UUID, name: str, kind: Kind) -> HttpResponseBase:
    _found, stored = _kept(request, report_id)
    return stored_chart(request, stored, name, kind)


@require_POST
@members(may_read_reports)
def sent_leave(request: MemberRequest, report_id: UUID) -> HttpResponse:
    found = get_object_or_404(SentReport.objects.visible_to(request.user), pk=report_id)
    if found.schedule:
        leave_schedule(schedule=found.schedule, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” is no longer sent to you.") % {"name": found})
    return redirect("reports:sent")


def _gone(request: MemberRequest, sent: SentReport) -> HttpResponse:
    live_url = f"{reverse('reports:overview')}?{sent.filters}"
    context = {"sent": sent, "live_url": live_url, "time_zone": own_zone(request.user)}
    return render(request, "reports/sections/sent_cleared.html", context, status=HTTPStatus.GONE)


def _kept(request: MemberRequest, report_id: UUID) -> tuple[SentReport, StoredReport]:
    """Raises Http404 where it is somebody else's, not made, or about places that the member no longer holds."""
    rows = SentReport.objects.visible_to(request.user).made().select_related("report", "schedule", "delivery")
    found = get_object_or_404(rows, pk=report_id)
    if found.report is None or not may_still_read(found.report, request.user):
        raise Http404
    return found, found.report
