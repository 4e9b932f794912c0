"""The organisation at a glance, its settings and its logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation import queries, trail
from organisation.access import members
from organisation.actions.settings import change_logo, change_settings, remove_logo
from organisation.forms import LogoForm, SettingsForm
from organisation.rules import may_administer
from organisation.views.pages import form_page, section_page

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseRedirect

    from organisation.access import MemberRequest


@require_safe
@members(may_administer)
def overview(request: MemberRequest) -> HttpResponse:
    recent = trail.audit_page(trail.audit_entries(request.user))
    context = {"counts": queries.overview(request.user), "lines": recent.lines[:5]}
    return section_page(request, "overview", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def settings(request: MemberRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=queries.the_organisation())
    if form.is_valid():
        change_settings(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("The settings were saved."))
        return redirect("organisation:overview")
    return form_page(request, form, heading=_("Settings"), section="overview")


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def set_logo(request: MemberRequest) -> HttpResponse:
    form = LogoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        change_logo(logo=form.cleaned_data["logo"], by=request.user, now=timezone.now())
        messages.success(request, _("The logo was saved."))
        return redirect("organisation:overview")
    return form_page(request, form, heading=_("Logo"), section="overview")


@require_POST
@members(may_administer)
def drop_logo(request: MemberRequest) -> HttpResponseRedirect:
    remove_logo(by=request.user, now=timezone.now())
    messages.success(request, _("The logo was removed."))
    return redirect("organisation:overview")
