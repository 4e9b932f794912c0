from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation import queries
from organisation.access import members
from organisation.actions.places import CodeTaken, RegionInUse, add_region, change_region, remove_region
from organisation.forms import RegionForm
from organisation.models import Region
from organisation.rules import may_administer
from organisation.views.pages import form_page, page_of, section_page

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseRedirect

    from organisation.access import MemberRequest


@require_safe
@members(may_administer)
def listing(request: MemberRequest) -> HttpResponse:
    found = queries.regions_with_counts(request.user)
    return section_page(request, "regions", {"page": page_of(found, request)})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def add(request: MemberRequest) -> HttpResponse:
    form = RegionForm(request.POST or None)
    if form.is_valid():
        try:
            region = add_region(**form.cleaned_data, by=request.user, now=timezone.now())
        except CodeTaken:
            form.add_error("code", _("Another region has this code already."))
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": region})
            return redirect("organisation:regions")
    return form_page(request, form, heading=_("Add a region"), section="regions")


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def change(request: MemberRequest, code: str) -> HttpResponse:
    region = get_object_or_404(Region.objects.visible_to(request.user), code=code)
    heading = region.name
    form = RegionForm(request.POST or None, instance=region)
    if form.is_valid():
        change_region(region=region, name=form.cleaned_data["name"], by=request.user, now=timezone.now())
        messages.success(request, _("“%(name)s” was saved.") % {"name": region})
        return redirect("organisation:regions")
    return form_page(request, form, heading=heading, section="regions", template="region", region=region)


@require_POST
@members(may_administer)
def remove(request: MemberRequest, code: str) -> HttpResponseRedirect:
    region = get_object_or_404(Region.objects.visible_to(request.user), code=code)
    try:
        remove_region(region=region, by=request.user, now=timezone.now())
    except RegionInUse:
        messages.error(request, _("Locations or members still belong to “%(name)s”.") % {"name": region})
    else:
        messages.success(request, _("“%(name)s” was removed.") % {"name": region})
    return redirect("organisation:regions")
