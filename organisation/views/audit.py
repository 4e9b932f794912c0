from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from organisation import queries
from organisation.access import members
from organisation.forms import AuditFilter
from organisation.rules import may_administer
from organisation.views.pages import section_page

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
    return section_page(request, "audit", {"filters": filters, "page": page})
