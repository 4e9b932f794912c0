"""What the organisation's pages have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django import forms
    from django.core.paginator import Page
    from django.db.models import Model, QuerySet
    from django.http import HttpResponse
    from django.utils.functional import _StrOrPromise

    from organisation.access import MemberRequest

ROWS_ON_A_PAGE = 50
SECTIONS = {
    "overview": _("Overview"),
    "locations": _("Locations"),
    "regions": _("Regions"),
    "touchpoints": _("Touchpoints"),
    "members": _("Members"),
    "audit": _("Audit trail"),
}


def section_page(request: MemberRequest, section: str, context: Mapping[str, Any]) -> HttpResponse:
    """The first page of a section, with the way to the others."""
    tabs = [
        {"label": label, "url": reverse(f"organisation:{name}"), "is_current": name == section}
        for name, label in SECTIONS.items()
    ]
    return render(request, f"organisation/{section}.html", {"tabs": tabs, **context})


def form_page(
    request: MemberRequest,
    form: forms.BaseForm,
    *,
    section: str,
    heading: _StrOrPromise,
    template: str = "form",
    **context: Any,
) -> HttpResponse:
    """A page with one form, below a section."""
    up = {"up_label": SECTIONS[section], "up_url": reverse(f"organisation:{section}")}
    context = {"form": form, "heading": heading, **up, **context}
    status = 422 if form.errors else 200
    return render(request, f"organisation/{template}.html", context, status=status)


def page_of[M: Model](rows: QuerySet[M], request: MemberRequest) -> Page[M]:
    """The page that the address asks for, or the nearest there is."""
    return Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
