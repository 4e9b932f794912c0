"""What the pages of cards have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cards.models import Batch
from cards.rules import may_key, may_print

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import Model, QuerySet
    from django.http import HttpResponse

    from organisation.access import MemberRequest

ROWS_ON_A_PAGE = 30
SECTIONS = [
    ("batches", _("Batches"), may_key),
    ("print", _("Print"), may_print),
    ("keyers", _("Keyers"), may_key),
]


def section_page(
    request: MemberRequest, section: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The first page of a section, with the way to the others that the member may open."""
    tabs = [
        {"label": label, "url": reverse(f"cards:{name}"), "is_current": name == section}
        for name, label, rule in SECTIONS
        if rule(request.user)
    ]
    return render(request, template, {"tabs": tabs, **context})


def batch_of(request: MemberRequest, batch_id: int) -> Batch:
    """Raises Http404 for a batch that is not there or of a location that the member does not hold."""
    batches = Batch.objects.visible_to(request.user).select_related("survey", "location", "touchpoint")
    return get_object_or_404(batches, pk=batch_id)


def page_of[M: Model](rows: QuerySet[M], request: MemberRequest) -> Page[M]:
    """The page that the address asks for, or the nearest there is."""
    return Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
