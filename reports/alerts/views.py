"""Alerts: how each stands, its page, asking for one, changing, pausing and removing it, and leaving one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.models import Member
from organisation.queries import the_organisation
from organisation.rules import may_read_reports
from reports.alerts.actions import (
    TooManyAlerts,
    add_alert,
    change_alert,
    leave_alert,
    pause_alert,
    remove_alert,
    resume_alert,
)
from reports.alerts.forms import AlertForm, initial_for, initial_of
from reports.alerts.queries import alert_rows, names_of_recipients, notices_of, rows_of
from reports.models import Alert, AlertRecipient
from reports.schedules.queries import in_words, readers
from reports.schedules.views import asked_of, origin_of, refused
from reports.sections import ask_page, form_page, section_page, up
from reports.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from reports.reading import Asked

ROWS_ON_A_PAGE = 20


@require_safe
@members(may_read_reports)
def alerts(request: MemberRequest) -> HttpResponse:
    rows = alert_rows(request.user, load_vocabulary(request.user), now=timezone.now())
    return section_page(request, "alerts", {"rows": rows, "time_zone": the_organisation().time_zone})


@require_safe
@members(may_read_reports)
def alert(request: MemberRequest, alert_id: int) -> HttpResponse:
    found = get_object_or_404(Alert.objects.visible_to(request.user).select_related("owner"), pk=alert_id)
    (row,) = rows_of([found], request.user, load_vocabulary(request.user), now=timezone.now())
    page = Paginator(notices_of(found, request.user), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **up("alerts"),
        "row": row,
        "page": page,
        "recipients": names_of_recipients(found),
        "time_zone": the_organisation().time_zone,
    }
    return render(request, "reports/sections/alert.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def alert_new(request: MemberRequest) -> HttpResponse:
    asked = asked_of(request, request.GET)
    if asked is None or asked.problems:
        return refused(request, asked)
    form = _form(request, _("Add alert"), initial=initial_for(asked, request.user))
    if form.is_valid() and (made := _added(request, form, asked)):
        return redirect("reports:alert", made.pk)
    context = {"form": form, "heading": _("Be told when a score moves"), "about": in_words(asked)}
    return form_page(request, "alerts", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def alert_change(request: MemberRequest, alert_id: int) -> HttpResponse:
    found = _changeable(request, alert_id)
    asked = asked_of(request, QueryDict(found.filters))
    if asked is None or asked.problems:
        return refused(request, asked)
    form = _form(request, _("Save alert"), initial=initial_of(found, asked), alert=found)
    if form.is_valid():
        change_alert(alert=found, wish=form.wish(asked), by=request.user, now=timezone.now())
        messages.success(request, _("“%(name)s” was saved.") % {"name": found})
        return redirect("reports:alert", found.pk)
    return form_page(request, "alerts", {"form": form, "heading": found.name, "about": in_words(asked)})


@require_POST
@members(may_read_reports)
def alert_pause(request: MemberRequest, alert_id: int) -> HttpResponse:
    pause_alert(alert=_changeable(request, alert_id), by=request.user, now=timezone.now())
    messages.success(request, _("Nobody looks at it until you resume."))
    return redirect("reports:alert", alert_id)


@require_POST
@members(may_read_reports)
def alert_resume(request: MemberRequest, alert_id: int) -> HttpResponse:
    resume_alert(alert=_changeable(request, alert_id), by=request.user, now=timezone.now())
    messages.success(request, _("It is looked at again within minutes."))
    return redirect("reports:alert", alert_id)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_read_reports)
def alert_remove(request: MemberRequest, alert_id: int) -> HttpResponse:
    """Asked once: what it has told goes with it."""
    found = _changeable(request, alert_id)
    if request.method == "POST":
        remove_alert(alert=found, by=request.user, now=timezone.now())
        messages.success(request, _("The alert was removed."))
        return redirect("reports:alerts")
    names = ", ".join(names_of_recipients(found))
    consequences = [
        _(
            "Nobody is told any more, and what it has told is removed from these pages. Mails that were sent stay where they are."
        ),
        *([_("It tells %(names)s.") % {"names": names}] if names else []),
        _("To stop it for a while, pause it instead."),
    ]
    question, deed = _("Remove “%(name)s”?") % {"name": found}, _("Remove alert")
    keep = reverse("reports:alert", args=[found.pk])
    return ask_page(request, "alerts", question=question, deed=deed, consequences=consequences, keep_url=keep)


@require_POST
@members(may_read_reports)
def alert_leave(request: MemberRequest, alert_id: int) -> HttpResponse:
    rows = AlertRecipient.objects.visible_to(request.user).select_related("alert", "member")
    recipient = get_object_or_404(rows, alert=alert_id)
    leave_alert(recipient=recipient, now=timezone.now())
    messages.success(request, _("“%(name)s” does not tell you any more.") % {"name": recipient.alert})
    return redirect("reports:alerts")


def _changeable(request: MemberRequest, alert_id: int) -> Alert:
    return get_object_or_404(Alert.objects.changeable_by(request.user), pk=alert_id)


def _form(
    request: MemberRequest, submit: str, *, initial: dict[str, object], alert: Alert | None = None
) -> AlertForm:
    offered, back = readers(request.user), reverse("reports:alerts")
    if alert:  # whoever is told already may go on being told
        held = Q(pk__in=offered.values("pk")) | Q(pk__in=alert.recipients.values("member"))
        offered = Member.objects.filter(held).order_by("email")
        back = reverse("reports:alert", args=[alert.pk])
    return AlertForm(request.POST or None, initial=initial, offered=offered, submit=submit, back=back)


def _added(request: MemberRequest, form: AlertForm, asked: Asked) -> Alert | None:
    try:
        made = add_alert(
            wish=form.wish(asked),
            origin=origin_of(request),
            language=get_language() or settings.LANGUAGE_CODE,
            by=request.user,
            now=timezone.now(),
        )
    except TooManyAlerts:
        form.add_error(None, _("You have as many alerts as one can have. Remove one first."))
        return None
    messages.success(request, _("It is looked at within minutes."))
    return made
