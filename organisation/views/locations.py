from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation import queries
from organisation.access import members
from organisation.actions.places import (
    CodeTaken,
    DefaultNeeded,
    PlaceArchived,
    add_location,
    add_locations,
    archive_place,
    change_location,
    make_default,
    restore_place,
)
from organisation.forms import LocationFilter, LocationForm, PasteForm
from organisation.models import Location
from organisation.rules import may_administer
from organisation.views.pages import form_page, page_of, section_page

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseRedirect

    from organisation.access import MemberRequest


@require_safe
@members(may_administer)
def listing(request: MemberRequest) -> HttpResponse:
    filters = LocationFilter(request.GET)
    found = queries.locations_matching(Location.objects.visible_to(request.user), **filters.values)
    return section_page(request, "locations", {"filters": filters, "page": page_of(found, request)})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def add(request: MemberRequest) -> HttpResponse:
    form = LocationForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            location = add_location(**form.cleaned_data, by=request.user, now=timezone.now())
        except CodeTaken:
            form.add_error("code", _("Another location has this code already."))
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": location})
            return redirect("organisation:locations")
    return form_page(request, form, heading=_("Add a location"), section="locations")


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def paste(request: MemberRequest) -> HttpResponse:
    form = PasteForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            count = add_locations(locations=form.cleaned_data["lines"], by=request.user, now=timezone.now())
        except CodeTaken:
            form.add_error("lines", _("One of these codes was taken meanwhile. Nothing was added."))
        else:
            messages.success(request, _added(count))
            return redirect("organisation:locations")
    return form_page(request, form, heading=_("Paste locations"), section="locations")


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def change(request: MemberRequest, code: str) -> HttpResponse:
    location = get_object_or_404(Location.objects.visible_to(request.user), code=code)
    heading = location.name
    form = LocationForm(request.POST or None, instance=location, by=request.user)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("name", "region", "time_zone")}
        change_location(location=location, **values, by=request.user, now=timezone.now())
        messages.success(request, _("“%(name)s” was saved.") % {"name": location})
        return redirect("organisation:locations")
    return form_page(request, form, heading=heading, section="locations", template="location", place=location)


@require_POST
@members(may_administer)
def archive(request: MemberRequest, code: str) -> HttpResponseRedirect:
    location = get_object_or_404(Location.objects.visible_to(request.user), code=code)
    try:
        archive_place(place=location, by=request.user, now=timezone.now())
    except DefaultNeeded:
        messages.error(request, _("Make another location the default first."))
    else:
        messages.success(request, _("“%(name)s” was archived.") % {"name": location})
    return redirect("organisation:locations")


@require_POST
@members(may_administer)
def restore(request: MemberRequest, code: str) -> HttpResponseRedirect:
    location = get_object_or_404(Location.objects.visible_to(request.user), code=code)
    restore_place(place=location, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” was restored.") % {"name": location})
    return redirect("organisation:locations")


@require_POST
@members(may_administer)
def default(request: MemberRequest, code: str) -> HttpResponseRedirect:
    location = get_object_or_404(Location.objects.visible_to(request.user), code=code)
    try:
        make_default(place=location, by=request.user, now=timezone.now())
    except PlaceArchived:
        messages.error(request, _("Restore the location first."))
    else:
        messages.success(request, _("“%(name)s” is the default location now.") % {"name": location})
    return redirect("organisation:locations")


def _added(count: int) -> str:
    return ngettext("%(count)d location was added.", "%(count)d locations were added.", count) % {
        "count": count
    }
