"""What the organisation's pages have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render

if TYPE_CHECKING:
    from django import forms
    from django.core.paginator import Page
    from django.db.models import Model, QuerySet
    from django.http import HttpResponse
    from django.utils.functional import _StrOrPromise

    from organisation.access import MemberRequest

ROWS_ON_A_PAGE = 50


def form_page(
    request: MemberRequest, form: forms.BaseForm, *, heading: _StrOrPromise, section: str
) -> HttpResponse:
    """A page with one form. `section` is the name of the list to which it belongs."""
    context = {"form": form, "heading": heading, "section": section}
    return render(request, "organisation/form.html", context, status=422 if form.errors else 200)


def page_of[M: Model](rows: QuerySet[M], request: MemberRequest) -> Page[M]:
    """The page that the address asks for, or the nearest there is."""
    return Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
