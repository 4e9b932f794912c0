from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation import queries
from organisation.access import members
from organisation.forms import AuditFilter
from organisation.rules import may_administer

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_safe
@members(may_administer)
def trail(request: MemberRequest) -> HttpResponse:
    filters = AuditFilter(request.GET, reader=request.user)
    asked = filters.values
    before = asked.pop("before")
    page = queries.audit_page(queries.audit_entries(request.user, **asked), before=before)
    context = {"filters": filters, "page": page, "section": "audit"}
    return render(request, "organisation/audit.html", context)
