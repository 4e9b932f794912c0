from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation import queries
from organisation.access import members
from organisation.actions.places import (
    CodeTaken,
    DefaultNeeded,
    PlaceArchived,
    add_touchpoint,
    archive_place,
    change_touchpoint,
    make_default,
    restore_place,
)
from organisation.forms import TouchpointForm
from organisation.models import Touchpoint
from organisation.rules import may_administer
from organisation.views.pages import form_page, page_of, section_page

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseRedirect

    from organisation.access import MemberRequest


@require_safe
@members(may_administer)
def listing(request: MemberRequest) -> HttpResponse:
    found = queries.touchpoints_in_order(request.user)
    return section_page(request, "touchpoints", {"page": page_of(found, request)})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def add(request: MemberRequest) -> HttpResponse:
    form = TouchpointForm(request.POST or None)
    if form.is_valid():
        try:
            touchpoint = add_touchpoint(**form.cleaned_data, by=request.user, now=timezone.now())
        except CodeTaken:
            form.add_error("code", _("Another touchpoint has this code already."))
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": touchpoint})
            return redirect("organisation:touchpoints")
    return form_page(request, form, heading=_("Add a touchpoint"), section="touchpoints")


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def change(request: MemberRequest, code: str) -> HttpResponse:
    touchpoint = get_object_or_404(Touchpoint.objects.visible_to(request.user), code=code)
    heading = touchpoint.name
    form = TouchpointForm(request.POST or None, instance=touchpoint)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("name", "channel", "stage")}
        change_touchpoint(touchpoint=touchpoint, **values, by=request.user, now=timezone.now())
        messages.success(request, _("“%(name)s” was saved.") % {"name": touchpoint})
        return redirect("organisation:touchpoints")
    return form_page(
        request, form, heading=heading, section="touchpoints", template="touchpoint", place=touchpoint
    )


@require_POST
@members(may_administer)
def archive(request: MemberRequest, code: str) -> HttpResponseRedirect:
    touchpoint = get_object_or_404(Touchpoint.objects.visible_to(request.user), code=code)
    try:
        archive_place(place=touchpoint, by=request.user, now=timezone.now())
    except DefaultNeeded:
        messages.error(request, _("Make another touchpoint the default first."))
    else:
        messages.success(request, _("“%(name)s” was archived.") % {"name": touchpoint})
    return redirect("organisation:touchpoints")


@require_POST
@members(may_administer)
def restore(request: MemberRequest, code: str) -> HttpResponseRedirect:
    touchpoint = get_object_or_404(Touchpoint.objects.visible_to(request.user), code=code)
    restore_place(place=touchpoint, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” was restored.") % {"name": touchpoint})
    return redirect("organisation:touchpoints")


@require_POST
@members(may_administer)
def default(request: MemberRequest, code: str) -> HttpResponseRedirect:
    touchpoint = get_object_or_404(Touchpoint.objects.visible_to(request.user), code=code)
    try:
        make_default(place=touchpoint, by=request.user, now=timezone.now())
    except PlaceArchived:
        messages.error(request, _("Restore the touchpoint first."))
    else:
        messages.success(request, _("“%(name)s” is the default touchpoint now.") % {"name": touchpoint})
    return redirect("organisation:touchpoints")
