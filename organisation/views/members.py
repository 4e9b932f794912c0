from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation import queries
from organisation.access import members
from organisation.actions.members import (
    EmailTaken,
    LastAdministrator,
    MayNotSignIn,
    OwnSecondFactor,
    add_member,
    change_member,
    deactivate_member,
    offer_password,
    reactivate_member,
    reset_second_factor,
)
from organisation.forms import MemberFilter, MemberForm
from organisation.models import Member
from organisation.password_links import allow_to_see, mail_password_link, may_see, password_link
from organisation.rules import may_administer
from organisation.views.pages import form_page, page_of, section_page

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseRedirect

    from organisation.access import MemberRequest


@require_safe
@members(may_administer)
def listing(request: MemberRequest) -> HttpResponse:
    filters = MemberFilter(request.GET)
    found = queries.members_matching(Member.objects.visible_to(request.user), **filters.values)
    return section_page(request, "members", {"filters": filters, "page": page_of(found, request)})


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def add(request: MemberRequest) -> HttpResponse:
    form = MemberForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            member = add_member(**form.cleaned_data, by=request.user, now=timezone.now())
        except EmailTaken:
            form.add_error("email", _("There is a member with this e-mail address already."))
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": member})
            return _hand_over_link(request, member)
    return form_page(request, form, heading=_("Add a member"), section="members")


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_administer)
def change(request: MemberRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    heading = str(member)
    form = MemberForm(request.POST or None, instance=member, by=request.user)
    if form.is_valid():
        try:
            member = change_member(member=member, **form.cleaned_data, by=request.user, now=timezone.now())
        except EmailTaken:
            form.add_error("email", _("There is a member with this e-mail address already."))
        except LastAdministrator:
            form.add_error("role", _("This is the last administrator. Make somebody else one first."))
        else:
            messages.success(request, _("“%(name)s” was saved.") % {"name": member})
            return _back_to_members(request)
    return form_page(request, form, heading=heading, section="members", template="member", member=member)


@require_POST
@members(may_administer)
def deactivate(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    try:
        deactivate_member(member=member, by=request.user, now=timezone.now())
    except LastAdministrator:
        messages.error(request, _("This is the last administrator. Make somebody else one first."))
    else:
        messages.success(request, _("“%(name)s” may no longer sign in.") % {"name": member})
    return _back_to_members(request)


@require_POST
@members(may_administer)
def reactivate(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    reactivate_member(member=member, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” may sign in again.") % {"name": member})
    return redirect("organisation:members")


@require_POST
@members(may_administer)
def reset_factor(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    try:
        reset_second_factor(member=member, by=request.user, now=timezone.now())
    except OwnSecondFactor:
        messages.error(request, _("Your own second factor is changed on your account page."))
    else:
        messages.success(request, _("“%(name)s” sets up a new second factor next.") % {"name": member})
    return redirect("organisation:change_member", pk)


@require_POST
@members(may_administer)
def offer_link(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    try:
        offer_password(member=member, by=request.user, now=timezone.now())
    except MayNotSignIn:
        messages.error(request, _("“%(name)s” may not sign in.") % {"name": member})
        return redirect("organisation:change_member", pk)
    return _hand_over_link(request, member)


@require_safe
@never_cache
@members(may_administer)
def show_link(request: MemberRequest, pk: int) -> HttpResponse:
    """The link, for a short while, to the one who asked for it."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    if not may_see(member, request, now=timezone.now()):
        return redirect("organisation:change_member", pk)
    context = {"member": member, "link": password_link(member, request)}
    return render(request, "organisation/password_link.html", context)


def _hand_over_link(request: MemberRequest, member: Member) -> HttpResponseRedirect:
    """Mail the link where mail is set up, and in any case show it."""
    allow_to_see(member, request, now=timezone.now())
    if mail_password_link(member, request):
        messages.success(request, _("The link went to %(email)s.") % {"email": member.email})
    return redirect("organisation:password_link", member.pk)


def _back_to_members(request: MemberRequest) -> HttpResponseRedirect:
    """To the list, or home for who has just stopped being an administrator."""
    still = Member.objects.get(pk=request.user.pk)
    return redirect("organisation:members" if may_administer(still) and still.is_active else "home")
