from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from organisation.access import members
from organisation.forms import AuditFilter
from organisation.rules import may_administer
from organisation.trail import audit_entries, audit_page
from organisation.views.pages import section_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest

LONGEST_KEY = 18


@require_safe
@members(may_administer)
def trail(request: MemberRequest) -> HttpResponse:
    filters = AuditFilter(request.GET, reader=request.user)
    entries = audit_entries(request.user, **filters.values)
    page = audit_page(entries, before=_key(request.GET.get("before", "")))
    return section_page(request, "audit", {"filters": filters, "page": page})


def _key(text: str) -> int | None:
    """The key of the last entry of the page before; None for anything that cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None
